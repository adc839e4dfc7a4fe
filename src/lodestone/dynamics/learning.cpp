// What a region knows of a stage grows by doing and fades; costs fall with it. docs/model.md section 3.18.
//
//   X <- (1 - d) X + u output,   c <- c ((X + s Xw) / (X0 + s Xw))^-b,   b = -log2(1 - r)
//
// X experience, X0 in the base year (its steady state, output / d), Xw that of the world then, s what anybody learns
// from others, d what is forgotten a month, r learning rate: what a doubling of experience saves, u what bans on
// technology leave (1 without). At base output X stays. What public research saved comes off first (lever research).
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kBounds[] = {0.5, 1.5};  // of the cost: beyond them nobody has seen the law hold

class Learning final : public Mechanism {
 public:
  explicit Learning(const world::World& world)
      : exponent_(-std::log2(1 - world.parameter("learning-rate"))),
        loss_(world.parameter("experience-loss")),
        spillover_(world.parameter("experience-spillover")),
        regions_(world.regions.size()) {
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& facility = world.facilities[f];
      const auto stage = static_cast<std::size_t>(world.processes[facility.process.index()].stage);
      if (facility.makes_something()) plants_.push_back({f, stage * regions_ + facility.region.index()});
    }
    std::size_t pools = 0;
    for (const auto& plant : plants_) pools = std::max(pools, (plant.pool / regions_ + 1) * regions_);
    base_.assign(pools, 0.0);
    for (const auto& plant : plants_) base_[plant.pool] += world.facilities[plant.facility].base_activity / loss_;
    shared_.assign(pools, 0.0);
    for (std::size_t k = 0; k < pools; ++k)
      for (std::size_t other = k - k % regions_; other < k - k % regions_ + regions_; ++other)
        shared_[k] += spillover_ * base_[other];
  }
  [[nodiscard]] const char* name() const override { return "learning"; }

  void start(const world::World&, world::State& state) const override { state.experience = base_; }

  void expect(const world::World&, world::State& state) const override {
    for (const auto& plant : plants_) {
      state.cash_cost[plant.facility] *= 1 - state.measures.saving[plant.facility];
      const std::size_t k = plant.pool;
      if (!(base_[k] + shared_[k] > 0) || state.experience[k] == base_[k]) continue;
      const double ratio = (state.experience[k] + shared_[k]) / (base_[k] + shared_[k]);
      state.cash_cost[plant.facility] *= std::clamp(std::pow(ratio, -exponent_), kBounds[0], kBounds[1]);
    }
  }

  void age(const world::World&, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t k = 0; k < base_.size(); ++k) state.experience[k] -= loss_ * state.experience[k];
    for (const auto& plant : plants_)
      state.experience[plant.pool] += state.plant_rules[plant.facility].know_how * equilibrium.activity[plant.facility];
  }

 private:
  struct Plant {
    std::size_t facility, pool;
  };
  double exponent_, loss_, spillover_;
  std::size_t regions_;
  std::vector<Plant> plants_;
  std::vector<double> base_, shared_;  // stage-major, then regions; t of activity
};

}  // namespace

std::unique_ptr<Mechanism> learning(const world::World& world) {
  return std::make_unique<Learning>(world);
}

}  // namespace lodestone::dynamics
