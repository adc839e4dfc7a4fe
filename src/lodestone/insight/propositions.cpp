#include "lodestone/insight/propositions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "lodestone/dataset/toml_reader.hpp"

namespace lodestone::insight {
namespace {

using base::Diagnostics;
using base::OptionType;
using base::OptionValues;
using base::Place;
using dataset::place_of;

constexpr std::array kHorizons{"short", "intermediate", "long"};

class Reader {
 public:
  Reader(std::string file, Diagnostics& diagnostics) : file_(std::move(file)), diagnostics_(diagnostics) {}

  Propositions read(const toml::table& document) {
    check_tables(document);
    Propositions out;
    read_about(document, out);
    const auto* list = document.get_as<toml::array>("propositions");
    if (list == nullptr) {
      diagnostics_.error({file_, 1, 1}, "no proposition", "tables [[propositions]]");
      return out;
    }
    for (const auto& item : *list) {
      if (const auto* table = item.as_table())
        read_one(*table, out);
      else
        diagnostics_.error(place_of(item), dataset::describe(item), "a table [[propositions]]");
    }
    return out;
  }

 private:
  std::string file_;
  Diagnostics& diagnostics_;
  std::map<std::string, Place> first_;

  void check_tables(const toml::table& document) {
    const std::vector<std::string> names{"about", "propositions"};
    for (const auto& [key, node] : document)
      if (std::find(names.begin(), names.end(), key.str()) == names.end())
        diagnostics_.error(place_of(key), fmt::format("unknown table '{:.60}'", key.str()),
                           "[about] or [[propositions]]", base::nearest_name(key.str(), names));
  }

  void read_about(const toml::table& document, Propositions& out) {
    const auto* about = document.get_as<toml::table>("about");
    if (about == nullptr) {
      diagnostics_.error({file_, 1, 1}, "no table [about]", "a table [about] with title, made and source");
      return;
    }
    const OptionValues values = dataset::read_options(*about, about_options(), diagnostics_);
    if (values.has("title")) out.title = values.text("title");
    if (values.has("source")) out.source = values.text("source");
    if (values.has("made")) out.made = date(*about, values, "made");
  }

  base::Date date(const toml::table& table, const OptionValues& values, const char* key) {
    const std::string& text = values.text(key);
    const auto date = base::parse_date(text, true);
    if (!date)
      diagnostics_.error(place_of(*table.get(key)), fmt::format("{} = '{:.40}'", key, text),
                         "a date such as 2026-12-31, 2026-12 or 2026");
    return date.value_or(base::Date{});
  }

  void read_one(const toml::table& table, Propositions& out) {
    const int errors_before = diagnostics_.errors();
    const OptionValues values = dataset::read_options(table, proposition_options(), diagnostics_);
    if (diagnostics_.errors() > errors_before) return;
    Prediction p;
    p.id = values.text("id");
    p.horizon = values.text("horizon");
    p.claim = values.text("claim");
    p.statement = values.text("statement");
    p.settles = values.text("settles");
    p.settle_by = date(table, values, "settle-by");
    check_names(table, p);
    read_expression(table, values, p);
    read_outcome(table, values, p);
    if (diagnostics_.errors() == errors_before) out.all.push_back(std::move(p));
  }

  void check_names(const toml::table& table, const Prediction& p) {
    const std::vector<std::string> horizons(kHorizons.begin(), kHorizons.end());
    if (std::find(horizons.begin(), horizons.end(), p.horizon) == horizons.end())
      diagnostics_.error(place_of(*table.get("horizon")), fmt::format("horizon = '{:.40}'", p.horizon),
                         fmt::format("one of {}", fmt::join(horizons, ", ")), base::nearest_name(p.horizon, horizons));
    const auto [entry, is_new] = first_.emplace(p.id, place_of(*table.get("id")));
    if (!is_new)
      diagnostics_.error(place_of(*table.get("id")), fmt::format("a second proposition '{:.40}'", p.id),
                         fmt::format("an id of its own; the first is at {}", entry->second.text()));
  }

  void read_expression(const toml::table& table, const OptionValues& values, Prediction& p) {
    if (values.has("proposition") == values.has("not-expressible")) {
      diagnostics_.error(place_of(table),
                         values.has("proposition") ? "proposition together with not-expressible"
                                                   : "neither proposition nor not-expressible",
                         "an expression, or the reason why there is none");
      return;
    }
    if (values.has("not-expressible")) {
      p.why_not = values.text("not-expressible");
      return;
    }
    p.expression = values.text("proposition");
    p.place = place_of(*table.get("proposition"));
    ++p.place.column;  // behind the quote
    if (values.has("stands-for")) p.stands_for = values.text("stands-for");
  }

  void read_outcome(const toml::table& table, const OptionValues& values, Prediction& p) {
    if (!values.has("outcome")) {
      for (const char* key : {"settled", "evidence"})
        if (values.has(key))
          diagnostics_.error(place_of(*table.get(key)), fmt::format("{} without outcome", key),
                             "outcome = true or false");
      return;
    }
    if (!values.has("settled") || !values.has("evidence")) {
      diagnostics_.error(place_of(*table.get("outcome")), "outcome without settled or evidence",
                         "the date on which it was known, and the document that says it");
      return;
    }
    p.outcome = values.boolean("outcome");
    p.settled = date(table, values, "settled");
    p.evidence = values.text("evidence");
  }
};

}  // namespace

const Prediction* Propositions::find(const std::string& id) const {
  const auto it = std::find_if(all.begin(), all.end(), [&](const Prediction& p) { return p.id == id; });
  return it == all.end() ? nullptr : &*it;
}

std::span<const base::OptionSpec> about_options() {
  static const std::vector<base::OptionSpec> options{
      {"title", OptionType::text, "", 0, -1, true, "", "whose predictions they are"},
      {"made", OptionType::text, "", 0, -1, true, "",
       "date of the predictions: forecasts are scored on what was known then"},
      {"source", OptionType::text, "", 0, -1, true, "", "where the claims stand, and whose the thresholds are"}};
  return options;
}

std::span<const base::OptionSpec> proposition_options() {
  static const std::vector<base::OptionSpec> options{
      {"id", OptionType::text, "", 0, -1, true, "", "short name"},
      {"horizon", OptionType::text, "", 0, -1, true, "", "short, intermediate or long"},
      {"claim", OptionType::text, "", 0, -1, true, "", "the claim in words"},
      {"statement", OptionType::text, "", 0, -1, true, "", "the claim made measurable: thresholds and dates"},
      {"settles", OptionType::text, "", 0, -1, true, "", "what would settle it"},
      {"settle-by", OptionType::text, "", 0, -1, true, "", "date by which it is settled"},
      {"proposition", OptionType::text, "", 0, -1, false, "", "a condition (docs/expressions.md) on a run"},
      {"stands-for", OptionType::text, "", 0, -1, false, "", "how the expression differs from the statement"},
      {"not-expressible", OptionType::text, "", 0, -1, false, "",
       "instead of an expression: why the model cannot say it"},
      {"outcome", OptionType::boolean, "", 0, -1, false, "", "what came out, where it is known"},
      {"settled", OptionType::text, "", 0, -1, false, "", "date on which the outcome was known"},
      {"evidence", OptionType::text, "", 0, -1, false, "", "what says so, with its source"}};
  return options;
}

Propositions read_propositions(const std::string& text, const std::string& file, Diagnostics& diagnostics) {
  const auto document = dataset::parse_toml(text, file, diagnostics);
  if (!document) return {};
  return Reader(file, diagnostics).read(*document);
}

}  // namespace lodestone::insight
