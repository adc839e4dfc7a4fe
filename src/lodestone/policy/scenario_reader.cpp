// A scenario file against the tables of options: every error at once, each with its place.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "lodestone/dataset/file_text.hpp"
#include "lodestone/dataset/toml_reader.hpp"
#include "lodestone/policy/ensemble_reader.hpp"
#include "lodestone/policy/lever_links.hpp"
#include "lodestone/policy/lever_reader.hpp"
#include "lodestone/policy/scenario.hpp"

namespace lodestone::policy {
namespace {

using base::Diagnostics;
using base::OptionValues;
using base::Place;
using dataset::describe;
using dataset::place_of;

bool is_id(const std::string& text) {
  char before = '-';
  for (const char c : text) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!word && (c != '-' || before == '-')) return false;
    before = c;
  }
  return before != '-';
}

void check_id(const toml::table& table, const OptionValues& values, Diagnostics& diagnostics) {
  if (values.has("id") && !is_id(values.text("id")))
    diagnostics.error(place_of(*table.get("id")), fmt::format("id = '{:.60}'", values.text("id")),
                      "lower-case words joined by hyphens");
}

void check_not_empty(const toml::table& table, const OptionValues& values, const std::string& key,
                     Diagnostics& diagnostics) {
  if (values.has(key) && values.text(key).find_first_not_of(" \t\r\n") == std::string::npos)
    diagnostics.error(place_of(*table.get(key)), key + " is empty", "a text");
}

class LeverReader {
 public:
  LeverReader(const world::World& world, const RunFrame& frame, std::span<const std::unique_ptr<Lever>> others,
              Diagnostics& diagnostics)
      : world_(world), frame_(frame), others_(others), diagnostics_(diagnostics) {
    for (const LeverKind& kind : lever_kinds()) kind_names_.push_back(kind.name);
  }

  /// Places of the ids of the levers read.
  [[nodiscard]] const std::map<std::string, Place>& ids() const { return ids_; }

  /// Nothing (and errors) when the table is wrong. Keys that cannot be judged are taken out of it.
  std::unique_ptr<Lever> read(toml::table& table) {
    const int errors_before = diagnostics_.errors();
    const LeverKind* kind = kind_of(table);
    const auto common = common_lever_options();
    std::vector<base::OptionSpec> specs(common.begin(), common.end());
    if (kind != nullptr && kind->acts == Acts::on_levers)
      std::erase_if(specs, [](const auto& spec) {
        return spec.name == "products" || spec.name == "origins" || spec.name == "destinations";
      });
    if (kind != nullptr && kind->acts == Acts::on_agreements)
      std::erase_if(specs, [](const auto& spec) { return spec.name == "origins" || spec.name == "destinations"; });
    if (kind != nullptr) {
      specs.insert(specs.end(), kind->options.begin(), kind->options.end());
    } else {
      keep_only(table, specs);
    }
    const OptionValues values = dataset::read_options(table, specs, diagnostics_);
    check_id(table, values, diagnostics_);
    check_not_empty(table, values, "source", diagnostics_);
    check_repeated(table, values);
    check_months(table, values);
    LeverHead head = read_head(table, values, kind);
    if (kind == nullptr || diagnostics_.errors() > errors_before) return nullptr;
    return make(*kind, std::move(head), values, table);
  }

 private:
  const world::World& world_;
  const RunFrame& frame_;
  std::span<const std::unique_ptr<Lever>> others_;
  Diagnostics& diagnostics_;
  std::vector<std::string> kind_names_;
  std::map<std::string, Place> ids_;

