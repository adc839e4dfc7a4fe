Feature: A run as a page
  An analyst hands a run to somebody without the program: one file that any browser opens, on a screen, a phone and paper.

  Scenario: The report is one file and says where it is
    Given the scenario "licence-2025" has been run
    When I type "lodestone report latest"
    Then it ends with code 0
    And it says "report.html"
    And the page asks "What do the export licences of April 2025 do to prices inside and outside China?"

  Scenario: The page holds the numbers of the run's answer
    When I type "lodestone run licence-2025 --json"
    And I keep the answer
    And I type "lodestone report licence-2025 --output page.html"
    And I open the page "page.html" in a browser 1280 pixels wide
    Then question, answer, three drivers and the assumed share on the page are those of the answer
    And the tables of prices and losses on the page are those of the answer
    And the page has the sections "prices, measures, shares, embodied, stocks, unmet, damage, money, projects, certificates, validation, sources, reproduce"
    And every chart has a name, a description and its numbers as a table
    And the first screen, 800 pixels high, holds question, answer, drivers and the assumed share

  Scenario: The page opens offline, on a phone and on paper
    Given the scenario "licence-2025" has been run
    When I type "lodestone report latest --output page.html"
    And I open the page "page.html" in a browser 390 pixels wide
    Then nothing on it is wider than the screen
    And the browser loaded nothing but the page and complained about nothing
    And printed it fills 6 to 20 pages of A4

  Scenario: The commands on the page make the run again
    Given a copy of the overlay "manufacturer" of the docs
    When I type "lodestone run licence-2025 --months 5 --as-of 2099-12 --overlay manufacturer"
    And I type "lodestone report latest"
    And I type the commands of the page in the run's folder
    Then both runs have the same prices, bit for bit

  Scenario: The report of a run that does not exist
    Given the scenario "reference" has been run
    When I type "lodestone report refrence"
    Then it ends with code 2
    And it says "did you mean"

  Scenario: The report is never half written
    Given the scenario "reference" has been run
    When I type "lodestone report latest --output nowhere/page.html"
    Then it ends with code 2
    And it says "nowhere/page.html"
    And it says "cannot be written"
