// Who controls a plant, and who has bought or taken it. docs/model.md section 3.28.
//
//   a purchase is made once, unless the host screens the buyer; half of a plant or more brings control
//   a nationalisation takes its share of what levers hold too, and lasts as long as its lever; then whoever had control
//   has it back
//   holdings bring their share of the profit: (outputs - inputs - c) x activity, when above 0
//   e <- e 2^(-1/h) + [share x value - price]+ / value of all plants of the region
//
// e expropriation as investors remember it, value what it would cost to build a plant again. The hurdle rate takes e
// (lenders.cpp); price and profit are booked to the lever.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kControl = 0.5;  // of a plant

class Ownership final : public Mechanism {
 public:
  explicit Ownership(const world::World& world)
      : fading_(std::exp2(-1 / world.parameter("expropriation-half-life"))), plants_(world.regions.size(), 0.0) {
    for (const auto& facility : world.facilities) plants_[facility.region.index()] += value(facility);
  }
  [[nodiscard]] const char* name() const override { return "ownership"; }

  void start(const world::World& world, world::State& state) const override {
    state.control.clear();
    for (const auto& facility : world.facilities) state.control.push_back(facility.control);
    state.holdings.clear();
    state.expropriation.assign(world.regions.size(), 0.0);
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (double& taken : state.expropriation) taken *= fading_;
    give_back(state);
    for (const auto& takeover : state.measures.takeovers)
      if (may_be_made(world, state, takeover)) make(world, takeover, state);
    for (const auto& holding : state.holdings) earn(world, equilibrium, holding, state);
  }

 private:
  /// USD.
  static double value(const world::Facility& facility) {
    return facility.construction.capex * 12 * facility.full_capacity();
  }

  static void give_back(world::State& state) {
    const auto over = [&](const world::Holding& holding) {
      return holding.forced && std::none_of(state.measures.takeovers.begin(), state.measures.takeovers.end(),
                                            [&](const world::Takeover& takeover) {
                                              return takeover.lever == holding.lever &&
                                                     takeover.facility == holding.facility;
                                            });
    };
    for (const auto& holding : state.holdings)
      if (over(holding) && holding.share >= kControl) state.control[holding.facility] = holding.before;
    state.holdings.erase(std::remove_if(state.holdings.begin(), state.holdings.end(), over), state.holdings.end());
  }

  static bool may_be_made(const world::World& world, const world::State& state, const world::Takeover& takeover) {
    const std::size_t screened = takeover.facility * world.regions.size() + takeover.buyer.index();
    if (!takeover.forced && state.measures.screened[screened] != 0) return false;
    if (state.plants[takeover.facility].stage == world::PlantStage::closed) return false;
    double held = 0;
    for (const auto& holding : state.holdings) {
      if (holding.facility != takeover.facility) continue;
      if (holding.lever == takeover.lever) return false;  // made already
      held += holding.share;
    }
    return takeover.forced || held + takeover.share <= 1;
  }

  void make(const world::World& world, const world::Takeover& takeover, world::State& state) const {
    const auto& facility = world.facilities[takeover.facility];
    world::RegionId& control = state.control[takeover.facility];
    if (takeover.forced)
      for (auto& other : state.holdings)
        if (other.facility == takeover.facility) other.share *= 1 - takeover.share;
    state.holdings.push_back({takeover.facility, takeover.lever, takeover.share, control, takeover.forced});
    if (takeover.share >= kControl) control = takeover.buyer;
    const auto lever = static_cast<std::size_t>(takeover.lever);
    state.public_cost[lever] += takeover.price;
    state.public_paid[stage_and_region(world, facility)] += takeover.price;
    state.public_spent[lever] += takeover.price;
    const std::size_t host = facility.region.index();
    if (takeover.forced && plants_[host] > 0)
      state.expropriation[host] += std::max(0.0, takeover.share * value(facility) - takeover.price) / plants_[host];
  }

  static void earn(const world::World& world, const world::Equilibrium& equilibrium, const world::Holding& holding,
                   world::State& state) {
    const std::size_t f = holding.facility;
    const double margin = earnings(world, world.facilities[f], equilibrium.price).margin() - state.cash_cost[f];
    const double earned = holding.share * std::max(0.0, margin) * equilibrium.activity[f];
    state.public_cost[static_cast<std::size_t>(holding.lever)] -= earned;
    state.public_paid[stage_and_region(world, world.facilities[f])] -= earned;
  }

  double fading_;               // per month
  std::vector<double> plants_;  // regions: value of all plants, USD
};

}  // namespace

std::unique_ptr<Mechanism> ownership(const world::World& world) {
  return std::make_unique<Ownership>(world);
}

}  // namespace lodestone::dynamics
