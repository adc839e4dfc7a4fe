#include "lodestone/policy/rule_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "lodestone/dataset/toml_reader.hpp"
#include "lodestone/policy/lever_reader.hpp"

namespace lodestone::policy {
namespace {

using base::Diagnostics;
using base::OptionType;
using base::OptionValues;
using dataset::place_of;
using world::World;

constexpr int kForGood = 1200;  // months

template <class T>
bool contains(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// Takes the keys of `specs` out of a table and reads them.
OptionValues take(toml::table& from, std::span<const base::OptionSpec> specs, Diagnostics& diagnostics) {
  toml::table own;
  std::vector<base::OptionSpec> there;
  for (const auto& spec : specs) {
    if (auto* node = from.get(spec.name)) {
      own.insert(spec.name, std::move(*node));
      from.erase(spec.name);
      there.push_back(spec);
    } else if (spec.required) {
      diagnostics.error(place_of(from), fmt::format("no key '{}'", spec.name), base::expectation(spec));
    } else if (!spec.default_text.empty()) {
      there.push_back(spec);
    }
  }
  return dataset::read_options(own, there, diagnostics);
}

/// Names of a list, resolved against the world.
class Names {
 public:
  Names(const World& world, base::Date date, Diagnostics& diagnostics)
      : world_(world), date_(date), diagnostics_(diagnostics) {}

  std::vector<world::ProductId> products(const toml::table& table, const char* key) const {
    std::vector<world::ProductId> found;
    each(table, key, [&](const toml::node& node, const std::string& name) {
      if (const auto product = world_.find_product(name); product.valid())
        found.push_back(product);
      else
        unknown(node, "product", name, world_.product_names());
    });
    return found;
  }

  std::vector<world::RegionId> regions(const toml::table& table, const char* key) const {
    std::vector<world::RegionId> found;
    each(table, key, [&](const toml::node& node, const std::string& name) {
      const auto regions = world_.expand_regions(name, date_);
      if (regions.empty()) unknown(node, "region or group", name, world_.region_names());
      for (const auto region : regions)
        if (!contains(found, region)) found.push_back(region);
    });
    return found;
  }

  /// Texts that must be among `allowed`.
  std::vector<std::string> texts(const toml::table& table, const char* key, const char* what,
                                 const std::vector<std::string>& allowed) const {
    std::vector<std::string> found;
    each(table, key, [&](const toml::node& node, const std::string& name) {
      if (contains(allowed, name))
        found.push_back(name);
      else
        unknown(node, what, name, allowed);
    });
    return found;
  }

 private:
  const World& world_;
  base::Date date_;
  Diagnostics& diagnostics_;

  template <class Use>
  void each(const toml::table& table, const char* key, Use use) const {
    const auto* list = table.get_as<toml::array>(key);
    if (list == nullptr) return;
    if (list->empty()) diagnostics_.error(place_of(*list), fmt::format("{} = []", key), "at least one name");
    for (const auto& item : *list)
      if (const auto name = item.value_exact<std::string>()) use(item, *name);
  }

  void unknown(const toml::node& node, const char* what, const std::string& name,
               const std::vector<std::string>& names) const {
    diagnostics_.error(place_of(node), fmt::format("unknown {} '{:.60}'", what, name), fmt::format("a {}", what),
                       base::nearest_name(name, names));
  }
};

std::vector<std::string> end_uses(const World& world) {
  std::set<std::string> names;
  for (const auto& segment : world.segments) names.insert(segment.end_use);
  return {names.begin(), names.end()};
}

std::string words(const toml::table& table, const char* key) {
  std::vector<std::string> names;
  if (const auto* list = table.get_as<toml::array>(key))
    for (const auto& item : *list) names.push_back(item.value_or(std::string()));
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

toml::array* tables(toml::table& parent, const char* key, const char* expected, Diagnostics& diagnostics) {
  auto* node = parent.get(key);
  if (node == nullptr) return nullptr;
  auto* array = node->as_array();
  if (array != nullptr && array->is_homogeneous<toml::table>()) return array;
  diagnostics.error(place_of(*node), fmt::format("{} = {}", key, dataset::describe(*node)),
                    fmt::format("tables {}", expected));
  return nullptr;
}

const LeverKind* kind_named(const std::string& name) {
  const auto kinds = lever_kinds();
  const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const LeverKind& kind) { return kind.name == name; });
  return it == kinds.end() ? nullptr : &*it;
}

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const auto& kind : lever_kinds()) names.push_back(kind.name);
  return names;
}

void RuleReader::read_conditions(toml::table& table, Rule& rule) {
  auto* list = tables(table, "when", "[[rules.when]]", diagnostics_);
  if (list == nullptr || list->empty()) {
    diagnostics_.error(place_of(table), fmt::format("rule '{:.60}' without a condition", rule.id),
                       "at least one table [[rules.when]]");
    return;
  }
  for (auto& item : *list) {
    const int errors_before = diagnostics_.errors();
    Condition condition = read_condition(*item.as_table());
    if (diagnostics_.errors() == errors_before) rule.when.push_back(std::move(condition));
  }
}