  // Null when there is no such kind; a wrong type is left to read_options, as is a missing key.
  const LeverKind* kind_of(const toml::table& table) {
    const auto* node = table.get("kind");
    const auto name = node == nullptr ? std::nullopt : node->value_exact<std::string>();
    if (!name) return nullptr;
    const auto kinds = lever_kinds();
    const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const LeverKind& kind) { return kind.name == *name; });
    if (it != kinds.end()) return &*it;
    diagnostics_.error(place_of(*node), fmt::format("kind = '{:.60}'", *name),
                       fmt::format("one of {}", fmt::join(kind_names_, ", ")), base::nearest_name(*name, kind_names_));
    return nullptr;
  }

  static void keep_only(toml::table& table, const std::vector<base::OptionSpec>& specs) {
    std::vector<std::string> others;
    for (const auto& [key, node] : table)
      if (base::find_option(specs, key.str()) == nullptr) others.emplace_back(key.str());
    for (const std::string& key : others) table.erase(key);
  }

  void check_repeated(const toml::table& table, const OptionValues& values) {
    if (!values.has("id")) return;
    const Place place = place_of(*table.get("id"));
    const auto [first, is_new] = ids_.emplace(values.text("id"), place);
    if (!is_new)
      diagnostics_.error(place, fmt::format("a second lever '{:.60}'", values.text("id")),
                         fmt::format("an id of its own; the first is at {}", first->second.text()));
    else if (find_lever(others_, values.text("id")))
      diagnostics_.error(place, fmt::format("lever '{:.60}' beside the chronicle", values.text("id")),
                         "another id: the chronicle has an act of this one");
  }

  void check_months(const toml::table& table, const OptionValues& values) {
    if (!values.has("start")) return;
    const base::Month start = values.month("start");
    if (frame_.start && start < *frame_.start)
      diagnostics_.error(place_of(*table.get("start")), "start = " + start.text(),
                         fmt::format("a month of the run, which starts in {}", frame_.start->text()));
    if (frame_.start && frame_.months && start - *frame_.start >= *frame_.months)
      diagnostics_.error(
          place_of(*table.get("start")), "start = " + start.text(),
          fmt::format("a month of the run, which ends in {}", (*frame_.start + (*frame_.months - 1)).text()));
    if (values.has("announced")) check_announced(table, values.month("announced"), start);
    if (values.has("end") && values.month("end") <= start)
      diagnostics_.error(place_of(*table.get("end")), "end = " + values.month("end").text(),
                         fmt::format("a month after start {}", start.text()));
  }

  void check_announced(const toml::table& table, base::Month announced, base::Month start) {
    if (announced > start)
      diagnostics_.error(place_of(*table.get("announced")), "announced = " + announced.text(),
                         fmt::format("a month not after start {}", start.text()));
    else if (frame_.start && announced < *frame_.start)
      diagnostics_.error(place_of(*table.get("announced")), "announced = " + announced.text(),
                         fmt::format("a month of the run, which starts in {}", frame_.start->text()));
  }

  // Members of groups are those of the lever's first month.
  LeverHead read_head(const toml::table& table, const OptionValues& values, const LeverKind* kind) {
    LeverHead head;
    if (values.has("id")) head.id = values.text("id");
    if (values.has("kind")) head.kind = values.text("kind");
    if (values.has("actor")) head.actor = values.text("actor");
    if (values.has("source")) head.source = values.text("source");
    if (kind != nullptr && kind->acts == Acts::on_levers && values.has("levers")) head.levers = values.list("levers");
    if (values.has("start")) head.start = values.month("start");
    if (values.has("end")) head.end = values.month("end");
    head.announced = values.has("announced") ? values.month("announced") : head.start;
    const base::Date date{head.start.year(), head.start.month(), 1};
    if (values.has("products")) head.products = products(table);
    std::vector<world::RegionId> actors;
    if (values.has("actor")) expand(*table.get("actor"), date, actors);
    const bool all_over = add_regions(table, values, "origins", date, head.origins);
    const bool everywhere = add_regions(table, values, "destinations", date, head.destinations);
    if (kind != nullptr) set_sides(*kind, table, actors, all_over, everywhere, head);
    return head;
  }

  std::vector<world::ProductId> products(const toml::table& table) {
    std::vector<world::ProductId> found;
    const auto& list = *table.get("products")->as_array();
    if (list.empty()) diagnostics_.error(place_of(list), "no product", "at least one product, or [\"all\"]");
    for (const auto& item : list) {
      const std::string name = *item.value<std::string>();
      if (name == "all") {
        for (std::size_t p = 0; p < world_.products.size(); ++p) found.emplace_back(p);
      } else if (const auto product = world_.find_product(name); product.valid()) {
        found.push_back(product);
      } else {
        const auto names = world_.product_names();
        diagnostics_.error(place_of(item), fmt::format("unknown product '{:.60}'", name), "a product of the dataset",
                           base::nearest_name(name, names));
      }
    }
    return sorted(std::move(found));
  }

  template <class Id>
  static std::vector<Id> sorted(std::vector<Id> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
  }

  // True when the key is not there or its list names "all".
  bool add_regions(const toml::table& table, const OptionValues& values, const char* key, base::Date date,
                   std::vector<world::RegionId>& out) {
    if (!values.has(key)) return true;
    const auto& list = *table.get(key)->as_array();
    if (list.empty()) diagnostics_.error(place_of(list), "no region", "at least one region or group, or [\"all\"]");
    bool all = false;
    for (const auto& item : list) {
      if (*item.value<std::string>() == "all")
        all = true;
      else
        expand(item, date, out);
    }
    if (all) out.clear();
    out = sorted(std::move(out));
    return all;
  }

  void expand(const toml::node& name_node, base::Date date, std::vector<world::RegionId>& out) {
    const std::string name = *name_node.value<std::string>();
    const auto regions = world_.expand_regions(name, date);
    out.insert(out.end(), regions.begin(), regions.end());
    if (!regions.empty()) return;
    const auto names = world_.region_names();
    const bool known = std::find(names.begin(), names.end(), name) != names.end();
    diagnostics_.error(place_of(name_node),
                       known ? fmt::format("group '{}' has no member in {}", name, date.in_month().text())
                             : fmt::format("unknown region '{:.60}'", name),
                       known ? "a group with members then" : "a region or group of the dataset",
                       known ? "" : base::nearest_name(name, names));
  }

  void expand_all(std::vector<world::RegionId>& out) const {
    for (std::size_t r = 0; r < world_.regions.size(); ++r) out.emplace_back(r);
  }

  // Fills in the side that the actor has power over, and checks that it has.
  void set_sides(const LeverKind& kind, const toml::table& table, const std::vector<world::RegionId>& actors,
                 bool all_origins, bool all_destinations, LeverHead& head) {
    if (kind.acts == Acts::on_levers || kind.acts == Acts::on_agreements) return;
    const bool imports = kind.acts == Acts::on_imports;
    auto& own = imports ? head.destinations : head.origins;
    const char* key = imports ? "destinations" : "origins";
    if (kind.acts == Acts::on_plants) {
      if (table.contains("destinations"))
        diagnostics_.error(place_of(*table.get("destinations")), "destinations of a " + kind.name,
                           "no such key: plants are helped where they stand");
      if (!table.contains("origins"))
        head.origins = sorted(actors);
      else if (all_origins)
        expand_all(head.origins);
      return;
    }
    if (kind.acts == Acts::on_stocks && table.contains("destinations"))
      diagnostics_.error(place_of(*table.get("destinations")), "destinations of a " + kind.name,
                         "no such key: goods are sold where they lie");
    if (kind.acts == Acts::on_own_plants && table.contains("destinations"))
      diagnostics_.error(place_of(*table.get("destinations")), "destinations of a " + kind.name,
                         "no such key: it acts on plants, wherever their goods go");
    if (imports ? all_destinations : all_origins) own = sorted(actors);
    for (const world::RegionId region : own)
      if (!actors.empty() && std::find(actors.begin(), actors.end(), region) == actors.end())
        diagnostics_.error(place_of(*table.get(key)),
                           fmt::format("{} {} in an act of {}", key, world_.regions[region.index()].id, head.actor),
                           "the actor's own regions");
  }

  std::unique_ptr<Lever> make(const LeverKind& kind, LeverHead head, const OptionValues& values,
                              const toml::table& table) {
    try {
      return kind.make(std::move(head), values, world_);
    } catch (const WrongOptions& wrong) {
      for (const WrongOption& option : wrong.all()) {
        const auto* node = option.key.empty() ? nullptr : table.get(option.key);
        diagnostics_.error(node == nullptr ? place_of(table) : place_of(*node), option.found, option.expected,
                           option.nearest);
      }
      return nullptr;
    }
  }
};

