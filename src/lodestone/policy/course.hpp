// The levers of one run, month by month: which of them stand, what the public is told of them, what they write.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "lodestone/policy/chance.hpp"
#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

class Course {
 public:
  /// Lets chance decide what it has to decide about them. `levers` must outlive the course.
  Course(const std::vector<std::unique_ptr<Lever>>& levers, const Chance& chance);

  /// What all of them ask of the market; to be called once.
  [[nodiscard]] MarketNeeds register_needs(const world::World& world);
  /// Before expectations: finds out which levers stand this month and writes the month's news into the state.
  void announce(const world::World& world, world::State& state);
  /// Before clearing: every lever that stands writes its part of the rules, which were reset. Call announce first.
  void apply(const world::World& world, const world::State& state, world::Rules& rules);
  /// After clearing.
  void settle(const world::World& world, const world::Equilibrium& equilibrium, base::Month month);

  /// What this month makes of every lever.
  [[nodiscard]] std::span<const Standing> standing() const { return standing_; }
  /// Of the market's releases those at which a lever buys for a government.
  [[nodiscard]] std::span<const std::size_t> purchases(std::size_t lever) const { return purchases_[lever]; }
  /// Where goods of a release come from or go to.
  [[nodiscard]] std::size_t node_of(std::size_t release) const { return release_node_[release]; }

 private:
  const std::vector<std::unique_ptr<Lever>>& levers_;
  std::vector<Standing> standing_;                   // per lever, this month
  std::vector<std::vector<std::size_t>> purchases_;  // per lever
  std::vector<std::size_t> release_node_;            // per release of the market
  double half_life_ = 1;                             // months: of what is expected, how far off it counts for half

  /// What the public makes of a lever that may come: its chance, the less the further off it is.
  [[nodiscard]] double weight(const Standing& standing, base::Month month) const;
};

}  // namespace lodestone::policy
