#include "lodestone/policy/levers_page.hpp"

#include <fmt/format.h>

#include <cctype>
#include <utility>

#include "lodestone/policy/scenario.hpp"

namespace lodestone::policy {

std::string options_table(std::span<const base::OptionSpec> options) {
  std::string out = "| key | value | default | meaning |\n|---|---|---|---|\n";
  for (const auto& option : options)
    out += fmt::format("| `{}` | {} | {} | {} |\n", option.name, base::expectation(option),
                       option.required ? "required" : option.default_text, option.help);
  return out;
}

namespace {

std::string capital(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string section(const LeverKind& kind) {
  std::string out = fmt::format("\n## {}\n\n{}\n\n", kind.name, kind.help);
  if (!kind.options.empty()) out += options_table(kind.options) + "\n";
  return out +
         fmt::format(
             "{}\n\n**Overlap.** {}\n\n**Public cost.** {}.\n\n**Example** (the keys beside id, kind, start, end and "
             "source):\n\n```toml\n{}```\n",
             kind.model, kind.rule_for_overlap, capital(kind.public_cost), kind.example);
}

}  // namespace

std::string levers_page() {
  std::string out =
      "# Scenarios and levers\n\n"
      "Made by `lodestone docs levers`; do not edit by hand. A scenario is a TOML file: a table `[run]` and one table "
      "`[[levers]]` for each measure. Wrong keys, names and values are errors with their place and the nearest valid "
      "name, all at once. The scenarios that come with the project: [scenarios](scenarios.md).\n\n"
      "```toml\n"
      "[run]\n"
      "id = \"tax-on-terbium\"\n"
      "title = \"Terbium is taxed\"\n"
      "question = \"Who pays an export tax on terbium oxide?\"\n"
      "start = \"2025-01\"\n"
      "months = 24\n"
      "\n"
      "[[levers]]\n"
      "id = \"tax\"\n"
      "kind = \"export-tax\"\n"
      "actor = \"CHN\"\n"
      "start = \"2025-04\"\n"
      "end = \"2026-04\"\n"
      "products = [\"terbium-oxide\"]\n"
      "rate = 0.25\n"
      "source = \"assumption: an example\"\n"
      "```\n\n"
      "## The table [run]\n\n" +
      options_table(run_options()) + "\n## Keys of every lever\n\n" + options_table(common_lever_options()) +
      "\nLevers act in the order of the file. Groups of regions are taken with the members they have in the lever's "
      "first month. A lever acts in the months from `start` on and before `end`; outside of them it changes nothing. "
      "One that touches no route of the dataset is an error. `lodestone levers KIND --example` prints the example of a "
      "kind as a scenario that runs.\n";
  for (const LeverKind& kind : lever_kinds()) out += section(kind);
  return out;
}

}  // namespace lodestone::policy
