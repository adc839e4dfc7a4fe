#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/calibration.hpp"
#include "lodestone/insight/markdown.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

std::vector<insight::CaseFile> read_cases(const base::OptionValues& values) {
  base::Diagnostics diagnostics;
  std::vector<insight::CaseFile> cases;
  for (const auto& name : values.list("cases")) {
    cases.push_back(insight::read_case(find_case(name), data_folder(values), diagnostics));
    if (cases.back().data_read) insight::assemble(cases.back(), {}, diagnostics);
  }
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return cases;
}

std::string page(const insight::Report& report, const base::OptionValues& values) {
  std::string out = fmt::format(
      "# Calibration: behaviour fitted to cases\n\nMade by `lodestone calibrate --cases {} --evaluations {} --output "
      "docs/calibration.md`; do not edit by hand. It changes no figure of the dataset: data/parameters.csv is edited "
      "by those who decide.\n\n**{}** {}\n\n",
      fmt::join(values.list("cases"), ","), values.integer("evaluations"), report.question, report.answer);
  for (const auto& driver : report.drivers) out += fmt::format("- {}\n", driver);
  for (const auto& table : report.tables) out += insight::markdown_section(table);
  return out;
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto cases = read_cases(values);
  base::Diagnostics diagnostics;
  auto free = insight::read_free_parameters(values.text("free"), cases.front(), diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  const Terminal::Interruptible interruptible;
  const auto calibration = insight::calibrate(cases, std::move(free), static_cast<int>(values.integer("evaluations")),
                                              [&](const std::string& what, int done, int total) {
                                                terminal.progress(what, done, total);
                                                return !Terminal::interrupted();
                                              });
  terminal.end_progress();
  const auto report = insight::report(calibration);
  if (values.has("output"))
    write_file(values.text("output"), page(report, values));
  else
    print(report, values.boolean("json"), terminal);
  return calibration.interrupted ? kInterrupted : kOk;
}

}  // namespace

Command calibrate_command() {
  return {
      "calibrate",
      "Fit behavioural parameters to cases; show leave-one-case-out errors and what the cases cannot tell.",
      {},
      {{"cases", OptionType::text_list, "", 0, -1, true, "", "cases to fit, separated by commas"},
       {"evaluations", OptionType::integer, "runs of all cases", 1, 1e6, false, "200", "budget of each fit"},
       {"free", OptionType::text, "", 0, -1, false, "cases/free_parameters.toml", "list of parameters that may move"},
       {"output", OptionType::text, "", 0, -1, false, "", "write the page (Markdown) to this file"},
       data_option()},
      {{"lodestone calibrate --cases ree_2010_2012,dy_tb_y_2025_2026", "one set of parameters for both"},
       {"lodestone calibrate --cases dy_tb_y_2025_2026 --evaluations 50 --json", "a quick look, as JSON"}},
      execute};
}

}  // namespace lodestone::app