void check_tables(const toml::table& document, Diagnostics& diagnostics) {
  const std::vector<std::string> names{"run", "levers", "ensemble", "uncertain", "hazards"};
  for (const auto& [key, node] : document)
    if (std::find(names.begin(), names.end(), key.str()) == names.end())
      diagnostics.error(place_of(key), fmt::format("unknown key '{:.60}'", key.str()),
                        "the table [run], [[levers]], [ensemble], [[uncertain]] or [[hazards]]",
                        base::nearest_name(key.str(), names));
}

std::string read_growth(const toml::table& table, const OptionValues& values, const world::World& world,
                        Diagnostics& diagnostics) {
  const std::string& path = values.text("demand-growth");
  const auto names = world.growth_names();
  if (std::find(names.begin(), names.end(), path) != names.end()) return path;
  diagnostics.error(place_of(*table.get("demand-growth")), fmt::format("demand-growth = '{:.60}'", path),
                    fmt::format("one of {}, the paths of the dataset", fmt::join(names, ", ")),
                    base::nearest_name(path, names));
  return world::kNoGrowth;
}

RunFrame read_run(const toml::table& document, const std::string& file, const world::World& world, Scenario& scenario,
                  Diagnostics& diagnostics) {
  const auto* node = document.get("run");
  if (node == nullptr || !node->is_table()) {
    diagnostics.error(node == nullptr ? Place{file, 1, 1} : place_of(*node),
                      node == nullptr ? "no table [run]" : "run = " + describe(*node),
                      "a table [run] with id, title, question, start and months");
    return {};
  }
  const toml::table& table = *node->as_table();
  const OptionValues values = dataset::read_options(table, run_options(), diagnostics);
  check_id(table, values, diagnostics);
  for (const char* key : {"title", "question"}) check_not_empty(table, values, key, diagnostics);
  RunFrame frame;
  if (values.has("id")) scenario.id = values.text("id");
  if (values.has("title")) scenario.title = values.text("title");
  if (values.has("question")) scenario.question = values.text("question");
  if (values.has("description")) scenario.description = values.text("description");
  if (values.has("seed")) scenario.seed = static_cast<std::uint64_t>(values.integer("seed"));
  if (values.has("months")) frame.months = scenario.months = static_cast<int>(values.integer("months"));
  if (values.has("demand-growth")) scenario.demand_growth = read_growth(table, values, world, diagnostics);
  if (values.has("base-year") && values.integer("base-year") != world.base_year)
    diagnostics.error(place_of(*table.get("base-year")), fmt::format("base-year = {}", values.integer("base-year")),
                      fmt::format("{}, the base year that the dataset is read for", world.base_year));
  if (values.has("start")) {
    frame.start = scenario.start = values.month("start");
    if (scenario.start < world.start)
      diagnostics.error(
          place_of(*table.get("start")), "start = " + scenario.start.text(),
          fmt::format("a month from {} on, where base year {} starts", world.start.text(), world.base_year));
  }
  return frame;
}

