#include "lodestone/policy/chronicle.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "lodestone/dataset/toml_reader.hpp"

namespace lodestone::policy {
namespace {

using base::Diagnostics;
using base::OptionType;
using base::OptionValues;
using dataset::place_of;

constexpr int kHalfAYear = 6;
constexpr const char* kOpenEnd = "2100-01";  // of an act that nobody has ended

const LeverKind* kind_of(const toml::table& act) {
  const auto name = act["kind"].value<std::string>();
  const auto kinds = lever_kinds();
  const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const LeverKind& kind) { return name == kind.name; });
  return it == kinds.end() ? nullptr : &*it;
}

/// Takes the keys of `specs` out of a table and reads them.
OptionValues take(toml::table& from, std::span<const base::OptionSpec> specs, Diagnostics& diagnostics) {
  toml::table own;
  for (const auto& spec : specs)
    if (auto* node = from.get(spec.name)) {
      own.insert(spec.name, std::move(*node));
      from.erase(spec.name);
    }
  for (const auto& spec : specs)
    if (spec.required && !own.contains(spec.name))
      diagnostics.error(place_of(from), fmt::format("no key '{}'", spec.name), base::expectation(spec));
  std::vector<base::OptionSpec> there;
  std::copy_if(specs.begin(), specs.end(), std::back_inserter(there),
               [&](const auto& spec) { return own.contains(spec.name); });
  return dataset::read_options(own, there, diagnostics);
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// One table [[acts]] on its way to a lever.
class Act {
 public:
  Act(toml::table& table, const world::World& world, base::Month start, const ReplayOrder& order,
      Diagnostics& diagnostics)
      : table_(table), world_(world), start_(start), order_(order), diagnostics_(diagnostics) {}

  /// What of the levers that it names is in the run; it is left out when none is.
  void check_levers(const std::vector<std::string>& ever, const std::vector<std::unique_ptr<Lever>>& replayed) {
    std::vector<std::string> now;
    for (const auto& lever : replayed) now.push_back(lever->head().id);
    check_names("levers", ever, now, "in the run");
  }

  /// The fate; when it is replayed the table is that of a lever of the run, else of a lever as the file has it.
  ActFate read() {
    const int errors_before = diagnostics_.errors();
    toml::array amendments = take_amendments();
    const OptionValues own = take(table_, act_options(), diagnostics_);
    if (!own.has("event") || !own.has("numbers")) return {};
    fate_.event = own.text("event");
    fate_.lever = table_["id"].value_or(std::string());
    fate_.kind = table_["kind"].value_or(std::string());
    event_ = event_named(fate_.event, table_, {world::EventStatus::lever});
    if (own.has("known-from")) known_from(own, table_);
    for (auto& item : amendments)
      if (auto* amendment = item.as_table()) amend(*amendment);
    if (!table_.contains("end")) table_.insert("end", kOpenEnd);
    if (event_ != nullptr) {
      check_months();
      if (!table_.contains("source")) table_.insert("source", event_->source + "; " + own.text("numbers"));
    } else {
      table_.insert("source", own.text("numbers"));
    }
    const auto base_year = fmt::format("in base year {}", world_.base_year);
    check_names("products", world_.chronicle.all_products, world_.product_names(), base_year);
    check_names("plants", world_.chronicle.all_plants, plant_names(), base_year);
    if (diagnostics_.errors() == errors_before) decide();
    return fate_;
  }

 private:
  toml::table& table_;
  const world::World& world_;
  base::Month start_;
  const ReplayOrder& order_;
  Diagnostics& diagnostics_;
  const world::Event* event_ = nullptr;
  ActFate fate_;
  std::string part_;  // what of it the base year lacks

  toml::array take_amendments() {
    toml::array out;
    if (auto* node = table_.get("amendments")) {
      if (auto* array = node->as_array(); array != nullptr && array->is_homogeneous<toml::table>())
        out = std::move(*array);
      else
        diagnostics_.error(place_of(*node), "amendments = " + dataset::describe(*node), "tables [[acts.amendments]]");
      table_.erase("amendments");
    }
    return out;
  }

  // Null when the event was known later than the world's date, or (an error) when there is none.
  const world::Event* event_named(const std::string& id, const toml::table& where,
                                  const std::vector<world::EventStatus>& may_be) {
    const auto& chronicle = world_.chronicle;
    if (!contains(chronicle.all_events, id)) {
      diagnostics_.error(place_of(where), fmt::format("event '{:.60}'", id), "an event of events.csv",
                         base::nearest_name(id, chronicle.all_events));
      return nullptr;
    }
    const auto* event = chronicle.find(id);
    if (event != nullptr && std::find(may_be.begin(), may_be.end(), event->status) == may_be.end())
      diagnostics_.error(place_of(where), fmt::format("event {} of status '{}'", id, to_string(event->status)),
                         fmt::format("an event of status '{}' in events.csv", to_string(may_be.front())));
    return event;
  }

  [[nodiscard]] std::string as_of() const { return world_.as_of ? world_.as_of->text() : std::string(); }

  // False, and the fate says so, when a figure was published later than the world's date.
  bool known_from(const OptionValues& values, const toml::table& where) {
    const auto date = base::parse_date(values.text("known-from"));
    if (!date) {
      diagnostics_.error(place_of(where), fmt::format("known-from = '{:.40}'", values.text("known-from")),
                         "a date such as 2025-05-31");
      return false;
    }
    const bool later = world_.as_of && *date > *world_.as_of;
    if (later && &where == &table_)
      leave_out(fmt::format("its figures were published on {}, after {}", date->text(), as_of()));
    return !later;
  }

  // What an event, or a figure published later, changes in the act.
  void amend(toml::table& amendment) {
    const OptionValues own = take(amendment, amendment_options(), diagnostics_);
    if (own.has("event") == own.has("known-from")) {
      diagnostics_.error(place_of(amendment), "an amendment", "either 'event' or 'known-from': since when it is known");
      return;
    }
    if (amendment.empty())
      diagnostics_.error(place_of(amendment), "an amendment of nothing", "the keys of the act that it changes");
    std::string by;
    if (own.has("event")) {
      by = own.text("event");
      const auto* event = event_named(by, amendment, {world::EventStatus::amendment, world::EventStatus::lever});
      if (event == nullptr || event->held.from > order_.through || contains(order_.without, by)) return;
    } else {
      by = own.text("known-from");
      if (!known_from(own, amendment)) return;
    }
    fate_.amended_by.push_back(by);
    for (auto& [key, node] : amendment) {
      table_.erase(key.str());
      table_.insert(std::string(key.str()), std::move(node));
    }
  }

  [[nodiscard]] std::optional<base::Month> month(const char* key) const {
    const auto text = table_[key].value<std::string>();
    return text ? base::parse_month(*text) : std::nullopt;
  }

  // Nothing is known, and nothing acts, before the event.
  void check_months() {
    const auto first = event_->held.from.in_month();
    for (const char* key : {"announced", "start"})
      if (const auto at = month(key); at && *at < first)
        diagnostics_.error(place_of(*table_.get(key)), fmt::format("{} = {}", key, at->text()),
                           fmt::format("a month from {} on, when {} happened", first.text(), event_->id));
  }

  // Names that are not there now (of other base years) are taken out of a list; an act is left out when it names
  // nothing else.
  void check_names(const char* key, const std::vector<std::string>& ever, const std::vector<std::string>& now,
                   const std::string& where) {
    auto* list = table_.get_as<toml::array>(key);
    if (list == nullptr) return;
    std::vector<std::string> lacking;
    for (auto it = list->begin(); it != list->end();) {
      const auto name = it->value<std::string>();
      const bool is_there = !name || *name == "all" || contains(now, *name);
      if (!is_there && !contains(ever, *name))
        diagnostics_.error(place_of(*it), fmt::format("{} '{:.60}'", key, *name), "an id of the files",
                           base::nearest_name(*name, ever));
      const bool other_year = !is_there && contains(ever, *name);
      if (other_year) lacking.push_back(*name);
      it = other_year ? list->erase(it) : it + 1;
    }
    if (lacking.empty()) return;
    const auto names = fmt::format("{}", fmt::join(lacking, ", "));
    if (list->empty())
      leave_out(fmt::format("{} is not {}", names, where));
    else
      part_ = fmt::format("without {}, not {}", names, where);
  }

  [[nodiscard]] std::vector<std::string> plant_names() const {
    std::vector<std::string> names;
    for (const auto& facility : world_.facilities) names.push_back(facility.id);
    return names;
  }

  void leave_out(std::string why) {
    if (fate_.why.empty()) fate_.why = std::move(why);
  }

  void decide() {
    const auto from = month("start"), to = month("end");
    if (!from || !to) return;  // the reader of levers says what is wrong with them
    fate_.start = *from;
    fate_.end = *to;
    if (event_ == nullptr)
      leave_out(fmt::format("not known as of {}", as_of()));
    else if (event_->held.from > order_.through)
      leave_out(fmt::format("after {}", order_.through.text()));
    if (contains(order_.without, fate_.event)) leave_out("left out by the scenario");
    if (fate_.end <= start_) leave_out("over before the run starts");
    if (in_base_year()) leave_out(fmt::format("in the figures of base year {}", world_.base_year));
    if (!fate_.why.empty()) return;
    fate_.replayed = true;
    fate_.why = part_;
    fit_into_run();
  }

  // The figures are means of the base year; what plants are promised is not among them.
  [[nodiscard]] bool in_base_year() const {
    const auto* kind = kind_of(table_);
    if (kind == nullptr || kind->acts == Acts::on_plants) return false;
    const auto first = base::Month::of(world_.base_year, 1);
    const int months = std::min(fate_.end, first + 12) - std::max(fate_.start, first);
    return months >= kHalfAYear;
  }

  void put(const char* key, const std::string& text) { table_.insert_or_assign(key, text); }

  void fit_into_run() {
    const auto told = std::max(month("announced").value_or(event_->held.from.in_month()), start_);
    if (fate_.start < start_) {
      fit_period(start_ - fate_.start);
      put("start", fate_.start.text());
    }
    put("announced", std::min(told, fate_.start).text());
  }

  // A quantity per period: of the only one what is left of it, pro rata; of several the next one begins.
  void fit_period(int gone) {
    const auto period = table_["period"].value<std::int64_t>();
    const auto quantity = table_["quantity"].value<double>();
    fate_.start = start_;
    if (!period || !quantity || *period <= 0) return;
    const auto into = gone % static_cast<int>(*period);
    if (into == 0) return;
    const auto left = static_cast<int>(*period) - into;
    fate_.start = start_ + left;
    if (fate_.start < fate_.end) {
      fate_.why = fmt::format("from its period of {} on", fate_.start.text());
      return;
    }
    fate_.start = start_;
    fate_.why = fmt::format("{} of its {} months, pro rata", left, *period);
    table_.insert_or_assign("quantity", *quantity * left / static_cast<double>(*period));
    table_.insert_or_assign("period", static_cast<std::int64_t>(left));
  }
};

/// The tables [[acts]] of a file.
toml::array* acts_of(toml::table& document, Diagnostics& diagnostics) {
  for (const auto& [key, node] : document)
    if (key.str() != "acts")
      diagnostics.error(place_of(key), fmt::format("unknown key '{:.60}'", key.str()), "tables [[acts]]",
                        base::nearest_name(key.str(), std::vector<std::string>{"acts"}));
  auto* node = document.get("acts");
  if (node == nullptr) return nullptr;
  auto* array = node->as_array();
  if (array == nullptr || !array->is_homogeneous<toml::table>()) {
    diagnostics.error(place_of(*node), "acts = " + dataset::describe(*node), "tables [[acts]]");
    return nullptr;
  }
  return array;
}

/// Reads one lever; nothing when it is wrong.
std::unique_ptr<Lever> lever_of(toml::table table, const world::World& world, const RunFrame& frame,
                                std::span<const std::unique_ptr<Lever>> others, Diagnostics& diagnostics) {
  toml::table document;
  toml::array list;
  list.push_back(std::move(table));
  document.insert("levers", std::move(list));
  auto levers = read_levers(document, world, frame, diagnostics, others);
  return levers.empty() ? nullptr : std::move(levers.front());
}

void forward(const Diagnostics& from, Diagnostics& to) {
  for (const auto& d : from.all())
    if (d.severity == base::Severity::error) to.error(d.place, d.found, d.expected, d.nearest);
}

// Every event of status lever has its act; the others are named by one that they change.
void check_all_there(const world::World& world, const std::vector<ActFate>& acts,
                     const std::vector<std::string>& amends, Diagnostics& diagnostics) {
  const auto has_act = [&](const world::Event& event) {
    return std::any_of(acts.begin(), acts.end(), [&](const ActFate& act) { return act.event == event.id; });
  };
  const std::string file = world.chronicle.levers.empty() ? "levers.toml" : world.chronicle.levers.front().file;
  for (const auto& event : world.chronicle.events) {
    if (event.status == world::EventStatus::lever && !has_act(event))
      diagnostics.error({file}, fmt::format("no act of event {}, which events.csv calls a lever", event.id),
                        "a table [[acts]] with this event");
    if (event.status == world::EventStatus::amendment && !contains(amends, event.id))
      diagnostics.error({file}, fmt::format("nothing that event {} amends, as events.csv has it", event.id),
                        "a table [[acts.amendments]] with this event");
  }
}

std::vector<std::string> amending(const toml::array& acts) {
  std::vector<std::string> events;
  for (const auto& act : acts)
    if (const auto* list = act.as_table()->get_as<toml::array>("amendments"))
      for (const auto& amendment : *list)
        if (const auto* table = amendment.as_table())
          if (const auto event = (*table)["event"].value<std::string>()) events.push_back(*event);
  return events;
}

void check_without(const ReplayOrder& order, const world::World& world, Diagnostics& diagnostics) {
  for (const auto& id : order.without)
    if (!contains(world.chronicle.all_events, id))
      diagnostics.error({}, fmt::format("chronicle-without '{:.60}'", id), "an event of the chronicle",
                        base::nearest_name(id, world.chronicle.all_events));
}

/// Every act of the files: what the run replays of it. Those that act on levers come after all others.
class Replayer {
 public:
  Replayer(const world::World& world, base::Month start, Replayed& replayed, Diagnostics& diagnostics)
      : world_(world), start_(start), replayed_(replayed), diagnostics_(diagnostics) {}

  std::vector<std::unique_ptr<Lever>> replay() {
    std::vector<std::string> amends;
    for (const auto& file : world_.chronicle.levers) {
      auto document = dataset::parse_toml(file.text, file.file, diagnostics_);
      if (!document) continue;
      documents_.push_back(std::make_unique<toml::table>(std::move(*document)));
      auto* acts = acts_of(*documents_.back(), diagnostics_);
      if (acts == nullptr) continue;
      for (auto& event : amending(*acts)) amends.push_back(std::move(event));
      for (auto& item : *acts) tables_.push_back(item.as_table());
    }
    std::vector<std::optional<ActFate>> fates(tables_.size());
    for (const auto* table : tables_) every_id_.push_back((*table)["id"].value_or(std::string()));
    for (const bool on_levers : {false, true})
      for (std::size_t k = 0; k < tables_.size(); ++k)
        if (acts_on_levers(*tables_[k]) == on_levers) fates[k] = play(*tables_[k]);
    for (auto& fate : fates)
      if (fate) replayed_.acts.push_back(std::move(*fate));
    if (!diagnostics_.has_errors()) check_all_there(world_, replayed_.acts, amends, diagnostics_);
    return std::move(levers_);
  }

 private:
  const world::World& world_;
  base::Month start_;
  Replayed& replayed_;
  Diagnostics& diagnostics_;
  std::vector<std::unique_ptr<toml::table>> documents_;
  std::vector<toml::table*> tables_;
  std::vector<std::string> every_id_, ids_;
  std::vector<std::unique_ptr<Lever>> levers_;

  static bool acts_on_levers(const toml::table& table) {
    const auto* kind = kind_of(table);
    return kind != nullptr && kind->acts == Acts::on_levers;
  }

  std::optional<ActFate> play(toml::table& table) {
    const auto place = place_of(table);
    const int errors_before = diagnostics_.errors();
    const bool on_levers = acts_on_levers(table);
    Act act(table, world_, start_, replayed_.order, diagnostics_);
    if (on_levers) act.check_levers(every_id_, levers_);
    ActFate fate = act.read();
    if (diagnostics_.errors() > errors_before) return std::nullopt;
    if (contains(ids_, fate.lever))
      diagnostics_.error(place, fmt::format("a second act '{:.60}'", fate.lever), "an id of its own");
    ids_.push_back(fate.lever);
    // What the base year or the run lacks cannot be read; it was compared with all names of the files.
    const bool lacks =
        !fate.replayed && (on_levers || fate.why.ends_with(fmt::format("is not in base year {}", world_.base_year)));
    if (!lacks) take_in(std::move(table), fate);
    return fate;
  }

  void take_in(toml::table table, ActFate& fate) {
    Diagnostics of_act;
    auto lever = lever_of(std::move(table), world_, fate.replayed ? RunFrame{start_, std::nullopt} : RunFrame{},
                          levers_, of_act);
    // Plants that such an act was for may stand by now.
    const bool past = !fate.replayed && fate.end <= base::Month::of(world_.base_year, 1);
    if (of_act.has_errors() && (past || !world_.chronicle.usual)) {
      if (fate.replayed || fate.why.empty())
        fate.why =
            fmt::format("the dataset of this base year and date lacks what it needs: {}", of_act.all().front().found);
      fate.replayed = false;
      return;
    }
    forward(of_act, diagnostics_);
    if (fate.replayed && lever) levers_.push_back(std::move(lever));
  }
};

}  // namespace

