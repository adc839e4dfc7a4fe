#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/policy/lever.hpp"

namespace lodestone::app {
namespace {

void add_rows(std::span<const base::OptionSpec> specs, const std::string& kind, insight::Table& table) {
  for (const auto& spec : specs)
    table.rows.push_back({kind, spec.name, base::expectation(spec),
                          spec.required ? std::string("required") : spec.default_text, spec.help});
}

std::string example_of(const base::OptionValues& values) {
  if (!values.has("kind"))
    throw base::InputError(
        "--example without a kind; expected a kind of lever, as in lodestone levers grant --example");
  for (const auto& kind : policy::lever_kinds())
    if (kind.name == values.text("kind")) return policy::example_scenario(kind);
  return {};
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  insight::Table kinds{"kinds",
                       "Kinds of lever",
                       {{"kind", "kind", ""},
                        {"cost", "public cost", ""},
                        {"overlap", "where two overlap", ""},
                        {"help", "what it does", ""}},
                       {},
                       ""};
  insight::Table options{"options",
                         "Options of a lever in a scenario ([[levers]])",
                         {{"kind", "kind", ""},
                          {"option", "option", ""},
                          {"type", "value", ""},
                          {"default", "default", ""},
                          {"help", "meaning", ""}},
                         {},
                         ""};
  insight::Table examples{
      "examples", "Scenarios that show them", {{"kind", "kind", ""}, {"scenario", "scenario", ""}}, {}, ""};
  std::vector<std::string> names;
  add_rows(policy::common_lever_options(), "every kind", options);
  bool found = false;
  for (const auto& kind : policy::lever_kinds()) {
    names.push_back(kind.name);
    if (values.has("kind") && kind.name != values.text("kind")) continue;
    found = true;
    kinds.rows.push_back({kind.name, kind.public_cost, kind.rule_for_overlap, kind.help});
    examples.rows.push_back({kind.name, policy::example_scenario(kind)});
    add_rows(kind.options, kind.name, options);
  }
  if (!found) {
    base::Diagnostics wrong;
    wrong.error({}, fmt::format("unknown kind of lever '{}'", values.text("kind")),
                fmt::format("one of {}", fmt::join(names, ", ")), base::nearest_name(values.text("kind"), names));
    throw base::InputError(std::move(wrong));
  }
  if (values.boolean("example")) {
    terminal.print(example_of(values));
  } else if (values.boolean("json")) {
    insight::Report report;
    report.question = "Which levers are there, and what are their options?";
    report.answer = fmt::format("{} kinds.", kinds.rows.size());
    report.tables = {kinds, options, examples};
    print(report, true, terminal);
  } else {
    terminal.print(text(kinds, terminal) + "\n" + text(options, terminal));
  }
  return kOk;
}

}  // namespace

Command levers_command() {
  return {"levers",
          "List the kinds of lever a scenario can use, with their options.",
          {{"kind", base::OptionType::text, "", 0, -1, false, "", "only this kind"}},
          {{"example", base::OptionType::boolean, "", 0, -1, false, "false",
            "print a scenario that shows the kind, to be run as it is"}},
          {{"lodestone levers", "all kinds"},
           {"lodestone levers export-licence", "the options of one kind"},
           {"lodestone levers grant --example > grant.toml", "a scenario to begin with"}},
          execute};
}

}  // namespace lodestone::app
