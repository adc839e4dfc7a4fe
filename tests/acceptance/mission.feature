Feature: The scenarios of the mission
  Half-measures, partial decoupling under shock tactics, and full-spectrum policy against reactive drift, with and without a
  crisis: each file runs, says what it rests on, and gives the numbers that its story needs.

  Scenario: Half-measures leave users where they were
    When I run "short-half-measures"
    Then "short-half-measures" says at its top what it represents and its sources
    And in "short-half-measures" plants outside China do between 6 and 8 % of "magnet" in 2028
    And in "short-half-measures" plants outside China do between 13 and 16 % of "separation" in 2028
    And in "short-half-measures" users in "USA" lack between 4 and 8 % of the magnets that they want in 2028
    And in "short-half-measures" lever "us-one-grant" pays between 0 and 0 million USD in all
    And in "short-half-measures" lever "chinese-surgical-flood" pays between 200 and 400 million USD in all

  Scenario: A truce of a year helps while it lasts
    When I run "short-deal-lapses"
    And I run "short-half-measures"
    Then "short-deal-lapses" says at its top what it represents and its sources
    And in 2027 "dysprosium-oxide" in "JPN" costs between 0.6 and 0.95 times as much in "short-deal-lapses" as in "short-half-measures"
    And in "short-deal-lapses" users in "USA" lack between 3 and 5 % of the magnets that they want in 2027
    And in "short-half-measures" users in "USA" lack between 4.5 and 6.5 % of the magnets that they want in 2027

  Scenario: Shock tactics cost their user billions and slow others little; a pact adds projects, hardly output before 2030
    When I run "intermediate-partial-decoupling"
    And I run "intermediate-each-alone"
    Then "intermediate-partial-decoupling" says at its top what it represents and its sources
    And "intermediate-each-alone" says at its top what it represents and its sources
    And in "intermediate-partial-decoupling" lever "chinese-flood" pays between 1500 and 4000 million USD in all
    And in "intermediate-partial-decoupling" lever "allied-pact" pays between 50 and 250 million USD in all
    And in "intermediate-partial-decoupling" plants outside China do between 36 and 42 % of "mining" in 2030
    And in "intermediate-partial-decoupling" plants outside China do between 12 and 16 % of "separation" in 2030
    And in 2030 plants outside China make between 0.98 and 1.1 times as much "magnet" in "intermediate-partial-decoupling" as in "intermediate-each-alone"
    And in "intermediate-partial-decoupling" at the end these plants are built or being built, and not in "intermediate-each-alone": "white-mesa-phase-2"

  Scenario: Full-spectrum policy builds what drift does not, and China goes on making magnets
    When I run "long-full-spectrum"
    And I run "long-reactive-drift"
    Then "long-full-spectrum" says at its top what it represents and its sources
    And "long-reactive-drift" says at its top what it represents and its sources
    And in "long-full-spectrum" at the end these plants are built or being built, and not in "long-reactive-drift": "white-mesa-phase-2, nolans-separation, vulcan-benson, usa-rare-earth-stillwater-full, narva-magnets-phase-2"
    And in 2035 plants outside China make between 1.08 and 1.35 times as much "magnet" in "long-full-spectrum" as in "long-reactive-drift"
    And in "long-full-spectrum" plants outside China do between 42 and 50 % of "mining" in 2035
    And in "long-full-spectrum" plants outside China do between 6 and 9 % of "magnet" in 2035
    And in "long-reactive-drift" plant "mountain-pass-heavy-separation" uses between 50 and 100 % of its capacity from "2033-01" to "2035-12"

  Scenario: In a crisis new magnet plants stand for want of metal of terbium
    When I run "long-full-spectrum-crisis"
    And I run "long-reactive-drift-crisis"
    Then "long-full-spectrum-crisis" says at its top what it represents and its sources
    And "long-reactive-drift-crisis" says at its top what it represents and its sources
    And in "long-reactive-drift-crisis" users in "USA" lack between 10 and 18 % of the magnets that they want in 2031
    And in "long-full-spectrum-crisis" users in "USA" lack between 10 and 18 % of the magnets that they want in 2031
    And in "long-full-spectrum-crisis" users in "DEU" lack between 12 and 24 % of the magnets that they want in 2032
    And in "long-full-spectrum-crisis" "terbium-metal" costs between 20 and 300 times as much in "USA" as in "CHN" from "2031-06" to "2032-03"
    And in "long-full-spectrum-crisis" "ndpr-oxide" costs between 0.8 and 1.4 times as much in "USA" as in "CHN" from "2031-06" to "2032-03"
    And in "long-full-spectrum-crisis" plant "narva-magnets-phase-2" uses between 0 and 20 % of its capacity from "2031-06" to "2032-03"
