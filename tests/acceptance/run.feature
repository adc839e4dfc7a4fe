Feature: Running a scenario
  An analyst runs a scenario and gets an answer, a line in the catalogue, and a file that other tools open.

  Scenario: The reference answers its question
    When I type "lodestone run reference --months 6"
    Then it ends with code 0
    And the first lines give a question, an answer, drivers and what is assumed
    And the answer says "6 of 6 months cleared and certified"
    And the catalogue lists 1 run as "complete"

  Scenario: Every month is certified
    When I type "lodestone run reference --months 6"
    And I type "lodestone export latest --variable certificate_worst --format json"
    Then every value is below 1e-8

  Scenario: Without levers, prices stay near the base year
    When I type "lodestone run reference --months 6"
    And I open the results with xarray
    Then every traded price with use stays within 25 % of its base price in the first month

  Scenario: The results file opens in xarray
    When I type "lodestone run reference --months 3"
    And I open the results with xarray
    Then it has the dimensions "time, product, region, arc, facility, segment, stock, account"
    And "price" is in "USD/t" over "time, product, region"
    And "arc_flow" is in "t/month" over "time, arc"
    And "consumption" is in "t/month" over "time, segment"
    And every series has a unit and a long name
    And time is 3 months
    And the attributes name scenario, dataset hash, version and seed

  Scenario: The same scenario twice gives the same bits
    When I type "lodestone run reference --months 4"
    And I type "lodestone run reference --months 4"
    And I type "lodestone compare r0001 r0002"
    Then it ends with code 0
    And the answer says "In no outcome over 4 months; no input differs"

  Scenario: Demand may grow on a path of the dataset
    When I type "lodestone run reference --months 4"
    And I type "lodestone run reference --months 4 --demand-growth high"
    And I type "lodestone compare r0001 r0002"
    Then it ends with code 0
    And the answer says "demand growth"

  Scenario: A run as of May 2025 starts from the base year known then
    When I type "lodestone run licence-2025 --months 6 --as-of 2025-05-31"
    Then it ends with code 0
    And the answer says "6 of 6 months cleared and certified"

  Scenario: 2024 and 2025 told from 2023 beat the forecast that nothing changes
    When I type "lodestone validate --base-year 2023 --scenario from-2023"
    Then it ends with code 0
    And the answer says "better than no change"
    And the answer says "shares missed: mining REO in"

  Scenario: Seventeen years with licences clear to the last month
    When I type "lodestone run licence-2025 --months 204"
    Then it ends with code 0
    And the answer says "204 of 204 months cleared and certified"
