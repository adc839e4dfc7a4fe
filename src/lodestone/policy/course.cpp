#include "lodestone/policy/course.hpp"

#include <algorithm>

namespace lodestone::policy {

Course::Course(const std::vector<std::unique_ptr<Lever>>& levers, const Chance& chance)
    : levers_(levers), standing_(levers.size()) {
  for (const auto& lever : levers_) lever->connect(levers_, chance);
}

MarketNeeds Course::register_needs(const world::World& world) const {
  MarketNeeds needs;
  for (const auto& lever : levers_) lever->register_needs(world, needs);
  return needs;
}

void Course::announce(const world::World& world, world::State& state) {
  std::fill(state.news.begin(), state.news.end(), 0.0);
  for (std::size_t l = 0; l < levers_.size(); ++l)
    standing_[l] = {true, state.month == levers_[l]->head().announced ? 1.0 : 0.0, world::Offer::kUsualReversal};
  for (const auto& lever : levers_) lever->govern(state.month, standing_);
  for (std::size_t l = 0; l < levers_.size(); ++l)
    if (standing_[l].news != 0) levers_[l]->announce(world, state, standing_[l].news, state.news);
}

void Course::apply(const world::World& world, const world::State& state, world::Rules& rules) {
  for (std::size_t l = 0; l < levers_.size(); ++l)
    if (standing_[l].acts) levers_[l]->apply(world, state, static_cast<int>(l), rules);
  for (auto& offer : rules.offers) offer.reversal = standing_[static_cast<std::size_t>(offer.lever)].reversal;
}

void Course::settle(const world::World& world, const world::Equilibrium& equilibrium, base::Month month) {
  for (std::size_t l = 0; l < levers_.size(); ++l)
    if (standing_[l].acts) levers_[l]->settle(world, equilibrium, month);
}

}  // namespace lodestone::policy
