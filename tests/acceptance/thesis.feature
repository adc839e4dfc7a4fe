Feature: A thesis is put to the test, and what would have prevented a crisis is searched
  An analyst asks whether only a whole policy escapes, what each part of it buys, and what would have been enough. What
  would refute the thesis stands in its file before it is run.

  Scenario: Every set of pillars spends the same money, and what was stated beforehand is judged
    When I type "lodestone thesis --pillars processing,manufacturing --members 0 --budget 15000"
    Then it ends with code 0
    And the first lines give a question, an answer, drivers and what is assumed
    And the answer says "with 15,000 million USD the full set leaves"
    And the answer says "What would refute it, stated beforehand"
    And the answer says "a smaller set escapes in at least as many futures as the full one"
    And the answer says "What each pillar buys"
    And the answer says "processing + manufacturing"
    And the answer says "spends it"

  Scenario: When no package suffices it says so
    When I type "lodestone prevent licence-2025 --keep 'max(unmet(magnets, EU27), 2025-04 .. 2026-03) < 2 %' --largest 1 --packages mine-grants,magnet-grants"
    Then it ends with code 0
    And the first lines give a question, an answer, drivers and what is assumed
    And the answer says "No package in the catalogue suffices"
    And the answer says "Projects are held back most by"

  Scenario: The cheapest package, who pays, and when it must begin
    When I type "lodestone prevent cut-off-2034 --keep 'max(unmet(magnets, all except CHN), 2034-01 .. 2034-06) < 60 %' --largest 1 --packages magnet-credit --tries 5"
    Then it ends with code 0
    And the answer says "magnet-credit at magnitude"
    And the answer says "paid by MSP"
    And the answer says "it must begin by 20"

  Scenario: Wrong conditions, packages and theses are refused with the nearest name
    When I type "lodestone prevent cut-off-2034 --keep 'unmet(magnets, EU27)'"
    Then it ends with code 2
    And it says "0 comparisons"
    When I type "lodestone prevent cut-off-2034 --keep 'unmet(magnets, EU27) < 5 %' --packages magnet-credits"
    Then it ends with code 2
    And it says "did you mean 'magnet-credit'"
    When I type "lodestone thesis --pillars minning"
    Then it ends with code 2
    And it says "did you mean 'mining'"
