#include <fmt/format.h>

#include <algorithm>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/check.hpp"

namespace lodestone::app {
namespace {

using dataset::CheckReport;
using dataset::Evidence;

void add_evidence(const Evidence& evidence, std::vector<insight::Cell>& row) {
  row.emplace_back(static_cast<double>(evidence.rows));
  for (const int count : evidence.by_confidence) row.emplace_back(static_cast<double>(count));
  row.emplace_back(static_cast<double>(evidence.recalled));
  row.emplace_back(static_cast<double>(evidence.derived));
  row.emplace_back(insight::percent(evidence.assumed_share()));
}

insight::Table evidence_table(const std::string& id, const std::string& title, const std::string& first) {
  return {id,
          title,
          {{first, first, ""},
           {"rows", "rows", ""},
           {"high", "high", ""},
           {"medium", "medium", ""},
           {"low", "low", ""},
           {"assumed", "assumed", ""},
           {"recalled", "recalled", ""},
           {"derived", "derived", ""},
           {"assumed_share", "no document", ""}},
          {},
          ""};
}

insight::Table problems(const CheckReport& check) {
  insight::Table table{"diagnostics",
                       "What is wrong or odd",
                       {{"severity", "severity", ""},
                        {"file", "file", ""},
                        {"line", "line", ""},
                        {"column", "column", ""},
                        {"found", "found", ""},
                        {"expected", "expected", ""},
                        {"nearest", "nearest name", ""}},
                       {},
                       ""};
  for (const auto& d : check.diagnostics.all())
    table.rows.push_back({std::string(d.severity == base::Severity::error ? "error" : "warning"), d.place.file,
                          static_cast<double>(d.place.line), static_cast<double>(d.place.column), d.found, d.expected,
                          d.nearest});
  return table;
}

insight::Table facilities(const CheckReport& check) {
  insight::Table table{
      "facilities",
      "Facilities",
      {{"status", "status in the base year", ""}, {"plants", "plants", ""}, {"aggregates", "aggregates", ""}},
      {},
      ""};
  dataset::FacilityCount all;
  for (std::size_t s = 0; s < check.facilities.size(); ++s) {
    const auto& count = check.facilities[s];
    table.rows.push_back({to_string(static_cast<world::FacilityStatus>(s)), static_cast<double>(count.plants),
                          static_cast<double>(count.aggregates)});
    all.plants += count.plants;
    all.aggregates += count.aggregates;
  }
  table.rows.push_back({std::string("all"), static_cast<double>(all.plants), static_cast<double>(all.aggregates)});
  return table;
}

insight::Report report_of(const CheckReport& check, const std::filesystem::path& folder) {
  insight::Report report;
  const int errors = check.diagnostics.errors(), warnings = check.diagnostics.warnings();
  report.question = fmt::format("Can the dataset in {} be used, and how well is it founded?", folder.string());
  report.answer = errors > 0 ? fmt::format("No: {} error{} and {} warning{}.", errors, errors == 1 ? "" : "s", warnings,
                                           warnings == 1 ? "" : "s")
                             : fmt::format("Yes: '{}', base year {}, {} rows in {} files, no error, {} warning{}.",
                                           check.title, check.base_year, check.total.rows, check.files.size(), warnings,
                                           warnings == 1 ? "" : "s");
  std::vector<const dataset::FileSummary*> weakest;
  for (const auto& file : check.files)
    if (file.evidence.assumed > 0) weakest.push_back(&file);
  std::stable_sort(weakest.begin(), weakest.end(),
                   [](const auto* a, const auto* b) { return a->evidence.assumed > b->evidence.assumed; });
  for (std::size_t i = 0; i < std::min<std::size_t>(3, weakest.size()); ++i)
    report.drivers.push_back(fmt::format("{}: {} of {} rows rest on no document", weakest[i]->file,
                                         weakest[i]->evidence.assumed, weakest[i]->evidence.rows));
  if (check.passed()) report.notes.push_back(fmt::format("Hash of the files: {}", check.hash));
  int later = 0;
  for (const auto& file : check.files) later += file.left_out.later;
  if (check.as_of)
    report.notes.push_back(
        fmt::format("As of {}: {} rows that were published later are left out.", check.as_of->text(), later));
  for (const auto& overlay : check.overlays)
    report.notes.push_back(fmt::format("Overlay '{}': {}.", overlay.id, overlay.title));
  report.assumed_share = check.total.assumed_share();
  report.assumed = fmt::format("{} of {} rows rest on no document (assumed, or recalled and unverified)",
                               insight::percent(report.assumed_share), check.total.rows);
  auto files = evidence_table("files", "Files", "file");
  files.columns.push_back({"other_times", "other times", ""});
  if (check.as_of) files.columns.push_back({"known_later", "known later", ""});
  if (!check.overlays.empty()) files.columns.push_back({"overlaid", "overlaid", ""});
  files.note = "Other times: rows left out, of another time than the base year or revised.";
  for (const auto& file : check.files) {
    std::vector<insight::Cell> row{file.file};
    add_evidence(file.evidence, row);
    row.emplace_back(static_cast<double>(file.left_out.other));
    if (check.as_of) row.emplace_back(static_cast<double>(file.left_out.later));
    if (!check.overlays.empty()) row.emplace_back(static_cast<double>(file.overlaid));
    files.rows.push_back(std::move(row));
  }
  auto chains = evidence_table("chains", "Products with all they are made from", "product");
  chains.columns.push_back({"grade", "grade", ""});
  chains.note = "Grade: rows resting on no document are at most 10 % (A), 25 % (B), 50 % (C), more (D).";
  for (const auto& chain : check.chains) {
    std::vector<insight::Cell> row{chain.product};
    add_evidence(chain.evidence, row);
    row.emplace_back(std::string(1, chain.grade));
    chains.rows.push_back(std::move(row));
  }
  report.tables = {std::move(files), std::move(chains), facilities(check)};
  return report;
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const std::filesystem::path folder =
      values.has("path") ? std::filesystem::path(values.text("path")) : data_folder(values);
  if (!std::filesystem::exists(folder)) throw base::InputError(fmt::format("{}: no such folder", folder.string()));
  auto options = read_options(values);
  options.shipped = data_folder(values);  // of a small dataset, what it lacks
  const auto check = dataset::check(folder, options);
  auto report = report_of(check, folder);
  if (values.boolean("json")) {
    report.tables.insert(report.tables.begin(), problems(check));
    print(report, true, terminal);
  } else {
    say(check.diagnostics, terminal);
    print(report, false, terminal);
  }
  return check.passed() ? kOk : kWrongInput;
}

}  // namespace

Command check_command() {
  return {"check",
          "Read a dataset, report everything wrong at once, and grade what it rests on.",
          {{"path", base::OptionType::text, "", 0, -1, false, "",
            "folder of the dataset; LODESTONE_DATA or 'data' when not given"}},
          {base_year_option(), as_of_option(), overlay_option()},
          {{"lodestone check", "the dataset in data/"},
           {"lodestone check my-data --json", "another one, as JSON"},
           {"lodestone check --as-of 2025-05-31", "what was known of it on that day"},
           {"lodestone check --base-year 2009", "the figures of another year that it is made for"},
           {"lodestone check --overlay my-plants", "with rows of your own on top"}},
          execute};
}

}  // namespace lodestone::app
