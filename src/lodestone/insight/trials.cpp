#include "lodestone/insight/trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "lodestone/dataset/dataset.hpp"
#include "lodestone/ensemble/engine.hpp"
#include "lodestone/simulation/future.hpp"

namespace lodestone::insight {
namespace {

using base::Diagnostics;
using simulation::MonthRecord;

/// Books what levers of packages cost, and what holds projects back, beside what measures read.
class Books final : public simulation::Sink {
 public:
  Books(Recorder& recorder, const policy::Scenario& scenario, std::size_t first, const std::vector<std::size_t>& owner,
        const TrialRules& rules, Trial& out)
      : recorder_(recorder), scenario_(scenario), first_(first), owner_(owner), rules_(rules), out_(out) {}

  void month(const MonthRecord& record) override {
    recorder_.month(record);
    if (!(rules_.books_close && record.month >= *rules_.books_close)) book(record);
    watch(record);
  }

 private:
  Recorder& recorder_;
  const policy::Scenario& scenario_;
  std::size_t first_;  // of the packages' levers
  const std::vector<std::size_t>& owner_;
  const TrialRules& rules_;
  Trial& out_;
  std::vector<int> lever_of_;  // per release: the package's lever that it belongs to, -1: none

  void book(const MonthRecord& record) {
    const double years = (record.month - scenario_.start) / 12.0;
    const double today = std::pow(1 + rules_.discount_rate, -years);
    for (std::size_t l = 0; l < owner_.size(); ++l)
      out_.cost[owner_[l]] += today * record.after.public_cost[first_ + l];
    // Purchases for stocks and sales from them are in the account of governments, not in a lever's.
    if (lever_of_.empty()) find_releases(record);
    for (std::size_t r = 0; r < lever_of_.size(); ++r) {
      if (lever_of_[r] < 0) continue;
      const auto& point = record.market.releases()[r];
      const double price = record.equilibrium.price[record.world.node(point.product, point.region)];
      out_.cost[owner_[static_cast<std::size_t>(lever_of_[r])]] -=
          today * record.equilibrium.government_release[r] * price;
    }
  }

  void find_releases(const MonthRecord& record) {
    for (const auto& point : record.market.releases()) {
      int found = -1;
      for (std::size_t l = 0; l < owner_.size(); ++l) {
        const auto& id = scenario_.levers[first_ + l]->head().id;
        if (point.name == id || point.name == id + ", purchases") found = static_cast<int>(l);
      }
      lever_of_.push_back(found);
    }
  }

  void watch(const MonthRecord& record) {
    for (std::size_t f = 0; f < record.world.facilities.size(); ++f) {
      const auto& facility = record.world.facilities[f];
      const auto& plant = record.after.plants[f];
      const bool waits = plant.stage < world::PlantStage::construction || plant.stall != world::Stall::none;
      if (!(facility.planned_capacity > 0) || !waits) continue;
      const double cost = facility.planned_capacity * facility.construction.capex;
      out_.waiting += cost;
      for (std::size_t s = 0; s < kStalls.size(); ++s)
        if (plant.stall == kStalls[s]) out_.held_back[s] += cost;
    }
  }
};

}  // namespace

double Trial::total() const {
  return std::accumulate(cost.begin(), cost.end(), 0.0);
}

Trials::Trials(dataset::RawDataset raw, const std::string& text, const std::string& file, int members, TrialRules rules,
               const Packages& packages)
    : raw_(std::move(raw)), rules_(std::move(rules)), packages_(packages) {
  if (members == 0) {
    Diagnostics of_dataset;
    OneFuture one;
    one.world = std::make_unique<world::World>(dataset::build(raw_, of_dataset));
    if (of_dataset.has_errors()) throw base::InputError(std::move(of_dataset));
    one.scenario = policy::parse_scenario(text, file, *one.world);
    futures_.push_back(std::move(one));
  } else {
    EnsembleRequest request;
    request.members = members;
    const Futures futures(raw_, text, file, request);
    for (int m = 0; m < members; ++m) futures_.push_back(futures.future(static_cast<std::uint32_t>(m)));
  }
  Diagnostics diagnostics;
  packages_.check(world(), {scenario().start, scenario().months}, diagnostics);
  const dataset::Money money(raw_);
  const auto grounds = grounds_of(world(), money, scenario());
  Probes probes;
  for (const auto& measure : rules_.measures) {
    const auto expression = compile(measure.text, measure.place, grounds, probes, diagnostics);
    types_.push_back(expression ? expression->type : Type{});
  }
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
}

Trial Trials::run(const TrialJob& job) const {
  const auto& future = futures_[job.future];
  Trial out;
  out.cost.assign(packages_.all().size(), 0.0);
  try {
    policy::Scenario scenario = future.scenario.copy();
    const std::size_t first = scenario.levers.size();
    auto added = packages_.make(job.chosen, *future.world, {scenario.start, scenario.months});
    for (auto& lever : added.levers) scenario.levers.push_back(std::move(lever));
    if (job.months) scenario.months = std::min(scenario.months, *job.months);
    const dataset::Money money(raw_);
    const auto grounds = grounds_of(*future.world, money, scenario);
    Diagnostics diagnostics;
    Probes probes;
    std::vector<Expression> expressions;
    if (!job.months)
      for (const auto& measure : rules_.measures)
        if (auto expression = compile(measure.text, measure.place, grounds, probes, diagnostics))
          expressions.push_back(std::move(*expression));
    Recorder recorder(probes, scenario.start);
    Books books(recorder, scenario, first, added.owner, rules_, out);
    simulation::Future run(*future.world, scenario);
    run.run(books);
    const Track track = recorder.take();
    for (const auto& expression : expressions) out.values.push_back(expression.rule({track, {}, 0, 0, nullptr}));
  } catch (const simulation::MonthNotCleared& failure) {
    out.failure = failure.what();
  }
  return out;
}

std::vector<Trial> Trials::run(const std::vector<TrialJob>& jobs, int threads,
                               const std::function<bool(int done, int all)>& done) const {
  std::vector<Trial> out(jobs.size());
  const auto all = static_cast<std::uint32_t>(jobs.size());
  std::uint32_t count = 0;
  bool stopped = false;
  ensemble::Work work;
  work.threads = threads;
  work.claim = ensemble::all_but(all, {});
  work.make = [&](std::uint32_t number) {
    out[number] = run(jobs[number]);
    return ensemble::Member{number, "", {}};
  };
  work.finished = [&](const ensemble::Member&) {
    stopped = !done(static_cast<int>(++count), static_cast<int>(all)) && count < all;
    return !stopped;
  };
  ensemble::run(work);
  if (stopped) out.clear();
  return out;
}

}  // namespace lodestone::insight
