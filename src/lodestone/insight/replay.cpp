#include "lodestone/insight/replay.hpp"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/insight/ensemble_request.hpp"
#include "lodestone/simulation/future.hpp"

namespace lodestone::insight {
namespace {

class Watch : public simulation::Sink {
 public:
  Watch(base::Month from, const Look& look) : from_(from), look_(look) {}
  void month(const simulation::MonthRecord& record) override {
    if (record.month >= from_) look_(record);
  }

 private:
  base::Month from_;
  const Look& look_;
};

std::string list(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ","));
}

}  // namespace

Replay::Replay(const store::RunFolder& folder) {
  results_ = std::make_unique<store::Results>(folder.results());
  const auto& facts = results_->facts();
  const bool member = std::filesystem::exists(folder.member_request());
  if (member) {
    auto one = stored_member(folder);
    world_ = std::move(one.world);
    scenario_ = std::move(one.scenario);
  } else {
    world_ = std::make_unique<world::World>(
        dataset::load(folder.data(), {base::parse_date(facts.as_of), folder.overlays(), facts.base_year}));
  }
  if (world_->hash != facts.dataset_hash)
    throw base::InputError(fmt::format("{}: the run's copy of the dataset was altered; expected hash {}, found {}",
                                       folder.data().string(), facts.dataset_hash, world_->hash));
  const auto text = folder.scenario_text();
  if (text != facts.scenario_text)
    throw base::InputError(
        fmt::format("{}: altered after the run; the results hold another text", folder.scenario().string()));
  if (!member) scenario_ = policy::parse_scenario(text, folder.scenario().string(), *world_);
  scenario_.seed = facts.seed;  // these may have been set on the command line
  scenario_.months = facts.months;
  policy::choose_growth(scenario_, *world_, facts.demand_growth);
  reference_method_ = facts.method == "reference";
}

Replay::Replay(std::unique_ptr<world::World> world, policy::Scenario scenario)
    : world_(std::move(world)), scenario_(std::move(scenario)) {}

void Replay::run(const policy::Scenario& scenario, base::Month month, const Look& look) const {
  const base::Month last = scenario.start + (scenario.months - 1);
  if (month < scenario.start || month > last)
    throw base::InputError(
        fmt::format("month {} is not in the run; expected {} to {}", month.text(), scenario.start.text(), last.text()));
  simulation::Future future(*world_, scenario,
                            reference_method_ ? simulation::Method::reference : simulation::Method::cascade);
  Watch watch(month, look);
  while (future.month() <= month && future.step(watch)) {
  }
}

void Replay::at(base::Month month, const Look& look) const {
  run(scenario_, month, look);
}

void Replay::at_without(int lever, base::Month month, const Look& look) const {
  const auto other = lever < 0 ? scenario_.without_levers() : scenario_.without(lever);
  run(other, month, look);
}

void Replay::at_without_rule(const std::string& rule, base::Month month, const Look& look) const {
  run(scenario_.without_rule(rule), month, look);
}

void Replay::all(const Look& look) const {
  simulation::Future future(*world_, scenario_,
                            reference_method_ ? simulation::Method::reference : simulation::Method::cascade);
  Watch watch(scenario_.start, look);
  future.run(watch);
}

store::RunFacts facts_of(const world::World& world, const policy::Scenario& scenario, const std::string& method) {
  store::RunFacts facts;
  facts.scenario = scenario.id;
  facts.title = scenario.title;
  facts.question = scenario.question;
  facts.scenario_text = scenario.text;
  facts.dataset = world.id;
  facts.dataset_title = world.title;
  facts.dataset_hash = world.hash;
  facts.base_year = world.base_year;
  if (world.as_of) facts.as_of = world.as_of->text();
  facts.overlays = fmt::format("{}", fmt::join(world.overlays, ", "));
  facts.version = LODESTONE_VERSION;
  facts.seed = scenario.seed;
  facts.start = scenario.start;
  facts.months = scenario.months;
  facts.method = method;
  facts.demand_growth = scenario.demand_growth;
  for (const auto& lever : scenario.levers) {
    const auto& head = lever->head();
    std::vector<std::string> products, origins, destinations;
    for (const auto id : head.products) products.push_back(world.products[id.index()].id);
    for (const auto id : head.origins) origins.push_back(world.regions[id.index()].id);
    for (const auto id : head.destinations) destinations.push_back(world.regions[id.index()].id);
    std::string what = list(products);
    if (!origins.empty()) what += " from " + list(origins);
    if (!destinations.empty())
      what += " to " + (destinations.size() > 8 ? fmt::format("{} regions", destinations.size()) : list(destinations));
    // What a rule holds ready has no dates before the run.
    const auto end = head.rule.empty() ? head.end : head.start;
    facts.levers.push_back({head.id, head.kind, head.actor, head.start, end, what, head.rule});
  }
  if (scenario.reacting)
    for (const auto& actor : scenario.reacting->actors)
      for (const auto& rule : actor.rules) {
        facts.rules.push_back({rule.id, rule.actor, rule.title, rule.source, rule.left_out, {}});
        for (const auto& condition : rule.when) facts.rules.back().conditions.push_back(condition.text);
      }
  return facts;
}

}  // namespace lodestone::insight
