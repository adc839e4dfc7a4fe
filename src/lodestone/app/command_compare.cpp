#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/compare.hpp"

namespace lodestone::app {
namespace {

int execute(const base::OptionValues& values, Terminal& terminal) {
  const store::Results a(find_run(values.text("a"), values).folder.results());
  const store::Results b(find_run(values.text("b"), values).folder.results());
  print(insight::compare(a, b, static_cast<std::size_t>(values.integer("top"))), values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command compare_command() {
  return {
      "compare",
      "Say what differs between two runs, in inputs and in outcomes, largest first.",
      {run_argument("a", "a run"), run_argument("b", "another run")},
      {{"top", base::OptionType::integer, "rows", 1, 1000, false, "12", "rows per table of outcomes"}, out_option()},
      {{"lodestone compare r0001 latest", "the first run beside the newest"},
       {"lodestone compare r0001 r0002 --top 40 --json", "more rows, as JSON"}},
      execute};
}

}  // namespace lodestone::app
