Feature: The long run
  Ore gets poorer, old magnets come back, hosts ask for more and governments pay for plants: all of it is in the results.

  Scenario: Seventeen years of growing demand use up ore and bring old magnets back
    When I type "lodestone run growth-central"
    Then it ends with code 0
    And the answer says "204 of 204 months cleared and certified"
    When I open the results with xarray
    Then at the end at most 0.8 of the ore of "myanmar-ionic-clay-mines" is left
    And "discarded" grows over the run by a factor of at least 1.5
    And at first no old goods are collected, at the end more than 5000 t a year
    And "royalties" in "MMR" are above 0 at the end and 0 in the first month
    And "workers" grows over the run by a factor of at least 1.2

  Scenario: A price floor pays the plants that it names
    When I type "lodestone run magnet-finance-2025 --months 36"
    Then it ends with code 0
    And the answer says "What governments paid to plants"
    When I open the results with xarray
    Then lever "mp-price-floor" pays nothing before "2025-10" and between 1 and 50 million USD a month after
