// What governments have promised to plants and what they have in them: paid and paid back month by month.
// docs/model.md section 3.21.
//
//   promise    paid = share x ((price - p)+ - upside (p - price)+) per t of product, p of last month
//   loan       comes back in equal parts of interest and principal while the plant runs; lost when it is closed
//   equity     its share of the profit: (outputs - inputs - c) x activity at this month's prices, when above 0
//   guarantee  paid when the plant is closed, less what has run off
//   spending   what governments pay beside plants: teachers, offices, research (docs/model.md 3.28)
//
// Money goes out when a project is financed (projects.cpp) and is booked to the lever that gave it.
#include <algorithm>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

using world::PlantStage;
using world::Support;

class PublicFinance final : public Mechanism {
 public:
  [[nodiscard]] const char* name() const override { return "public finance"; }

  // How many levers there are is known to the future alone: it sizes what is kept per lever.
  void start(const world::World& world, world::State& state) const override {
    state.rules_margin.assign(world.facilities.size(), 0.0);
    state.private_invested.assign(world.regions.size(), 0.0);
    state.public_invested.assign(world.regions.size(), 0.0);
    state.public_paid.assign((static_cast<std::size_t>(world::Stage::access) + 1) * world.regions.size(), 0.0);
    state.measures.reset(world, state.public_cost.size());
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    std::fill(state.public_cost.begin(), state.public_cost.end(), 0.0);
    std::fill(state.private_invested.begin(), state.private_invested.end(), 0.0);
    std::fill(state.public_invested.begin(), state.public_invested.end(), 0.0);
    std::fill(state.public_paid.begin(), state.public_paid.end(), 0.0);
    const auto pay = [&](int lever, std::size_t facility, double money) {
      state.public_cost[static_cast<std::size_t>(lever)] += money;
      state.public_paid[stage_and_region(world, world.facilities[facility])] += money;
    };
    for (std::size_t l = 0; l < state.measures.spending.size(); ++l) {
      state.public_cost[l] += state.measures.spending[l];
      state.public_spent[l] += state.measures.spending[l];
    }
    for (const auto& offer : state.offers)
      if (offer.kind == Support::promise)
        pay(offer.lever, offer.facility, offer.paid * equilibrium.activity[offer.facility]);
    for (auto& claim : state.claims) pay(claim.lever, claim.facility, -comes_back(world, equilibrium, state, claim));
  }

 private:
  /// USD this month; negative when the government pays.
  static double comes_back(const world::World& world, const world::Equilibrium& equilibrium, const world::State& state,
                           world::Claim& claim) {
    const auto stage = state.plants[claim.facility].stage;
    const bool stands = stage >= PlantStage::ramp_up && stage != PlantStage::closed;
    switch (claim.kind) {
      case Support::loan:
        if (stage == PlantStage::closed) claim.left = 0;
        if (!stands || stage == PlantStage::suspended || !(claim.left > 0)) return 0;
        claim.left -= 1;
        return claim.amount;
      case Support::equity: {
        if (!stands) return 0;
        const auto& facility = world.facilities[claim.facility];
        const double margin = earnings(world, facility, equilibrium.price).margin() - state.cash_cost[claim.facility];
        return claim.amount * std::max(0.0, margin) * equilibrium.activity[claim.facility];
      }
      case Support::guarantee: {
        if (!(claim.left > 0)) return 0;
        if (stage != PlantStage::closed) {
          if (stands) {
            claim.amount -= claim.amount / claim.left;
            claim.left -= 1;
          }
          return 0;
        }
        claim.left = 0;
        return -claim.amount;
      }
      case Support::grant:
      case Support::promise:
        return 0;
    }
    return 0;
  }
};

}  // namespace

std::unique_ptr<Mechanism> public_finance() {
  return std::make_unique<PublicFinance>();
}

}  // namespace lodestone::dynamics