// The chronicle's levers come first, as if they stood at the top of the file, which may name them.
void add_chronicle(const toml::table& document, const world::World& world, Scenario& scenario,
                   Diagnostics& diagnostics) {
  const auto* run = document.get_as<toml::table>("run");
  const auto asked = run == nullptr ? std::nullopt : (*run)["chronicle"].value_exact<std::string>();
  if (!asked) {
    if (run != nullptr && run->contains("chronicle-without"))
      diagnostics.error(place_of(*run->get("chronicle-without")), "chronicle-without and no chronicle",
                        "chronicle = \"through ...\"");
    return;
  }
  const auto through = parse_through(*asked);
  if (!through) {
    diagnostics.error(place_of(*run->get("chronicle")), fmt::format("chronicle = '{:.60}'", *asked),
                      "through and a day, such as 'through 2026-07-31'");
    return;
  }
  if (world.chronicle.all_events.empty()) {
    diagnostics.error(place_of(*run->get("chronicle")), "a chronicle",
                      "a dataset with chronicle/events.csv, or no such key");
    return;
  }
  scenario.chronicle = Replayed{{*through, {}}, {}};
  if (const auto* without = run->get_as<toml::array>("chronicle-without"))
    for (const auto& item : *without)
      if (const auto id = item.value_exact<std::string>()) scenario.chronicle->order.without.push_back(*id);
  scenario.levers = replay(world, scenario.start, *scenario.chronicle, diagnostics);
}

