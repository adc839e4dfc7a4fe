#include "lodestone/policy/ensemble_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "lodestone/base/units.hpp"
#include "lodestone/dataset/toml_reader.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {
namespace {

using base::Diagnostics;
using base::OptionType;
using base::OptionValues;
using dataset::place_of;

// The table of a lever by its id; null when there is none.
const toml::table* lever_table(const toml::table& document, const std::string& id) {
  const auto* levers = document.get_as<toml::array>("levers");
  if (levers == nullptr) return nullptr;
  for (const auto& item : *levers) {
    const auto* table = item.as_table();
    if (table != nullptr && (*table)["id"].value<std::string>() == id) return table;
  }
  return nullptr;
}

std::vector<std::string> lever_ids(const toml::table& document) {
  std::vector<std::string> out;
  if (const auto* levers = document.get_as<toml::array>("levers"))
    for (const auto& item : *levers)
      if (const auto* table = item.as_table())
        if (const auto id = (*table)["id"].value<std::string>()) out.push_back(*id);
  return out;
}

const LeverKind* kind_named(const std::string& name) {
  for (const LeverKind& kind : lever_kinds())
    if (kind.name == name) return &kind;
  return nullptr;
}

bool is_number(const base::OptionSpec& spec) {
  return spec.type == OptionType::number || spec.type == OptionType::integer;
}

const base::OptionSpec* option_of(const LeverKind& kind, const std::string& name) {
  return base::find_option(kind.options, name);
}

// Every date of a lever later by as many months.
void put_off(toml::table& lever, int months) {
  const auto* kind = kind_named(lever["kind"].value_or(std::string()));
  for (auto&& [key, node] : lever) {
    const std::string name(key.str());
    const auto* spec = kind == nullptr ? nullptr : option_of(*kind, name);
    const bool date =
        name == "start" || name == "end" || name == "announced" || (spec != nullptr && spec->type == OptionType::month);
    if (!date) continue;
    if (const auto month = base::parse_month(node.value_or(std::string())))
      lever.insert_or_assign(name, (*month + months).text());
  }
}

void put_number(const DrawnOption& draw, toml::table& lever) {
  const auto* kind = kind_named(lever["kind"].value_or(std::string()));
  if (option_of(*kind, draw.option)->type == OptionType::integer)
    lever.insert_or_assign(draw.option, static_cast<std::int64_t>(std::llround(draw.value)));
  else
    lever.insert_or_assign(draw.option, draw.value);
}

class UncertainReader {
 public:
  UncertainReader(const toml::table& document, Diagnostics& diagnostics)
      : document_(document), diagnostics_(diagnostics) {}

  void read(const toml::table& table, std::vector<UncertainOption>& out) {
    const int errors_before = diagnostics_.errors();
    const OptionValues values = dataset::read_options(table, uncertain_options(), diagnostics_);
    if (diagnostics_.errors() > errors_before) return;
    UncertainOption option{values.text("lever"),  values.text("option"), {}, "", 0,
                           values.text("source"), place_of(table)};
    read_distribution(table, values, option);
    if (values.has("group")) option.group = values.text("group");
    option.correlation = values.number("correlation");
    if (option.group.empty() != (option.correlation == 0))
      diagnostics_.error(place_of(table), "a group without a correlation, or the other way round", "both, or neither");
    check_target(table, option, out);
    if (diagnostics_.errors() == errors_before) out.push_back(std::move(option));
  }

  void read_hazard(const toml::table& table, std::vector<UncertainOption>& out) {
    using base::kMonths;
    const int errors_before = diagnostics_.errors();
    const OptionValues values = dataset::read_options(table, hazard_options(), diagnostics_);
    if (diagnostics_.errors() > errors_before) return;
    UncertainOption option{values.text("lever"), kHazardOption, {}, "", 0, values.text("source"), place_of(table)};
    const auto* lever = lever_named(table, option.lever);
    if (lever == nullptr) return;
    const auto start = base::parse_month((*lever)["start"].value_or(std::string()));
    if (!start) return;  // said where the lever is read
    const int window = values.month("until") - *start;
    if (window < 1)
      diagnostics_.error(place_of(*table.get("until")), "until = " + values.month("until").text(),
                         fmt::format("a month after the lever's start, {}", start->text()));
    option.distribution = {base::Shape::waiting_time, 0, kMonths / values.number("rate"), 1.0 * window};
    check_once(table, option, out);
    if (diagnostics_.errors() == errors_before) out.push_back(std::move(option));
  }

