// Skilled workers by stage and region bound how fast new plants reach their capacity. docs/model.md section 3.14.
//
//   need    = sum of labour x capacity that stands,   wanted = need + labour of what opens within `hiring-ahead`
//   lacking = [wanted - (1 - r) S - e]+,   trained = min(lacking, u g S),
//   poached = min(lacking - trained, u p S_elsewhere),   skill = min(1, S / need)
//   S <- (1 - r) S + e + trained + poached - poached by others - d [(1 - r) S - wanted]+
//
// r retired a month, g trained a month by those who know, p poached a month from the same stage elsewhere, d lost of
// those whom nobody needs, e those who finish a public training, u what bans on talent leave (1 without). The base year
// has the workers it needs and trains as many as retire.
#include <algorithm>
#include <numeric>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

class Workforce final : public Mechanism {
 public:
  explicit Workforce(const world::World& world)
      : training_(world.parameter("workforce-training")),
        poaching_(world.parameter("workforce-poaching")),
        loss_(world.parameter("workforce-loss")),
        retirement_(world.parameter("workforce-retirement")),
        ahead_(world.parameter("hiring-ahead")),
        regions_(world.regions.size()) {
    std::size_t stages = 0;
    for (const auto& facility : world.facilities) stages = std::max(stages, stage_of(world, facility) + 1);
    need_.assign(stages * regions_, 0.0);
    wanted_ = need_;
    free_ = need_;
  }
  [[nodiscard]] const char* name() const override { return "workforce"; }

  void start(const world::World& world, world::State& state) const override {
    count(world, state);
    state.skilled = need_;
    state.workers_wanted = wanted_;
    for (auto* flow : {&state.workers_trained, &state.workers_poached, &state.workers_retired})
      flow->assign(need_.size(), 0.0);
  }

  void expect(const world::World& world, world::State& state) const override {
    count(world, state);
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const std::size_t k = pool_of(world, world.facilities[f]);
      state.skill[f] = need_[k] > state.skilled[k] ? state.skilled[k] / need_[k] : 1.0;
    }
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium&,
           world::State& state) const override {
    count(world, state);
    state.workers_wanted = wanted_;
    std::fill(free_.begin(), free_.end(), 1.0);
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      double& free = free_[pool_of(world, world.facilities[f])];
      free = std::min(free, state.plant_rules[f].talent);
    }
    for (std::size_t first = 0; first < need_.size(); first += regions_) {
      const auto begin = state.skilled.begin() + static_cast<std::ptrdiff_t>(first);
      hire(first, std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(regions_), 0.0), state);
    }
  }

 private:
  static std::size_t stage_of(const world::World& world, const world::Facility& facility) {
    return static_cast<std::size_t>(world.processes[facility.process.index()].stage);
  }
  [[nodiscard]] std::size_t pool_of(const world::World& world, const world::Facility& facility) const {
    return world::pool_of_workers(world, world.processes[facility.process.index()].stage, facility.region);
  }

  void count(const world::World& world, const world::State& state) const {
    std::fill(need_.begin(), need_.end(), 0.0);
    std::fill(wanted_.begin(), wanted_.end(), 0.0);
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& facility = world.facilities[f];
      const auto& plant = state.plants[f];
      const std::size_t k = pool_of(world, facility);
      const double needed = facility.construction.labour * (plant.installed - plant.idle);
      const bool soon = plant.stage == world::PlantStage::construction && plant.left <= ahead_;
      need_[k] += needed;
      wanted_[k] += needed + (soon ? facility.construction.labour * facility.planned_capacity : 0);
    }
  }

  /// One stage, all regions: who lacks workers trains and poaches; those who are poached lose them in proportion.
  void hire(std::size_t first, double everywhere, world::State& state) const {
    double poached = 0;
    for (std::size_t k = first; k < first + regions_; ++k) {
      double& skilled = state.skilled[k];
      state.workers_retired[k] = retirement_ * skilled;
      const double taught = state.measures.taught[k];
      const double lacking = std::max(0.0, wanted_[k] - skilled + state.workers_retired[k] - taught);
      const double by_plants = std::min(lacking, free_[k] * training_ * skilled);
      state.workers_trained[k] = by_plants + taught;
      state.workers_poached[k] = std::min(lacking - by_plants, free_[k] * poaching_ * (everywhere - skilled));
      poached += state.workers_poached[k];
      const double idle = std::max(0.0, skilled - state.workers_retired[k] - wanted_[k]);
      skilled += state.workers_trained[k] - state.workers_retired[k] - loss_ * idle;
    }
    if (!(poached > 0)) return;
    const double share = poached / everywhere;  // of everybody's workers, before they moved
    for (std::size_t k = first; k < first + regions_; ++k)
      state.skilled[k] += state.workers_poached[k] - std::min(state.skilled[k], share * state.skilled[k]);
  }

  double training_, poaching_, loss_, retirement_;  // per month
  double ahead_;                                    // months
  std::size_t regions_;
  mutable std::vector<double> need_, wanted_;  // scratch: stage-major, then regions; workers
  mutable std::vector<double> free_;           // scratch: the same; share of hiring that rules leave
};

}  // namespace

std::unique_ptr<Mechanism> workforce(const world::World& world) {
  return std::make_unique<Workforce>(world);
}

}  // namespace lodestone::dynamics