const Observable* RuleReader::observable_of(const toml::table& table, const OptionValues& values) {
  if (!values.has("observe")) return nullptr;
  std::vector<std::string> names;
  for (const auto& observable : observables()) {
    if (observable.name == values.text("observe")) return &observable;
    names.push_back(observable.name);
  }
  diagnostics_.error(place_of(*table.get("observe")), fmt::format("unknown trigger '{:.60}'", values.text("observe")),
                     fmt::format("one of {}", fmt::join(names, ", ")),
                     base::nearest_name(values.text("observe"), names));
  return nullptr;
}

Condition RuleReader::read_condition(const toml::table& table) {
  const OptionValues values = dataset::read_options(table, condition_options(), diagnostics_);
  Condition out;
  out.observable = observable_of(table, values);
  if (out.observable == nullptr) return out;
  const Observable& what = *out.observable;
  check_keys(table, what);
  const Names names(world_, date(), diagnostics_);
  out.question.products = names.products(table, "products");
  out.question.regions = names.regions(table, "regions");
  if (!table.contains("regions") && !what.levers) out.question.regions = world_.expand_regions(actor_, date());
  out.question.others = names.regions(table, "others");
  out.question.end_uses = names.texts(table, "end-uses", "end use", end_uses(world_));
  out.question.kinds = names.texts(table, "kinds", "kind of lever", kind_names());
  auto actors = world_.region_names();
  std::erase(actors, actor_);
  out.question.by = names.texts(table, "by", "region or group that is another actor", actors);
  const auto integer = [&](const char* key, int other) {
    return values.has(key) ? static_cast<int>(values.integer(key)) : other;
  };
  out.question.within = integer("within", 0);
  out.months = integer("months", 1);
  out.average = integer("average", 1);
  out.lag = integer("lag", what.lag);
  read_threshold(table, values, out);
  out.text = text_of(table, out);
  return out;
}

void RuleReader::check_keys(const toml::table& table, const Observable& what) {
  const auto check = [&](const char* key, bool used, bool required) {
    const auto* node = table.get(key);
    if (node != nullptr && !used)
      diagnostics_.error(place_of(*node), fmt::format("{} of {}", key, what.name), "no such key here");
    else if (node == nullptr && required)
      diagnostics_.error(place_of(table), fmt::format("{} without {}", what.name, key), fmt::format("the key {}", key));
  };
  check("products", true, !what.levers);
  check("others", what.others, what.others);
  check("end-uses", what.end_uses, false);
  check("by", what.levers, what.levers);
  check("kinds", what.levers, what.levers);
  check("within", what.levers, false);
}

void RuleReader::read_threshold(const toml::table& table, const OptionValues& values, Condition& out) {
  if (values.has("above") == values.has("below")) {
    diagnostics_.error(place_of(table), values.has("above") ? "above and below" : "neither above nor below",
                       "one of the two");
    return;
  }
  out.above = values.has("above");
  const char* key = out.above ? "above" : "below";
  out.threshold = values.number(key);
  const Observable& what = *out.observable;
  const bool never = out.above ? out.threshold >= what.highest : out.threshold <= what.lowest;
  const bool always = out.above ? out.threshold < what.lowest : out.threshold > what.highest;
  if (never || always)
    diagnostics_.error(place_of(*table.get(key)), fmt::format("{} {} = {}", what.name, key, out.threshold),
                       fmt::format("a number that it can pass: it lies between {} and {}, so this holds {}",
                                   what.lowest, what.highest, never ? "never" : "always"));
}

std::string RuleReader::text_of(const toml::table& table, const Condition& condition) const {
  std::string what = words(table, "products");
  const auto add = [&](const std::string& more) {
    if (!more.empty()) what += (what.empty() ? "" : "; ") + more;
  };
  if (condition.observable->levers) {
    add(words(table, "kinds"));
    add("by " + words(table, "by"));
    if (table.contains("regions")) add("at " + words(table, "regions"));
    if (condition.question.within > 0) add(fmt::format("within {} months", condition.question.within));
  } else {
    add(table.contains("regions") ? words(table, "regions") : actor_);
    add(words(table, "end-uses"));
    if (table.contains("others"))
      add((condition.observable->name == "premium" ? "over " : "from ") + words(table, "others"));
  }
  std::string out =
      fmt::format("{}({}) {} {}{}", condition.observable->name, what, condition.above ? ">" : "<", condition.threshold,
                  condition.observable->unit.empty() ? "" : " " + condition.observable->unit);
  if (condition.months > 1) out += fmt::format(", {} months in a row", condition.months);
  if (condition.average > 1) out += fmt::format(", mean of {} months", condition.average);
  return out;
}

