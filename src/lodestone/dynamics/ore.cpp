// Ore gets poorer as it is used, and ends. docs/model.md section 3.16.
//
//   X <- max(0, X + activity - x base activity),   y = 1 - X / R,   c <- c y^-g,   K <- min(K, R - X)
//
// X what was used beyond what exploration replaced, R reserves, x share of the base year's output that exploration
// replaces, g elasticity of the cost to what is left (cost per t goes with 1 / grade). At X = R the mine is closed.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kLast = 1e-6;     // of the reserves: so little is left that the mine has ended
constexpr double kPoorest = 1e-2;  // of the reserves: the last hundredth costs what the one before it did

class OreMechanism final : public Mechanism {
 public:
  explicit OreMechanism(const world::World& world) : elasticity_(world.parameter("ore-cost-elasticity")) {
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      if (world.facilities[f].ore.reserves > 0) mines_.push_back(f);
  }
  [[nodiscard]] const char* name() const override { return "ore"; }

  void start(const world::World& world, world::State& state) const override {
    state.ore_used.assign(world.facilities.size(), 0.0);
  }

  void expect(const world::World& world, world::State& state) const override {
    for (const std::size_t f : mines_) {
      const double used = state.ore_used[f], reserves = world.facilities[f].ore.reserves;
      if (!(used > 0)) continue;
      state.cash_cost[f] *= std::pow(std::max(1 - used / reserves, kPoorest), -elasticity_);
      state.capacity[f] = std::min(state.capacity[f], std::max(0.0, reserves - used));
    }
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (const std::size_t f : mines_) {
      const auto& mine = world.facilities[f];
      const double found = mine.ore.replaced * mine.base_activity;
      state.ore_used[f] = std::max(0.0, state.ore_used[f] + equilibrium.activity[f] - found);
      if (state.ore_used[f] >= mine.ore.reserves * (1 - kLast)) end(state.plants[f]);
    }
  }

 private:
  static void end(world::Plant& plant) {
    plant.stage = world::PlantStage::closed;
    plant.installed = plant.idle = 0;
  }

  double elasticity_;
  std::vector<std::size_t> mines_;  // whose reserves are known
};

}  // namespace

bool has_ore(const world::World& world) {
  return std::any_of(world.facilities.begin(), world.facilities.end(),
                     [](const world::Facility& facility) { return facility.ore.reserves > 0; });
}

std::unique_ptr<Mechanism> ore(const world::World& world) {
  return std::make_unique<OreMechanism>(world);
}

}  // namespace lodestone::dynamics
