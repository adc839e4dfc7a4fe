Feature: Wrong input
  Whatever is wrong is named, with the nearest valid name, and the program ends with code 2.

  Scenario Outline: A mistyped name
    When I type "<line>"
    Then it ends with code 2
    And it says "<words>"

    Examples:
      | line                                                                     | words                       |
      | lodestone rn reference                                                   | did you mean 'run'          |
      | lodestone run refrence                                                   | did you mean 'reference'    |
      | lodestone run reference --mnths 3                                        | did you mean '--months'     |
      | lodestone run reference --months three                                   | a whole number              |
      | lodestone check nowhere                                                  | nowhere                     |
      | lodestone market solve nowhere.json                                      | nowhere.json                |
      | lodestone why latest --product dysprosium-oxide --region DEU --date June | a month such as 2025-04     |

  Scenario: A scenario with an unknown key
    Given a scenario file "odd.toml" that is "reference" with "monhts = 3" instead of "months"
    When I type "lodestone run odd.toml"
    Then it ends with code 2
    And it says "odd.toml:"
    And it says "did you mean 'months'"
