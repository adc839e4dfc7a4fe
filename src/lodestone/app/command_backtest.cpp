#include <fmt/format.h>

#include <algorithm>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/backtest.hpp"

namespace lodestone::app {
namespace {

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto kase = insight::load_case(find_case(values.text("case")), data_folder(values));
  terminal.info(fmt::format("case {}: {} figures, {} items, {} months", kase.id, kase.figures.size(),
                            kase.propositions.size(), kase.months));
  print(insight::report(kase, insight::backtest(kase)), values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command backtest_command() {
  return {"backtest",
          "Run a case of what happened and hold the model against what was observed.",
          {{"case", base::OptionType::text, "", 0, -1, true, "",
            "folder of a case, or the name of one in cases/ (cases/README.md says how to write one)"}},
          {data_option()},
          {{"lodestone backtest fictitious_metal", "a small worked example"},
           {"lodestone backtest cases/template --json", "every figure, as JSON"}},
          execute};
}

}  // namespace lodestone::app
