#include "lodestone/insight/ensemble_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "lodestone/insight/ensemble_page_parts.hpp"
#include "lodestone/insight/ensemble_report.hpp"

namespace lodestone::insight {
namespace {

using ensemble::EnsembleFile;
using ensemble::kQuantiles;

constexpr std::size_t kCharts = 10;

std::vector<base::Month> months_of(const EnsembleFile& file) {
  std::vector<base::Month> months;
  for (int t = 0; t < file.facts().run.months; ++t) months.push_back(file.facts().run.start + t);
  return months;
}

std::vector<double> quantile_of(const Outlook& look, std::size_t which) {
  std::vector<double> out;
  for (const auto& month : look.months) out.push_back(month.quantiles[which]);
  return out;
}

std::string capital(std::string words) {
  if (!words.empty()) words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
  return words;
}

// Measures as every future has them; where a lever's numbers are drawn, its dates are not.
std::vector<Act> acts_of(const EnsembleFile& file) {
  std::vector<Act> acts;
  for (const auto& lever : file.facts().run.levers)
    if (lever.begins()) acts.push_back({fmt::format("{}: {}", lever.actor, lever.id), lever.start, lever.end});
  return acts;
}

LineChart fan(const Outlook& look, const EnsembleFile& file, bool wide) {
  LineChart chart;
  chart.id = "fan-" + look.kept.name;
  chart.title = capital(look.says());
  chart.unit = look.unit;
  chart.months = months_of(file);
  chart.wide = wide;
  chart.bands = {{quantile_of(look, 0), quantile_of(look, 4), Tone::outside},
                 {quantile_of(look, 1), quantile_of(look, 3), Tone::outside}};
  chart.lines = {{"95 %", Tone::muted, quantile_of(look, 4)},
                 {"median", Tone::outside, quantile_of(look, 2), true},
                 {"5 %", Tone::muted, quantile_of(look, 0)}};
  if (wide) chart.acts = acts_of(file);
  const auto& last = look.months.back();
  chart.says = fmt::format("{}: median {} {} in {}, {} at the end; 90 % of futures then between {} and {}.",
                           capital(look.says()), readable(look.months.front().quantiles[2]), look.unit,
                           chart.months.front().text(), readable(last.quantiles[2]), readable(last.quantiles[0]),
                           readable(last.quantiles[4]));
  return chart;
}

Table quantile_table(const Outlook& look, const EnsembleFile& file) {
  Table table{"quantiles-" + look.kept.name,
              fmt::format("{}, month by month", capital(look.says())),
              {{"month", "month", ""}},
              {},
              fmt::format("{}; share of the futures that lies below.", look.kept.expression)};
  for (const double share : kQuantiles)
    table.columns.push_back({fmt::format("q{:.0f}", 100 * share), fmt::format("{:.0f} %", 100 * share), look.unit});
  table.columns.push_back({"futures", "futures", ""});
  const auto months = months_of(file);
  for (std::size_t t = 0; t < months.size(); ++t) {
    std::vector<Cell> row{months[t].text()};
    for (const double value : look.months[t].quantiles) row.emplace_back(value);
    row.emplace_back(static_cast<double>(look.months[t].count));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Section futures_section(const EnsembleFile& file, const std::vector<Outlook>& looks) {
  Section section{"futures", "How the futures spread", {}};
  std::vector<Outlook> monthly;
  for (const auto& look : looks)
    if (look.kept.monthly) monthly.push_back(look);
  if (monthly.empty()) {
    section.blocks.emplace_back("No series was kept of every month.");
    return section;
  }
  section.blocks.emplace_back(
      "Half of the futures lie in the dark band, nine of ten in the light one, month by month; no single future "
      "follows "
      "its edge. What moves most comes first.");
  section.blocks.emplace_back(std::vector<Chart>{fan(monthly.front(), file, true)});
  std::vector<Chart> others;
  for (std::size_t k = 1; k < std::min(kCharts, monthly.size()); ++k) others.emplace_back(fan(monthly[k], file, false));
  if (!others.empty()) section.blocks.emplace_back(std::move(others));
  for (const auto& look : monthly) section.blocks.emplace_back(Folded{quantile_table(look, file)});
  return section;
}

void add_table(const Report& report, const std::string& id, Section& section) {
  for (const auto& table : report.tables)
    if (table.id == id) section.blocks.emplace_back(table);
}

Section spread_section(const Report& report) {
  Section section{"spread", "Peaks, ends, conditions", {}};
  add_table(report, "series", section);
  add_table(report, "numbers", section);
  return section;
}

Section drivers_section(const EnsembleFile& file, const Report& report) {
  Section section{"hangs-on", "What the headline hangs on", {}};
  add_table(report, "drivers", section);
  if (section.blocks.empty())
    section.blocks.emplace_back(
        fmt::format("Nothing that can be told from chance with {} futures; below 30 none is shown.",
                    file.facts().members - file.dropped()));
  Table drawn{"figures",
              "What was drawn",
              {{"figure", "uncertain figure", ""}, {"confidence", "range", ""}},
              {},
              "Distributions and sources: lodestone uncertainty."};
  for (std::size_t f = 0; f < file.figures().size(); ++f)
    drawn.rows.push_back({file.figures()[f], std::string(file.assumed()[f] ? "assumed" : "documented")});
  section.blocks.emplace_back(Folded{std::move(drawn)});
  return section;
}

Section dropped_section(const EnsembleFile& file, const Report& report) {
  Section section{"dropped", "Futures that were dropped", {}};
  add_table(report, "dropped", section);
  if (section.blocks.empty())
    section.blocks.emplace_back(
        fmt::format("None of {}: every month of every future was cleared and certified.", file.facts().members));
  return section;
}

Section reproduce_section(const EnsembleFile& file, const store::RunRow& row) {
  const auto& run = file.facts().run;
  return {"reproduce",
          "How to make it again",
          {fmt::format("Scenario {}, dataset {} {}, lodestone {}, seed {}, {} futures by {}. Each future is the same "
                       "bits on any number of threads and machines.",
                       run.scenario, run.dataset, run.dataset_hash.substr(0, 8), run.version, run.seed,
                       file.facts().members, file.facts().sampling),
           Listing{"Commands",
                   fmt::format("lodestone resume {0}              # makes what is missing, writes the results again\n"
                               "lodestone run {0} --member 0     # one of its futures alone, in full detail",
                               row.id),
                   true},
           Listing{"Scenario", run.scenario_text}}};
}

}  // namespace

Page ensemble_page(const EnsembleFile& file, const store::RunRow& row, const MorePages& more) {
  const auto looks = looks_at(file);
  const auto answer = report(file, looks);
  const auto months = months_of(file);
  Page page;
  page.kicker = fmt::format("Lodestone, ensemble {} · {} · {} futures · {} to {} · dataset {} {}", row.id,
                            file.facts().run.title, file.facts().members, months.front().text(), months.back().text(),
                            file.facts().run.dataset, file.facts().run.dataset_hash.substr(0, 8));
  page.head = answer;
  const auto assumed = static_cast<double>(std::count(file.assumed().begin(), file.assumed().end(), true));
  const double of_figures = assumed / std::max(1.0, static_cast<double>(file.assumed().size()));
  page.assumed = {{"uncertain figures", of_figures}};
  page.assumed_says = "of what the headline hangs on, by squared rank correlation";
  if (std::isnan(page.head.assumed_share)) {  // what the headline hangs on does not stand out from chance
    page.head.assumed_share = of_figures;
    page.assumed_says = "of the uncertain figures, each counted once";
  }
  if (file.dropped() > 0)
    page.warning =
        fmt::format("{} of {} futures were dropped; nothing below counts them.", file.dropped(), file.facts().members);
  page.sections = {futures_section(file, looks), spread_section(answer), drivers_section(file, answer),
                   dropped_section(file, answer), reproduce_section(file, row)};
  // Before what concerns the making.
  if (more.projects) page.sections.insert(page.sections.begin() + 3, projects_of_futures(*more.projects));
  if (more.scorecard) page.sections.insert(page.sections.begin() + 3, scorecard_section(*more.scorecard));
  page.colophon =
      fmt::format("Made by lodestone {} from run {} of {}. One file, no scripts, nothing loaded from anywhere.",
                  LODESTONE_VERSION, row.id, row.created);
  return page;
}

}  // namespace lodestone::insight
