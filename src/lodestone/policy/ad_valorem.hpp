// A tax in proportion to the price, on routes.
#pragma once

#include <utility>

#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {

class AdValorem final : public ArcLever {
 public:
  /// `tax` is the part of the rules it adds to; `rate` a share of the price there.
  AdValorem(LeverHead head, const world::World& world, std::vector<double> world::Rules::*tax, double rate)
      : ArcLever(std::move(head), world), tax_(tax), rate_(rate) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<AdValorem>(*this); }
  void apply(const world::World&, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const world::ArcId arc : arcs()) (rules.*tax_)[arc.index()] += rate_;
  }
  void foresee(const world::World& world, const world::State& state, double chance,
               std::vector<double>& rise) const override {
    foresee_change(world, state, chance * rate_, rise);
  }

 private:
  std::vector<double> world::Rules::*tax_;
  double rate_;
};

}  // namespace lodestone::policy
