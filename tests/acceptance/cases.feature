Feature: Cases
  What happened, held against the model: adding a case takes no code.

  Scenario: The worked example
    When I type "lodestone backtest fictitious_metal"
    Then it ends with code 0
    And the first lines give a question, an answer, drivers and what is assumed
    And it says "items are reproduced"
    And it says "The quota is used up"
    And it says "price in Germany"
    And it says "no change"

  Scenario: Every figure as JSON
    When I type "lodestone backtest template --json"
    Then it ends with code 0
    And it says "elasticity_error"
    And it says "Argus via gmteight.com 2025-05-09"

  Scenario Outline: A mistyped name
    When I type "<line>"
    Then it ends with code 2
    And it says "<words>"

    Examples:
      | line                                  | words                          |
      | lodestone backtest fictitious-metal   | did you mean 'fictitious_metal' |
      | lodestone backtest scenarios          | case.toml                      |

  Scenario: The dataset of a case on its own
    When I type "lodestone check cases/fictitious_metal/data"
    Then it ends with code 0
    And it says "no error"

  Scenario: A quick fit to the worked example
    When I type "lodestone calibrate --cases fictitious_metal --evaluations 4"
    Then it ends with code 0
    And the first lines give a question, an answer, drivers and what is assumed
    And it says "no evidence"
    And it says "told by the cases"
