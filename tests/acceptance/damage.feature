Feature: What shortages cost, and who depends on whom
  The licences of April 2025 cost more than dearer oxides: industries stop for want of a few tonnes. And who buys magnets from a neighbour depends on China all the same.

  Background:
    Given the scenario "licence-2025" has been run

  Scenario: Value added is lost after the licences and not before
    When I type "lodestone damage licence-2025 --table months --json"
    Then it ends with code 0
    And between 0.3 and 10 billion USD of value added are lost, and at most 20 to 200 billion
    And nothing is lost before "2025-04" and most is lost in "2025" or "2026"

  Scenario: Industries outside China lose what their scarcest input does not let them make
    When I type "lodestone damage licence-2025 --json"
    Then it ends with code 0
    And those who lose most stand outside "CHN" and lack "yttrium-oxide"
    And suppliers and customers lose between 0.1 and 5 times as much as those who stop

  Scenario: Defence lives on stocks where nothing is made at home
    When I type "lodestone damage licence-2025 --table defence --region USA --json"
    Then it ends with code 0
    And "terbium-oxide" for defence in "USA" lasts between 1 and 24 months on stocks at its lowest

  Scenario: Japan buys few magnets from China and depends on it for what stands before them
    When I type "lodestone embodied licence-2025 --product ndfeb-magnet-high-temperature --region JPN --element dy --date 2025-03 --json"
    Then it ends with code 0
    And the shares of every stage add up to 100
    And "JPN" buys at most 40 % from the origin, which separated at least 70 % and mined at most 60 %

  Scenario: Nobody is named, so all but the origin count
    When I type "lodestone embodied licence-2025 --product ndfeb-magnet-standard"
    Then it ends with code 0
    And the answer says "the world outside China bought 81 %"
    And the answer says "all but CHN"

  Scenario: Somebody who does not exist
    When I type "lodestone damage licence-2025 --region GER"
    Then it ends with code 2
    And it says "did you mean"
    When I type "lodestone embodied licence-2025 --product ndfeb-magnet-standard --element dy"
    Then it ends with code 2