 private:
  const toml::table& document_;
  Diagnostics& diagnostics_;

  void read_distribution(const toml::table& table, const OptionValues& values, UncertainOption& option) {
    auto& d = option.distribution;
    const std::string& name = values.text("distribution");
    const std::vector<std::string> words(base::kShapeNames.begin(), base::kShapeNames.end());
    const auto shape = std::find(base::kShapeNames.begin(), base::kShapeNames.end(), name);
    if (shape == base::kShapeNames.end())
      diagnostics_.error(place_of(*table.get("distribution")), fmt::format("distribution = '{:.40}'", name),
                         fmt::format("one of {}", fmt::join(base::kShapeNames, ", ")), base::nearest_name(name, words));
    else
      d.shape = static_cast<base::Shape>(shape - base::kShapeNames.begin());
    d.low = values.number("low");
    d.high = values.number("high");
    d.central = values.has("central") ? values.number("central") : (d.low + d.high) / 2;
    if (!(d.low < d.high && d.low <= d.central && d.central <= d.high))
      diagnostics_.error(place_of(*table.get("low")),
                         fmt::format("low {}, central {}, high {}", d.low, d.central, d.high),
                         "low <= central <= high, and low < high");
    else if (d.shape == base::Shape::log_uniform && !(d.low > 0))
      diagnostics_.error(place_of(*table.get("low")), fmt::format("low = {}", d.low), "a number above 0");
  }

  const toml::table* lever_named(const toml::table& table, const std::string& id) {
    const auto* lever = lever_table(document_, id);
    if (lever == nullptr)
      diagnostics_.error(place_of(*table.get("lever")), fmt::format("lever = '{:.60}'", id),
                         "the id of one of the levers", base::nearest_name(id, lever_ids(document_)));
    return lever;
  }

  void check_once(const toml::table& table, const UncertainOption& option, const std::vector<UncertainOption>& out) {
    for (const auto& other : out)
      if (other.lever == option.lever && other.option == option.option)
        diagnostics_.error(place_of(table), fmt::format("{} of {} again", option.option, option.lever),
                           "each number once");
  }

  void check_target(const toml::table& table, const UncertainOption& option, const std::vector<UncertainOption>& out) {
    const auto* lever = lever_named(table, option.lever);
    if (lever == nullptr) return;
    const auto* kind = kind_named((*lever)["kind"].value_or(std::string()));
    if (kind == nullptr) return;  // said where the lever is read
    std::vector<std::string> numbers;
    const base::OptionSpec* found = nullptr;
    for (const auto& spec : kind->options) {
      if (!is_number(spec)) continue;
      numbers.push_back(spec.name);
      if (spec.name == option.option) found = &spec;
    }
    if (found == nullptr)
      diagnostics_.error(place_of(*table.get("option")), fmt::format("option = '{:.60}'", option.option),
                         fmt::format("a number of a lever of kind {}: {}", kind->name, fmt::join(numbers, ", ")),
                         base::nearest_name(option.option, numbers));
    else if (found->minimum <= found->maximum &&
             (option.distribution.low < found->minimum || option.distribution.high > found->maximum))
      diagnostics_.error(place_of(*table.get("low")),
                         fmt::format("{} to {}", option.distribution.low, option.distribution.high),
                         base::expectation(*found));
    check_once(table, option, out);
  }
};

void read_keep(const toml::table& table, EnsembleOptions& out) {
  const auto* keep = table.get_as<toml::array>("keep");
  if (keep == nullptr) return;
  for (const auto& item : *keep) {
    auto place = place_of(item);
    ++place.column;  // behind the quote
    out.keep.push_back({item.value_or(std::string()), place});
  }
}

void read_list(const toml::table& document, const std::string& name, Diagnostics& diagnostics,
               const std::function<void(const toml::table& table)>& read) {
  const auto* node = document.get(name);
  if (node == nullptr) return;
  const auto* list = node->as_array();
  if (list == nullptr) {
    diagnostics.error(place_of(*node), name + " = " + dataset::describe(*node), fmt::format("tables [[{}]]", name));
    return;
  }
  for (const auto& item : *list)
    if (const auto* table = item.as_table())
      read(*table);
    else
      diagnostics.error(place_of(item), dataset::describe(item), fmt::format("a table [[{}]]", name));
}

}  // namespace

