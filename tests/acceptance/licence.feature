Feature: The export licences of April 2025
  China requires licences for Dy, Tb and Y from April 2025. Prices outside part from prices inside, and each can be explained.

  Background:
    Given the scenario "licence-2025" has been run

  Scenario: Dysprosium oxide is dearer outside than inside
    When I open the results with xarray
    Then before "2025-04" the price of "dysprosium-oxide" in "JPN" is at most 1.5 times that in "CHN"
    And at its highest after "2025-04" it is at least 1.5 times that in "CHN"

  Scenario: Light rare earths are not licensed and hardly move
    When I open the results with xarray
    Then after "2025-04" the price of "ndpr-oxide" in "CHN" stays between 0.7 and 1.4 times that of the month before

  Scenario: A price is taken apart and the parts add up
    When I type "lodestone why licence-2025 --product dysprosium-oxide --region JPN --date 2025-07 --json"
    Then it ends with code 0
    And the parts add up to the price
    And the price without the licence is lower

  Scenario: The answer names the driver in words
    When I type "lodestone why licence-2025 --product dysprosium-oxide --region JPN --date 2025-07"
    Then the first lines give a question, an answer, drivers and what is assumed
    And the answer says "USD/kg ="

  Scenario: What differs from the reference
    When I type "lodestone run reference"
    And I type "lodestone compare reference licence-2025 --json"
    Then it ends with code 0
    And the inputs that differ name the lever "export-licence"
    And prices outside differ most for a licensed product

  Scenario: A month can be taken to another solver
    When I type "lodestone market export licence-2025 --date 2025-06 --format json --output month.json"
    And I type "lodestone market solve month.json --json"
    Then it ends with code 0
    And every period is solved with a violation below 1e-8
