#include "lodestone/insight/case_pages.hpp"

#include <fmt/format.h>

#include "lodestone/insight/case_file.hpp"
#include "lodestone/insight/expression_functions.hpp"
#include "lodestone/insight/expression_leaves.hpp"
#include "lodestone/policy/levers_page.hpp"

namespace lodestone::insight {

std::string expressions_page() {
  std::string out =
      "# Expressions\n\n"
      "Made by `lodestone docs expressions`; do not edit by hand. An expression asks a run for a number, a month or a "
      "yes or no. Cases use them to say what an observed figure is held against and what a model should reproduce "
      "([case format](case_format.md)), scenarios to say what an ensemble keeps ([ensembles](ensembles.md)), and "
      "propositions to say what may come true ([scorecard](scorecard.md)).\n\n"
      "```\n"
      "price(dysprosium-oxide, DEU)                                          a price for every month\n"
      "max(price(dysprosium-oxide, DEU), 2025-04 .. 2026-03)                 its peak in a year\n"
      "month_of_max(price(dysprosium-oxide, DEU)) - 2025-04                  months from April to the peak\n"
      "sum(exports(dysprosium-oxide, CHN, EU27 + JPN), 2025) < 500 t         a condition\n"
      "at(price(yttrium-oxide, DEU) / price(yttrium-oxide, CHN), 2025-11) between 20 and 60\n"
      "production(stage mining of dy, all except CHN) / production(stage mining of dy, all)   a share for every month\n"
      "production(stage magnet, CHN by control) / production(stage magnet, all)   the same by who controls the plants\n"
      "stock(terbium-oxide, JPN) / use(terbium-oxide, JPN) > 6 months              months of cover, for every month\n"
      "price(ndpr-oxide, CHN) < 0.7 * ago(price(ndpr-oxide, CHN), 12 months)       what a year did to it\n"
      "at(projects(stage magnet, USA, producing), 2030-12) >= 3                    a count of projects\n"
      "sum(public_cost(USA + EU27), 2025 .. 2030) < 5000 MUSD                      what governments paid\n"
      "```\n\n"
      "## What can be read from a month\n\n"
      "| | unit | meaning |\n|---|---|---|\n";
  for (const Leaf& leaf : leaves())
    out += fmt::format("| `{}` | {} | {} |\n", signature(leaf), unit_of(leaf.dimension), leaf.meaning);
  out +=
      "\n- **product**: an id of products.csv; `a + b`; `all`; `stage mining` (every product that this stage makes); "
      "`magnets`, which is `stage magnet`; "
      "`all except a`. Behind it `of dy` counts t of the element's oxide equivalent.\n"
      "- **region, from, to**: an id of regions.csv or groups.csv; `A + B`; `all`; `all except CHN`. Groups have the "
      "members of the run's first month. The last of two places may be left out: then it is everywhere else.\n"
      "- **by control** counts plants where their controlling operator is at home, not where they stand. **end use** "
      "may be left out: all.\n"
      "- **status** of projects: ";
  out += fmt::format("`{}`", fmt::join(kStatusNames, "`, `"));
  out +=
      ". Projects are plants that do not stand when the run starts; due is what was said to be open by now; "
      "permitted and financed is what came so far or further. **stall**: ";
  std::vector<std::string> stalls;
  for (const auto stall : kStalls) stalls.push_back(to_string(stall));
  out += fmt::format("`{}`", fmt::join(stalls, "`, `"));
  out +=
      ".\n- **public_cost** takes whose levers: a group's count where all its members are named.\n"
      "- Prices are dollars of 2024 per t, without VAT. Means over several places or routes are weighted by use or "
      "flow. An amount in other money is written with its date: `real(700 CNY/kg, 2011-10)`.\n\n"
      "## What can be made of it\n\n| | gives | meaning |\n|---|---|---|\n";
  for (const Function& function : functions())
    out += fmt::format("| `{}` | {} | {} |\n", function.signature, function.gives, function.meaning);
  out +=
      "\n- **period**: `2011`, `2011-08`, `2011-Q3`, `2011-H2`, `2010-07 .. 2012-12`; months may be computed: `start "
      ".. "
      "month_of_max(x)`. Left out it is the whole run. In a case `period` stands for the dates of the observed "
      "figure.\n"
      "- **months**: `2011-08`, `start` and `end` of the run; month + `3 months`; month - month is a number of "
      "months.\n"
      "- **operators**, from tight to loose: `-x`; `*` `/`; `+` `-`; `<` `<=` `>` `>=` `between a and b`; `not`; "
      "`and`; `or`. Names and dates may hold hyphens, so minus stands between blanks.\n"
      "- **names** that are no words (`4n-metal`) stand in single quotes.\n"
      "- **units** must agree: `max(price(x, DEU)) > 400` is an error, `> 400 USD/kg` is not. A number may have one "
      "of ";
  for (const auto& name : named_unit_names())
    if (name.find(' ') == std::string::npos) out += "`" + name + "`, ";
  out.resize(out.size() - 2);
  out +=
      ".\n- **nothing**: a price without trade, a period beyond the run, a division by 0 have no value. Means and "
      "extremes pass over months without one; a sum has none then; a comparison with nothing cannot be said.\n\n"
      "Errors name file, line, column, what was found, what was expected, and the nearest name.\n";
  return out;
}

std::string case_format_page() {
  std::string out =
      "# The format of a case\n\n"
      "Made by `lodestone docs case_format`; do not edit by hand. How to write a case, step by step: "
      "[cases/README.md](../cases/README.md). A case is a folder with `case.toml`, `observed.csv` and, if it needs "
      "one, an overlay ([overlays](overlays.md)) or a small dataset of its own ([data](data.md#a-small-dataset)).\n\n"
      "## observed.csv\n\n"
      "`series,date,value,unit,source`. Dates: `2011`, `2011-08`, `2011-08-31`, `2011-Q3`, `2011-H2`, "
      "`2010-01..2010-10`. Values: above 0, or a month (`2011-08`, unit `month`). Units: those of "
      "[expressions](expressions.md), and money per mass in CNY, EUR, JPY, AUD; a remark may follow behind a blank "
      "(`kt Ni`). Every series is named by a `[[series]]` or by a `[[left-out]]`, or it is an error.\n";
  for (const CaseTableSpec& table : case_tables())
    out += fmt::format("\n## {}{}{}\n\n{}.\n\n{}", table.many ? "[[" : "[", table.name, table.many ? "]]" : "]",
                       table.meaning, policy::options_table(table.options));
  out +=
      "\n## [[levers]]\n\nExactly as in scenarios: [levers](levers.md).\n\n"
      "## How a figure is compared\n\n"
      "- A model expression for every month becomes one value over the dates of the figure: the mean; for a flow held "
      "against an amount (t, kt) the sum. An expression of one value uses `period` itself.\n"
      "- Prices of the model are dollars of 2024 without VAT. They are put into the money of the quote: VAT added, "
      "deflated to the year of the quote, at the exchange rate of its date (fx.csv and deflator.csv of the dataset).\n"
      "- Quotes `fob` need `fob(...)`, `cif` need `cif(...)`, `exw` (also: delivered, duty paid) need `price(...)`; "
      "unlike bases are "
      "refused.\n"
      "- The error is ln(modelled / observed), capped at 2; a month's error is a number of months. Figures that end "
      "before the shock or lie outside the run are shown and not scored.\n"
      "- Rival **no change**: the last figure of the series before the shock; where there is none (and for "
      "quantities) the expression on a run in which every month is like the one before the shock.\n"
      "- Rival **elasticity**: that times (Q/Q0)^(1/-0.2), Q/Q0 the smallest share that `[[allowed]]` gives in the "
      "dates of the figure. Only for series that name one.\n";
  return out;
}

}  // namespace lodestone::insight
