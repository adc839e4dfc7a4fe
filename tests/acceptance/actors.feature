Feature: Governments that react
  Rules say what a government sees, how likely and how late it acts, and what it brings; every run says which rule did what, on what.

  Scenario: Who reacts is listed with what it rests on
    When I type "lodestone actors"
    Then it ends with code 0
    And the answer says "17 actors with 32 rules"
    And the answer says "usa-floor"

  Scenario: After history ends, governments follow their rules
    When I type "lodestone run reference-actors"
    Then it ends with code 0
    And the answer says "84 of 84 months cleared and certified"
    And the answer says "Governments decide"
    And the answer says "by their rules, the first in 2026-08"
    When I open the results with xarray
    Then no rule decides before "2026-08", and at least 8 rules of at least 5 actors decide after
    And every decision was drawn below its odds while all its conditions held
    When I type "lodestone why reference-actors --actor USA --date 2026-08"
    Then it ends with code 0
    And the answer says "it decided usa-floor"
    And the answer says "drawn 0.532 below odds"

  Scenario: A run without rules says so
    When I type "lodestone run reference --months 2"
    And I type "lodestone why reference --actor USA --date 2025-01"
    Then it ends with code 2
    And it says "a run of a scenario with actors"
