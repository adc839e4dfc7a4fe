// Tables and keys of a case.toml: one list from which it is read and described.
#include "lodestone/insight/case_file.hpp"

namespace lodestone::insight {
namespace {

using base::OptionType;

std::vector<CaseTableSpec> make_tables() {
  using Option = base::OptionSpec;
  const auto text = [](const char* name, bool required, const char* help) {
    return Option{name, OptionType::text, "", 0, -1, required, "", help};
  };
  const auto number = [](const char* name, const char* unit, double least, double most, bool required,
                         const char* standard, const char* help) {
    return Option{name, OptionType::number, unit, least, most, required, standard, help};
  };
  const auto month = [](const char* name, const char* help) {
    return Option{name, OptionType::month, "", 0, -1, true, "", help};
  };
  return {
      {"case",
       false,
       "what happened, when, and on which dataset",
       {text("id", true, "name of the case; lower-case words joined by hyphens"),
        text("title", true, "a few words for lists"), text("question", true, "what the case asks of the model"),
        month("start", "first month of the run"), month("end", "last month of the run"),
        month("shock",
              "first month of the shock: figures from then on are scored, and 'no change' stays at the month before"),
        text("as-of", false, "leave out figures published after this date"),
        Option{"base-year", OptionType::integer, "year", 1950, 2150, false, "",
               "year whose figures of the shipped dataset are used"},
        text("demand-growth", false, "path of demand, as in a scenario; none when not given: demand does not grow"),
        text("overlay", false, "folder in the case, laid on the shipped dataset"),
        text("data", false, "folder in the case with a dataset of its own"),
        text(
            "evidence", false,
            "hold-out (nothing was fitted to it; when not given), fitted (parameters were chosen with it in sight), or "
            "invented (its figures are made up)"),
        text("description", false, "what is assumed and why")}},
      {"series",
       true,
       "an observed series and the expression of the model that it is held against",
       {text("id", true, "name of the series in the tables"),
        text("kind", true, "price, quantity, ratio, share or month"), text("observed", false, "series of observed.csv"),
        text("low", false, "instead of observed: the low end of a quoted range"),
        text("high", false, "and its high end; the middle (geometric mean) is the observed figure"),
        text("model", true, "expression (docs/expressions.md); `period` stands for the dates of the figure"),
        text("incoterm", false, "of prices: exw, fob or cif, as the quote says"),
        text("basis", false, "of prices: nominal (money of the quote's date) or real-2024"),
        number("vat", "fraction", 0, 1, false, "", "of prices: VAT that the quote includes, 0 when none"),
        text("allowed", false, "id of the tables [[allowed]] for the rival with an elasticity"),
        Option{"headline", OptionType::boolean, "", 0, -1, false, "false",
               "the case is about this series: where any is marked, goals are judged on the marked ones"},
        text("note", false, "what a reader should know of the comparison")}},
      {"reproduce",
       true,
       "something that a model should reproduce",
       {text("id", true, "name of the item"), text("text", true, "the item in words"),
        text("proposition", true, "a condition (docs/expressions.md) that is true when the model reproduces it"),
        number("tolerance", "fraction", 0, 1, false, "0", "by which bounds may be missed, relative"),
        number("tolerance-months", "months", 0, 120, false, "0", "the same for months")}},
      {"allowed",
       true,
       "which share of the usual quantity policy allows, for the rival with an elasticity",
       {text("id", true, "name, used by series; several periods may share it"), month("from", "first month"),
        month("to", "last month"),
        number("share", "fraction", 0.0001, 1000, true, "", "quantity allowed over usual quantity, Q/Q0"),
        text("source", true, "where the figure comes from")}},
      {"left-out",
       true,
       "observed series that the model is not held against",
       {Option{"series", OptionType::text_list, "", 0, -1, true, "", "series of observed.csv"},
        text("reason", true, "why; 'the model misses it' is none")}},
  };
}

}  // namespace

const std::vector<CaseTableSpec>& case_tables() {
  static const std::vector<CaseTableSpec> tables = make_tables();
  return tables;
}

}  // namespace lodestone::insight
