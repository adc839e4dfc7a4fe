#include "lodestone/insight/thesis_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lodestone/dataset/toml_reader.hpp"

namespace lodestone::insight {
namespace {

using base::Diagnostics;
using base::OptionType;
using dataset::place_of;

void check_tables(const toml::table& document, Diagnostics& diagnostics) {
  const std::vector<std::string> names{"thesis", "criteria", "pillars"};
  for (const auto& [key, node] : document)
    if (std::find(names.begin(), names.end(), key.str()) == names.end())
      diagnostics.error(place_of(key), fmt::format("unknown table '{:.60}'", key.str()),
                        "[thesis], [[criteria]] or [[pillars]]", base::nearest_name(key.str(), names));
}

void read_refutations(const toml::table& table, ThesisFile& out, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (std::size_t r = 0; r < kRefutations; ++r) names.push_back(name_of(static_cast<Refutation>(r)));
  for (const auto& item : *table.get_as<toml::array>("refuted-if")) {
    const auto name = *item.value<std::string>();
    const auto it = std::find(names.begin(), names.end(), name);
    if (it == names.end())
      diagnostics.error(place_of(item), fmt::format("'{:.60}'", name), fmt::format("one of {}", fmt::join(names, ", ")),
                        base::nearest_name(name, names));
    else
      out.refuted_if.push_back(static_cast<Refutation>(it - names.begin()));
  }
}

void read_head(const toml::table& document, const std::string& file, ThesisFile& out, Diagnostics& diagnostics) {
  const auto* table = document.get_as<toml::table>("thesis");
  if (table == nullptr) {
    diagnostics.error({file, 1, 1}, "no table [thesis]", "a table [thesis] with title, claim and budgets");
    return;
  }
  const int before = diagnostics.errors();
  const auto values = dataset::read_options(*table, thesis_options(), diagnostics);
  if (diagnostics.errors() > before) return;
  out.title = values.text("title");
  out.claim = values.text("claim");
  out.source = values.text("source");
  out.scenario = values.text("scenario");
  for (const auto budget : values.integers("budgets")) out.budgets.push_back(static_cast<double>(budget));
  out.discount_rate = values.number("discount-rate");
  out.discount_source = values.text("discount-source");
  out.books_close = values.month("books-close");
  out.tolerance = values.number("tolerance");
  read_refutations(*table, out, diagnostics);
  for (const char* key : {"budgets", "refuted-if"})
    if (values.has(key) && table->get_as<toml::array>(key)->empty())
      diagnostics.error(place_of(*table->get(key)), fmt::format("{} of nothing", key), "at least one");
}

void read_criterion(const toml::node& node, ThesisFile& out, Diagnostics& diagnostics) {
  const auto* table = node.as_table();
  if (table == nullptr) {
    diagnostics.error(place_of(node), dataset::describe(node), "a table [[criteria]]");
    return;
  }
  const int before = diagnostics.errors();
  const auto values = dataset::read_options(*table, criterion_options(), diagnostics);
  if (diagnostics.errors() > before) return;
  auto place = place_of(*table->get("measure"));
  ++place.column;  // behind the quote
  out.criteria.push_back({values.text("id"),
                          values.text("says"),
                          values.text("source"),
                          {values.text("measure"), place},
                          values.number("at-most")});
}

}  // namespace

std::string name_of(Refutation refutation) {
  switch (refutation) {
    case Refutation::smaller_set_escapes:
      return "smaller-set-escapes";
    case Refutation::full_set_fails:
      return "full-set-fails";
    case Refutation::smaller_set_better:
      return "smaller-set-better";
    case Refutation::no_interaction:
      return "no-interaction";
  }
  return "";
}

std::string words_of(Refutation refutation) {
  switch (refutation) {
    case Refutation::smaller_set_escapes:
      return "a smaller set escapes in at least as many futures as the full one";
    case Refutation::full_set_fails:
      return "the full set escapes in less than half of the futures";
    case Refutation::smaller_set_better:
      return "a smaller set leaves less of the headline than the full one";
    case Refutation::no_interaction:
      return "the full set does no more than its parts with their shares of the money (interval not above 0)";
  }
  return "";
}

std::span<const base::OptionSpec> thesis_options() {
  static const std::vector<base::OptionSpec> options{
      {"title", OptionType::text, "", 0, -1, true, "", "what the thesis is called"},
      {"claim", OptionType::text, "", 0, -1, true, "", "the thesis in a sentence"},
      {"source", OptionType::text, "", 0, -1, true, "", "whose it is, and whose the measures are"},
      {"scenario", OptionType::text, "", 0, -1, true, "", "what it is held against when no other is named"},
      {"budgets", OptionType::integer_list, "million USD", 1, 1e7, true, "",
       "public money in present value, of 2024, that each subset spends"},
      {"discount-rate", OptionType::number, "a year, real", 0, 0.2, true, "", "rate of the present value"},
      {"discount-source", OptionType::text, "", 0, -1, true, "", "whose rate it is"},
      {"books-close", OptionType::month, "", 0, -1, true, "",
       "first month whose costs no longer count: the money is to be spent before"},
      {"tolerance", OptionType::number, "of the budget", 0.001, 0.2, false, "0.02",
       "by how much what is spent may differ"},
      {"refuted-if", OptionType::text_list, "", 0, -1, true, "", "what would refute it, stated beforehand"}};
  return options;
}

std::span<const base::OptionSpec> criterion_options() {
  static const std::vector<base::OptionSpec> options{
      {"id", OptionType::text, "", 0, -1, true, "", "name in tables"},
      {"says", OptionType::text, "", 0, -1, true, "", "what it measures, in words"},
      {"measure", OptionType::text, "", 0, -1, true, "",
       "a number of a run without a unit, the smaller the better (docs/expressions.md)"},
      {"at-most", OptionType::number, "", -1e9, 1e9, true, "", "who escapes stays at or below"},
      {"source", OptionType::text, "", 0, -1, true, "", "what the bound rests on"}};
  return options;
}

ThesisFile read_thesis(const std::string& text, const std::string& file, Diagnostics& diagnostics) {
  ThesisFile out;
  auto document = dataset::parse_toml(text, file, diagnostics);
  if (!document) return out;
  check_tables(*document, diagnostics);
  read_head(*document, file, out, diagnostics);
  const auto* criteria = document->get_as<toml::array>("criteria");
  if (criteria == nullptr || criteria->empty())
    diagnostics.error({file, 1, 1}, "no table [[criteria]]", "at least one, the first of which is the headline");
  else
    for (const auto& node : *criteria) read_criterion(node, out, diagnostics);
  out.pillars = Packages(*document, text, file, "pillars", diagnostics);
  const auto pillars = out.pillars.all().size();
  if (pillars > kMostPillars)
    diagnostics.error({file, 1, 1}, fmt::format("{} pillars", pillars), fmt::format("at most {}", kMostPillars));
  return out;
}

}  // namespace lodestone::insight