std::span<const base::OptionSpec> act_options() {
  static const std::vector<base::OptionSpec> options{
      {"event", OptionType::text, "", 0, -1, true, "", "id of the event in events.csv"},
      {"numbers", OptionType::text, "", 0, -1, true, "",
       "what the numbers rest on that the event's source does not give, or 'as stated'"},
      {"known-from", OptionType::text, "", 0, -1, false, "",
       "day on which the figures were published, when later than the event"}};
  return options;
}

std::span<const base::OptionSpec> amendment_options() {
  static const std::vector<base::OptionSpec> options{
      {"event", OptionType::text, "", 0, -1, false, "", "the event that changes the act"},
      {"known-from", OptionType::text, "", 0, -1, false, "",
       "day on which better figures for the act were published; either this or 'event'"},
      {"numbers", OptionType::text, "", 0, -1, true, "", "what the numbers rest on"}};
  return options;
}

std::optional<base::Date> parse_through(const std::string& text) {
  const std::string word = "through ";
  if (!text.starts_with(word)) return std::nullopt;
  return base::parse_date(text.substr(word.size()), true);
}

std::vector<std::unique_ptr<Lever>> replay(const world::World& world, base::Month start, Replayed& replayed,
                                           Diagnostics& diagnostics) {
  check_without(replayed.order, world, diagnostics);
  return Replayer(world, start, replayed, diagnostics).replay();
}

}  // namespace lodestone::policy