void RuleReader::read_lobby(toml::table& table, Rule& rule) {
  auto* node = table.get("lobby");
  if (node == nullptr) return;
  auto* own = node->as_table();
  if (own == nullptr) {
    diagnostics_.error(place_of(*node), "lobby = " + dataset::describe(*node), "a table [rules.lobby]");
    return;
  }
  const OptionValues values = dataset::read_options(*own, lobby_options(), diagnostics_);
  const Names names(world_, date(), diagnostics_);
  Lobby lobby;
  lobby.question.products = names.products(*own, "products");
  lobby.question.regions = world_.expand_regions(actor_, date());
  lobby.question.end_uses = names.texts(*own, "end-uses", "end use", end_uses(world_));
  if (values.has("strength")) {
    lobby.strength = values.number("strength");
    if (!(lobby.strength > 0))
      diagnostics_.error(place_of(*own->get("strength")), "strength = 0",
                         "more than 0: a lobby that moves nothing is left out");
  }
  for (const auto& observable : observables())
    if (observable.name == "loss") lobby.lag = observable.lag;
  rule.lobby = std::move(lobby);
}

void RuleReader::read_levers(toml::table& table, bool has_cost, Rule& rule,
                             std::vector<std::unique_ptr<Lever>>& ready) {
  auto* list = tables(table, "levers", "[[rules.levers]]", diagnostics_);
  if ((list == nullptr || list->empty()) && rule.withdraws.empty())
    diagnostics_.error(place_of(table), fmt::format("rule '{:.60}' does nothing", rule.id),
                       "at least one table [[rules.levers]], or the key withdraws");
  if (list == nullptr) return;
  bool costs = false;
  for (auto& item : *list) {
    auto& lever = *item.as_table();
    const auto* kind = kind_named(lever["kind"].value<std::string>().value_or(""));
    if (kind != nullptr) costs = costs || !kind->public_cost.starts_with("none");
    read_lever(lever, kind, rule, ready);
  }
  if (costs && !has_cost)
    diagnostics_.error(place_of(table), fmt::format("rule '{:.60}' without cost", rule.id),
                       "the key cost: its levers cost the public money");
}

void RuleReader::read_lever(toml::table& table, const LeverKind* kind, Rule& rule,
                            std::vector<std::unique_ptr<Lever>>& ready) {
  const int errors_before = diagnostics_.errors();
  const OptionValues own = take(table, packaged_options(), diagnostics_);
  refuse_keys(table, kind);
  PackagedLever packaged;
  packaged.id = table["id"].value<std::string>().value_or("");
  packaged.kind = kind == nullptr ? "" : kind->name;
  packaged.after = own.has("after") ? static_cast<int>(own.integer("after")) : 0;
  packaged.notice = own.has("notice") ? static_cast<int>(own.integer("notice")) : 0;
  if (packaged.notice > rule.delay + packaged.after)
    diagnostics_.error(place_of(table), fmt::format("notice = {}", packaged.notice),
                       fmt::format("at most delay plus after, {} months: nobody knows of it before it is decided",
                                   rule.delay + packaged.after));
  if (!table.contains("source")) table.insert("source", rule.source);
  const int months = own.has("months") ? static_cast<int>(own.integer("months")) : kForGood;
  table.insert("actor", actor_);
  table.insert("start", start_.text());
  table.insert("end", (start_ + months).text());
  // The first of them has the file's places; copies of a table forget theirs.
  const auto id_of = [&](int time) { return fmt::format("{}-{}-{}", rule.id, packaged.id, time); };
  const auto make = [&](toml::table one, int time) {
    if (one.contains("id")) one.insert_or_assign("id", id_of(time));
    toml::table document;
    toml::array list;
    list.push_back(std::move(one));
    document.insert("levers", std::move(list));
    auto levers = policy::read_levers(document, world_, {}, diagnostics_);
    if (levers.empty()) return;
    levers.front()->belongs_to(rule.id);
    levers.front()->move_to(kNotYet, kNotYet);
    ready.push_back(std::move(levers.front()));
    packaged.ids.push_back(id_of(time));
  };
  const toml::table copy = table;
  make(std::move(table), 1);
  for (int time = 2; time <= rule.times && diagnostics_.errors() == errors_before; ++time) make(copy, time);
  rule.levers.push_back(std::move(packaged));
}

// Dates and the actor come from the rule; a lever that names others cannot be held ready.
void RuleReader::refuse_keys(const toml::table& table, const LeverKind* kind) {
  for (const char* key : {"actor", "start", "end", "announced"})
    if (const auto* node = table.get(key))
      diagnostics_.error(place_of(*node), fmt::format("{} of a lever that a rule brings", key),
                         "no such key: the rule says who acts and when (after, months, notice)");
  if (kind == nullptr) return;
  for (const auto& spec : kind->options)
    if (const auto* node = table.get(spec.name); node != nullptr && spec.type == OptionType::month)
      diagnostics_.error(place_of(*node), fmt::format("{} of a lever that a rule brings", spec.name),
                         "no such key: nobody knows in which month it will act");
  if (kind->acts == Acts::on_levers || kind->acts == Acts::on_agreements)
    diagnostics_.error(place_of(table), fmt::format("a lever of kind {} in a rule", kind->name),
                       "a lever that acts on the market; a rule takes back its actor's levers with the key withdraws");
}

}  // namespace lodestone::policy