// The levers of actors' rules come last, held ready.
void add_actors(const toml::table& document, const world::World& world, Scenario& scenario, Diagnostics& diagnostics) {
  const auto* run = document.get_as<toml::table>("run");
  if (run == nullptr) return;
  const auto texts = [&](const char* key) {
    std::vector<std::string> found;
    if (const auto* list = run->get_as<toml::array>(key))
      for (const auto& item : *list)
        if (const auto text = item.value_exact<std::string>()) found.push_back(*text);
    return found;
  };
  if (!run->contains("actors")) {
    for (const char* key : {"actors-from", "rules-without"})
      if (const auto* node = run->get(key))
        diagnostics.error(place_of(*node), fmt::format("{} and no actors", key), "actors = [\"all\"] or some of them");
    return;
  }
  Reacting reacting{{texts("actors"), texts("rules-without"), scenario.start}, {}};
  if (scenario.chronicle)
    reacting.order.from = std::max(scenario.start, scenario.chronicle->order.through.in_month() + 1);
  if (const auto* node = run->get("actors-from"))
    if (const auto from = base::parse_month(node->value_or(std::string()))) reacting.order.from = *from;
  Diagnostics found;
  auto levers = read_actors(world, scenario.start, reacting, found);
  for (const auto& lever : levers)
    if (const auto place = find_lever(scenario.levers, lever->head().id))
      found.error({}, fmt::format("lever '{}' beside the actors' rules", scenario.levers[*place]->head().id),
                  "another id: a rule holds a lever of this one ready");
  // What has no place of its own is the scenario's.
  for (const auto& d : found.all())
    diagnostics.error(d.place.file.empty() ? place_of(*run->get("actors")) : d.place, d.found, d.expected, d.nearest);
  for (auto& lever : levers) scenario.levers.push_back(std::move(lever));
  scenario.reacting = std::move(reacting);
}

}  // namespace

std::vector<std::unique_ptr<Lever>> read_levers(toml::table& document, const world::World& world, const RunFrame& frame,
                                                Diagnostics& diagnostics,
                                                std::span<const std::unique_ptr<Lever>> others) {
  std::vector<std::unique_ptr<Lever>> levers;
  auto* node = document.get("levers");
  if (node == nullptr) return levers;
  if (!node->is_array()) {
    diagnostics.error(place_of(*node), "levers = " + describe(*node), "tables [[levers]]");
    return levers;
  }
  LeverReader reader(world, frame, others, diagnostics);
  std::vector<const toml::table*> tables;
  for (auto& item : *node->as_array()) {
    if (!item.is_table()) {
      diagnostics.error(place_of(item), describe(item) + " among the levers", "tables [[levers]]");
    } else if (auto lever = reader.read(*item.as_table())) {
      levers.push_back(std::move(lever));
      tables.push_back(item.as_table());
    }
  }
  check_links(levers, tables, reader.ids(), others, world, diagnostics);
  return levers;
}

Scenario parse_scenario(const std::string& text, const std::string& file_name, const world::World& world,
                        std::span<const DrawnOption> drawn) {
  Diagnostics diagnostics;
  Scenario scenario;
  scenario.text = text;
  if (dataset::check_text(scenario.text, file_name, diagnostics)) {
    if (auto document = dataset::parse_toml(scenario.text, file_name, diagnostics)) {
      check_tables(*document, diagnostics);
      const RunFrame frame = read_run(*document, file_name, world, scenario, diagnostics);
      scenario.ensemble = read_ensemble(*document, diagnostics);
      if (!diagnostics.has_errors()) put_drawn(scenario.ensemble, drawn, *document);
      if (frame.start) add_chronicle(*document, world, scenario, diagnostics);
      for (auto& lever : read_levers(*document, world, frame, diagnostics, scenario.levers))
        scenario.levers.push_back(std::move(lever));
      if (frame.start) add_actors(*document, world, scenario, diagnostics);
    }
  }
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return scenario;
}

std::optional<int> base_year_of(const std::filesystem::path& file) {
  Diagnostics ignored;
  auto text = dataset::read_text(file, ignored);
  if (!text || !dataset::check_text(*text, file.string(), ignored)) return std::nullopt;
  const auto document = dataset::parse_toml(*text, file.string(), ignored);
  const auto year = document ? (*document)["run"]["base-year"].value_exact<std::int64_t>() : std::nullopt;
  return year ? std::optional(static_cast<int>(*year)) : std::nullopt;
}

Scenario read_scenario(const std::filesystem::path& file, const world::World& world) {
  Diagnostics diagnostics;
  const auto text = dataset::read_text(file, diagnostics);
  if (!text) throw base::InputError(std::move(diagnostics));
  return parse_scenario(*text, file.string(), world);
}

}  // namespace lodestone::policy
