// An exporter that holds its goods back holds back output too, rather than let them pile up and ruin prices at home.
// docs/model.md section 3.26.
//
//   g = sum_p v_p min(1, withheld_p / usual output_p)
//   r <- r + (min(m, d g h) - r) / L,   h = 1 where a plant earns a share b less than before, 0 where it earns b more
//   K <- (1 - r) K                     its supply curve moves to the left: at the old price it makes (1 - r) of the old
//
// v_p share of product p in what a plant earns at normal prices, withheld what the region's own government does not let
// out of it this month, usual output what plants there would make at the base year's use of their capacity, before what
// it would earn at normal prices or at those of the base year, the higher of the two; d `restraint-share`, L
// `restraint-lag` months, b `restraint-band`, m `restraint-ceiling`.
#include <algorithm>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

struct RestraintRules {
  double share, lag;  // lag months, at least 1
  double band;        // share of what a plant earned before: from full restraint to none on either side of it
  double most;        // share of its output that a plant gives up
};

class Restraint final : public Mechanism {
 public:
  Restraint(const world::World& world, const RestraintRules& rules) : rules_(rules) {
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& facility = world.facilities[f];
      if (facility.makes_something() && facility.base_activity > 0 && facility.capacity > 0) plants_.push_back(f);
    }
    usual_.assign(world.nodes(), 0.0);
    withheld_ = usual_;
  }
  [[nodiscard]] const char* name() const override { return "restraint"; }

  void start(const world::World& world, world::State& state) const override {
    state.restraint.assign(world.facilities.size(), 0.0);
    state.withheld.assign(world.arcs.size(), 0.0);
  }

  void expect(const world::World&, world::State& state) const override {
    for (const std::size_t f : plants_) state.capacity[f] *= 1 - state.restraint[f];
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    measure(world, state);
    for (const std::size_t f : plants_) {
      const auto& facility = world.facilities[f];
      if (facility.capacity_kind == world::CapacityKind::by_product) continue;  // its host decides
      double value = 0, lost = 0, base = 0, now = 0;
      for (const auto& item : world.processes[facility.process.index()].outputs) {
        const std::size_t node = world.node(item.product, facility.region);
        const double worth = item.amount * state.normal_price[node];
        value += worth;
        base += item.amount * world.base_price[node];
        now += item.amount * shown_price(equilibrium, node, state.last_price[node]);
        if (usual_[node] > 0) lost += worth * std::min(1.0, withheld_[node] / usual_[node]);
      }
      const double before = std::max(value, base);
      const double need = before > 0 ? std::clamp((1 + rules_.band - now / before) / (2 * rules_.band), 0.0, 1.0) : 0;
      const double aim = value > 0 ? std::min(rules_.most, rules_.share * need * lost / value) : 0;
      state.restraint[f] += (aim - state.restraint[f]) / rules_.lag;
    }
  }

 private:
  void measure(const world::World& world, const world::State& state) const {
    std::fill(usual_.begin(), usual_.end(), 0.0);
    std::fill(withheld_.begin(), withheld_.end(), 0.0);
    for (const std::size_t f : plants_) {
      const auto& facility = world.facilities[f];
      const auto& plant = state.plants[f];
      const double activity = plant.ramp * (plant.installed - plant.idle) * facility.base_activity / facility.capacity;
      for (const auto& item : world.processes[facility.process.index()].outputs)
        usual_[world.node(item.product, facility.region)] += item.amount * activity;
    }
    for (std::size_t a = 0; a < world.arcs.size(); ++a)
      withheld_[world.node(world.arcs[a].product, world.arcs[a].from)] += state.withheld[a];
  }

  RestraintRules rules_;
  std::vector<std::size_t> plants_;
  mutable std::vector<double> usual_, withheld_;  // scratch, nodes, t per month
};

}  // namespace

std::unique_ptr<Mechanism> restraint(const world::World& world) {
  return std::make_unique<Restraint>(
      world, RestraintRules{world.parameter("restraint-share"), world.parameter("restraint-lag"),
                            world.parameter("restraint-band"), world.parameter("restraint-ceiling")});
}

}  // namespace lodestone::dynamics
