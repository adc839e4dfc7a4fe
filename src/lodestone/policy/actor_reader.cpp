// An actor's file against the tables of options: every error at once, each with its place.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "lodestone/base/units.hpp"
#include "lodestone/dataset/toml_reader.hpp"
#include "lodestone/policy/actor.hpp"
#include "lodestone/policy/rule_reader.hpp"

namespace lodestone::policy {
namespace {

using base::Diagnostics;
using base::OptionValues;
using dataset::place_of;
using world::World;

using base::kMillion;

template <class T>
bool contains(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::string name_of(const world::TomlText& file) {
  const auto name = file.file.substr(file.file.find_last_of('/') + 1);
  return name.substr(0, name.size() - std::string(".toml").size());
}

// What has no place of its own stands in the rule.
void forward(const Diagnostics& from, const base::Place& rule, Diagnostics& to) {
  for (const auto& d : from.all())
    if (d.severity == base::Severity::error)
      to.error(d.place.file.empty() ? rule : d.place, d.found, d.expected, d.nearest);
}

/// One file on its way to an actor and the levers that it holds ready.
class ActorReader {
 public:
  ActorReader(const World& world, base::Month start, std::vector<std::unique_ptr<Lever>>& levers,
              Diagnostics& diagnostics)
      : world_(world), start_(start), levers_(levers), diagnostics_(diagnostics) {}

  Actor read(const world::TomlText& file) {
    actor_.file = file.file;
    const auto id = actor_.id = name_of(file);
    auto document = dataset::parse_toml(file.text, file.file, diagnostics_);
    if (!document) return actor_;
    for (const auto& [key, node] : *document)
      if (key.str() != "actor" && key.str() != "rules")
        diagnostics_.error(place_of(key), fmt::format("unknown key '{:.60}'", key.str()),
                           "the table [actor] or tables [[rules]]",
                           base::nearest_name(key.str(), std::vector<std::string>{"actor", "rules"}));
    auto* own = document->get_as<toml::table>("actor");
    if (own == nullptr) {
      diagnostics_.error({file.file, 1, 1}, "no table [actor]", "a table [actor] with id, name, goals and budget");
      return actor_;
    }
    read_about(*own, id);
    if (auto* rules = tables(*document, "rules", "[[rules]]", diagnostics_))
      for (auto& item : *rules) read_rule(*item.as_table());
    check_withdrawals();
    return std::move(actor_);
  }

 private:
  const World& world_;
  base::Month start_;
  std::vector<std::unique_ptr<Lever>>& levers_;
  Diagnostics& diagnostics_;
  Actor actor_;
  bool home_is_there_ = false;
  std::map<std::string, base::Place> rule_places_;
  std::vector<std::pair<base::Place, std::pair<std::string, std::string>>> withdrawals_;  // who, whom

  [[nodiscard]] base::Date date() const { return {start_.year(), start_.month(), 1}; }

  void read_about(toml::table& table, const std::string& id) {
    const OptionValues values = dataset::read_options(table, actor_options(), diagnostics_);
    if (values.has("id") && values.text("id") != id)
      diagnostics_.error(place_of(*table.get("id")), fmt::format("id = '{:.60}'", values.text("id")),
                         fmt::format("'{}', as the file is named", id));
    if (values.has("name")) actor_.name = values.text("name");
    if (values.has("goals")) actor_.goals = values.list("goals");
    if (values.has("budget")) actor_.budget = values.number("budget") * kMillion;
    if (values.has("budget-source")) actor_.budget_source = values.text("budget-source");
    home_is_there_ = !world_.expand_regions(id, date()).empty();
  }

  void read_rule(toml::table& table) {
    const int errors_before = diagnostics_.errors();
    const auto place = place_of(table);
    const OptionValues values = read_keys(table);
    Rule rule;
    rule.actor = actor_.id;
    take_words(values, table, rule);
    take_numbers(values, table, rule);
    if (diagnostics_.errors() > errors_before) return;
    if (const auto [first, is_new] = rule_places_.emplace(rule.id, place); !is_new)
      diagnostics_.error(place, fmt::format("a second rule '{:.60}'", rule.id),
                         fmt::format("an id of its own; the first is at {}", first->second.text()));
    for (const auto& other : rule.withdraws) withdrawals_.push_back({place, {rule.id, other}});
    rule.left_out = why_left_out(values, table, rule);
    // What this base year or date lacks is no mistake of the file's; what the usual one lacks is.
    Diagnostics of_rule;
    std::vector<std::unique_ptr<Lever>> ready;
    const bool resolvable = !values.has("lacks");
    if (resolvable) {
      RuleReader reader(world_, start_, actor_.id, of_rule);
      reader.read_conditions(table, rule);
      reader.read_lobby(table, rule);
      reader.read_levers(table, values.has("cost"), rule, ready);
    } else {
      check_shape(table, of_rule);
    }
    if (of_rule.has_errors() && (world_.chronicle.usual || !resolvable)) forward(of_rule, place, diagnostics_);
    if (of_rule.has_errors() && rule.left_out.empty())
      rule.left_out =
          fmt::format("the dataset of this base year and date lacks what it needs: {}", of_rule.all().front().found);
    if (rule.left_out.empty()) std::move(ready.begin(), ready.end(), std::back_inserter(levers_));
    actor_.rules.push_back(std::move(rule));
  }

  // The keys of the rule itself. Copies of a table forget their places, so what it holds is put aside and back.
  OptionValues read_keys(toml::table& table) {
    toml::table parts;
    for (const char* key : {"when", "levers", "lobby"})
      if (auto* node = table.get(key)) {
        parts.insert(key, std::move(*node));
        table.erase(key);
      }
    OptionValues values = dataset::read_options(table, rule_options(), diagnostics_);
    for (auto&& [key, node] : parts) table.insert(std::string(key.str()), std::move(node));
    return values;
  }

  void take_words(const OptionValues& values, const toml::table& table, Rule& rule) {
    const auto text = [&](const char* key) { return values.has(key) ? values.text(key) : std::string(); };
    rule.id = text("id");
    rule.title = text("title");
    rule.response = text("response");
    rule.source = text("source");
    for (const char* key : {"id", "title", "source"})
      if (values.has(key) && values.text(key).find_first_not_of(" \t\r\n") == std::string::npos)
        diagnostics_.error(place_of(*table.get(key)), fmt::format("{} is empty", key), "a text");
    const std::vector<std::string> responses{"military", "supply", "economic", "strategic"};
    if (values.has("response") && !contains(responses, rule.response))
      diagnostics_.error(place_of(*table.get("response")), fmt::format("response = '{:.60}'", rule.response),
                         fmt::format("one of {}", fmt::join(responses, ", ")),
                         base::nearest_name(rule.response, responses));
    if (values.has("withdraws")) rule.withdraws = values.list("withdraws");
    if (!values.has("known-from")) return;
    if (const auto known = base::parse_date(values.text("known-from")))
      rule.known = *known;
    else
      diagnostics_.error(place_of(*table.get("known-from")),
                         fmt::format("known-from = '{:.40}'", values.text("known-from")), "a date such as 2025-05-31");
  }

  void take_numbers(const OptionValues& values, const toml::table& table, Rule& rule) {
    if (values.has("probability")) {
      rule.probability = values.number("probability");
      if (!(rule.probability > 0))
        diagnostics_.error(place_of(*table.get("probability")), "probability = 0",
                           "more than 0: a rule that never acts is left out");
    }
    const auto integer = [&](const char* key) { return values.has(key) ? static_cast<int>(values.integer(key)) : 0; };
    rule.delay = integer("delay");
    rule.times = integer("times");
    rule.cooldown = integer("cooldown");
    if (values.has("cost")) rule.cost = values.number("cost") * kMillion;
    if (rule.cost > actor_.budget)
      diagnostics_.error(
          place_of(*table.get("cost")), fmt::format("cost = {}", rule.cost / kMillion),
          fmt::format("at most the budget of {} million USD a year: it could never act", actor_.budget / kMillion));
  }

  std::string why_left_out(const OptionValues& values, const toml::table& table, const Rule& rule) {
    if (values.has("lacks")) {
      const auto products = world_.product_names(), regions = world_.region_names();
      for (const auto& name : values.list("lacks"))
        if (contains(products, name) || contains(regions, name) ||
            std::any_of(world_.facilities.begin(), world_.facilities.end(),
                        [&](const auto& f) { return f.id == name; }))
          diagnostics_.error(place_of(*table.get("lacks")), fmt::format("lacks '{:.60}', which the dataset has", name),
                             "what the dataset does not have, or no such key");
      return fmt::format("the dataset has no {}", fmt::join(values.list("lacks"), ", "));
    }
    if (!home_is_there_)
      diagnostics_.error(rule_places_.at(rule.id),
                         fmt::format("a rule of {}, which the dataset does not have", actor_.id),
                         fmt::format("the key lacks = [\"{}\"]", actor_.id));
    if (world_.as_of && rule.known > *world_.as_of)
      return fmt::format("what it rests on was not known as of {}", world_.as_of->text());
    return {};
  }

  // Keys and numbers of what cannot be resolved.
  void check_shape(toml::table& table, Diagnostics& diagnostics) {
    if (auto* list = tables(table, "when", "[[rules.when]]", diagnostics))
      for (auto& item : *list) dataset::read_options(*item.as_table(), condition_options(), diagnostics);
    if (auto* list = tables(table, "levers", "[[rules.levers]]", diagnostics))
      for (auto& item : *list) {
        const auto name = (*item.as_table())["kind"].value<std::string>().value_or("");
        if (kind_named(name) == nullptr)
          diagnostics.error(place_of(item), fmt::format("kind = '{:.60}'", name), "a kind of lever",
                            base::nearest_name(name, kind_names()));
      }
  }

  void check_withdrawals() {
    std::vector<std::string> names;
    for (const auto& rule : actor_.rules) names.push_back(rule.id);
    for (const auto& [place, pair] : withdrawals_) {
      const auto& [who, whom] = pair;
      if (who == whom)
        diagnostics_.error(place, fmt::format("rule '{:.60}' withdraws itself", who), "another rule of the actor");
      else if (!contains(names, whom))
        diagnostics_.error(place, fmt::format("withdraws '{:.60}'", whom), "another rule of the actor",
                           base::nearest_name(whom, names));
      for (const auto& [other_place, other] : withdrawals_)
        if (other.first == whom && other.second == who && who < whom)
          diagnostics_.error(other_place, fmt::format("rules '{:.60}' and '{:.60}' withdraw each other", who, whom),
                             "one of the two: together they could do nothing for long");
    }
  }
};

void check_asked(const Reacting& reacting, const std::vector<std::string>& names, Diagnostics& diagnostics) {
  for (const auto& name : reacting.order.actors)
    if (name != kAllActors && !contains(names, name))
      diagnostics.error({}, fmt::format("actors '{:.60}'", name),
                        names.empty() ? "a dataset with actors/*.toml, or no such key"
                                      : fmt::format("all, or some of {}", fmt::join(names, ", ")),
                        base::nearest_name(name, names));
}

// Ids of rules, over all actors; those that are not to act.
void check_rules(Reacting& reacting, Diagnostics& diagnostics) {
  std::map<std::string, std::string> owners;
  std::vector<std::string> names;
  for (const auto& actor : reacting.actors)
    for (const auto& rule : actor.rules) {
      const auto [first, is_new] = owners.emplace(rule.id, actor.id);
      if (!is_new && first->second != actor.id)
        diagnostics.error({actor.file}, fmt::format("rule '{:.60}'", rule.id),
                          fmt::format("an id of its own; {} has one of this name", first->second));
      names.push_back(rule.id);
    }
  for (const auto& id : reacting.order.without)
    if (!owners.contains(id))
      diagnostics.error({}, fmt::format("rules-without '{:.60}'", id), "a rule of the actors that take part",
                        base::nearest_name(id, names));
}

}  // namespace

std::vector<std::string> actor_names(const World& world) {
  std::vector<std::string> names;
  for (const auto& file : world.actors) names.push_back(name_of(file));
  return names;
}

std::vector<std::unique_ptr<Lever>> read_actors(const World& world, base::Month start, Reacting& reacting,
                                                Diagnostics& diagnostics) {
  std::vector<std::unique_ptr<Lever>> levers;
  check_asked(reacting, actor_names(world), diagnostics);
  const bool all = contains(reacting.order.actors, std::string(kAllActors));
  for (const auto& file : world.actors)
    if (all || contains(reacting.order.actors, name_of(file)))
      reacting.actors.push_back(ActorReader(world, start, levers, diagnostics).read(file));
  check_rules(reacting, diagnostics);
  for (auto& actor : reacting.actors)
    for (auto& rule : actor.rules)
      if (contains(reacting.order.without, rule.id)) rule.left_out = "left out by the scenario";
  std::erase_if(levers, [&](const auto& lever) { return contains(reacting.order.without, lever->head().rule); });
  return levers;
}

}  // namespace lodestone::policy