std::span<const base::OptionSpec> hazard_options() {
  static const std::vector<base::OptionSpec> options{
      {"lever", OptionType::text, "", 0, -1, true, "", "id of the lever that the event brings"},
      {"rate", OptionType::number, "1/yr", 1e-6, 100, true, "", "events a year, from the lever's start on"},
      {"until", OptionType::month, "", 0, -1, true, "", "from this month on it no longer comes"},
      {"source", OptionType::text, "", 0, -1, true, "", "what the rate rests on"}};
  return options;
}

std::span<const base::OptionSpec> ensemble_options() {
  static const std::vector<base::OptionSpec> options{
      {"members", OptionType::integer, "futures", 1, 1e6, false, "", "number of futures"},
      {"sampling", OptionType::text, "", 0, -1, false, "", "sobol, latin-hypercube or monte-carlo"},
      {"keep", OptionType::text_list, "", 0, -1, false, "", "expressions kept of every future (docs/expressions.md)"}};
  return options;
}

std::span<const base::OptionSpec> uncertain_options() {
  static const std::vector<base::OptionSpec> options{
      {"lever", OptionType::text, "", 0, -1, true, "", "id of the lever"},
      {"option", OptionType::text, "", 0, -1, true, "", "its number that is uncertain"},
      {"distribution", OptionType::text, "", 0, -1, true, "",
       "uniform, log-uniform, triangular, normal, either or waiting-time"},
      {"low", OptionType::number, "", 0, -1, true, "", "low end"},
      {"central", OptionType::number, "", 0, -1, false, "", "most likely value or mean; the middle when not given"},
      {"high", OptionType::number, "", 0, -1, true, "", "high end"},
      {"group", OptionType::text, "", 0, -1, false, "", "figures of one group move together"},
      {"correlation", OptionType::number, "", -1, 1, false, "0", "with the group's common factor"},
      {"source", OptionType::text, "", 0, -1, true, "", "what the range rests on"}};
  return options;
}

EnsembleOptions read_ensemble(const toml::table& document, Diagnostics& diagnostics) {
  EnsembleOptions out;
  if (const auto* node = document.get("ensemble")) {
    if (const auto* table = node->as_table()) {
      const OptionValues values = dataset::read_options(*table, ensemble_options(), diagnostics);
      if (values.has("members")) out.members = static_cast<int>(values.integer("members"));
      if (values.has("sampling")) out.sampling = values.text("sampling");
      if (values.has("keep")) read_keep(*table, out);
    } else {
      diagnostics.error(place_of(*node), "ensemble = " + dataset::describe(*node), "a table [ensemble]");
    }
  }
  UncertainReader reader(document, diagnostics);
  read_list(document, "uncertain", diagnostics, [&](const auto& table) { reader.read(table, out.uncertain); });
  read_list(document, "hazards", diagnostics, [&](const auto& table) { reader.read_hazard(table, out.uncertain); });
  return out;
}

void put_drawn(const EnsembleOptions& ensemble, std::span<const DrawnOption> drawn, toml::table& document) {
  auto* levers = document.get_as<toml::array>("levers");
  if (levers == nullptr) return;
  for (const auto& option : ensemble.uncertain) {
    const auto draw = std::find_if(drawn.begin(), drawn.end(), [&](const DrawnOption& one) {
      return one.lever == option.lever && one.option == option.option;
    });
    const bool hazard = option.distribution.shape == base::Shape::waiting_time && option.option == kHazardOption;
    if (draw == drawn.end() && !hazard) continue;
    for (auto it = levers->begin(); it != levers->end(); ++it) {
      auto* table = it->as_table();
      if (table == nullptr || (*table)["id"].value<std::string>() != option.lever) continue;
      if (!hazard) {
        put_number(*draw, *table);
      } else if (draw == drawn.end() || draw->value >= option.distribution.high) {
        levers->erase(it);
      } else {
        put_off(*table, static_cast<int>(draw->value));
      }
      break;
    }
  }
}

}  // namespace lodestone::policy
