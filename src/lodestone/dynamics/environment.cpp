// Mines and separation plants that grow near people who are not asked meet protest: it slows permits, stops part of the
// output while it is strong, and fades. docs/model.md section 3.19.
//
//   g = min(4, [E - E0]+ / (E0 + w Ew)),   b <- b 2^(-1/h) + a (1 - G) g,   stopped = min(1/2, [b - B]+)
//
// E output of mining and separation in a region, E0 and Ew in the base year, there and in the world, G how well the
// region is governed (0..1). What rules on the environment cost and stop comes with the rules of the month.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kFastest = 4;  // growth beyond it alarms nobody more
constexpr double kMost = 0.5;   // of the output that protest stops

class Environment final : public Mechanism {
 public:
  explicit Environment(const world::World& world)
      : half_life_(world.parameter("backlash-half-life")),
        rate_(world.parameter("backlash-rate")),
        scale_(world.parameter("backlash-scale")),
        tolerance_(world.parameter("backlash-tolerance")) {
    base_.assign(world.regions.size(), 0.0);
    output_ = base_;
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& facility = world.facilities[f];
      const auto stage = world.processes[facility.process.index()].stage;
      if (stage != world::Stage::mining && stage != world::Stage::separation) continue;
      dirty_.push_back(f);
      base_[facility.region.index()] += facility.base_activity;
      all_ += facility.base_activity;
    }
  }
  [[nodiscard]] const char* name() const override { return "environment"; }

  void start(const world::World& world, world::State& state) const override {
    state.backlash.assign(world.regions.size(), 0.0);
  }

  void expect(const world::World& world, world::State& state) const override {
    for (const std::size_t f : dirty_) {
      const double anger = state.backlash[world.facilities[f].region.index()];
      if (anger > tolerance_) state.capacity[f] *= 1 - std::min(kMost, anger - tolerance_);
    }
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    std::fill(output_.begin(), output_.end(), 0.0);
    for (const std::size_t f : dirty_) output_[world.facilities[f].region.index()] += equilibrium.activity[f];
    const double fades = std::exp2(-1 / half_life_);
    for (std::size_t r = 0; r < base_.size(); ++r) {
      const double grown = std::max(0.0, output_[r] - base_[r] * (1 + kRounding));
      const double growth = grown > 0 ? std::min(kFastest, grown / (base_[r] + scale_ * all_)) : 0.0;
      state.backlash[r] = state.backlash[r] * fades + rate_ * (1 - world.regions[r].governance) * growth;
    }
  }

 private:
  static constexpr double kRounding = 1e-6;
  double half_life_;                // months
  double rate_, scale_;             // per month; share of the world's base output
  double tolerance_;                // of backlash, before output is stopped
  double all_ = 0;                  // t of activity per month in the base year
  std::vector<std::size_t> dirty_;  // mines and separation plants
  std::vector<double> base_;        // regions, t of activity per month in the base year
  mutable std::vector<double> output_;
};

}  // namespace

std::unique_ptr<Mechanism> environment(const world::World& world) {
  return std::make_unique<Environment>(world);
}

}  // namespace lodestone::dynamics
