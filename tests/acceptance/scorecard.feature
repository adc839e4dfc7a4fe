Feature: Predictions become probabilities
  An analyst asks how likely people's predictions are, with what was known when they were made and with what is known
  now, which projects will produce, and what drives an outcome.

  Scenario: Predictions beside each other, as known then and now, and scored where they are settled
    When I type "lodestone ensemble race-may-2025 --as-of 2025-05-31 --members 2 --months 40"
    And I type "lodestone ensemble race --members 2 --months 28"
    And I type "lodestone scorecard r0002 --earlier r0001"
    Then it ends with code 0
    And the first lines give a question, an answer, drivers and what is assumed
    And the answer says "known until 2025-05-31"
    And the answer says "Settled, and how the forecasts did"
    And the answer says "Yttrium oxide 126 USD/kg in Europe on 2025-11-17"
    And the answer says "Propositions that these futures do not answer"
    And the answer says "What the model cannot say"
    When I type "lodestone projects r0002"
    Then it ends with code 0
    And the answer says "How likely each project produces"
    And the answer says "net present value"

  Scenario: A single run says which predictions hold in it
    When I type "lodestone run race --months 28"
    And I type "lodestone scorecard r0001"
    Then it ends with code 0
    And the answer says "Which propositions hold in this run"
    And the answer says "cannot say"

  Scenario: How much of an outcome rests on assumed figures
    When I type "lodestone sensitivity licence-2025 --months 8 --rows 2"
    Then it ends with code 0
    And the answer says "assumed figures"
    And the answer says "documented figures"
