#include "lodestone/policy/course.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::policy {
namespace {

// Announced and not yet in force: it comes for sure.
Standing by_its_dates(const LeverHead& head, base::Month month) {
  Standing standing;
  standing.news = month == head.announced ? 1 : 0;
  standing.expected = month >= head.announced && month < head.start ? 1 : 0;
  standing.comes = head.start;
  return standing;
}

}  // namespace

Course::Course(const std::vector<std::unique_ptr<Lever>>& levers, const Chance& chance)
    : levers_(levers), standing_(levers.size()) {
  for (const auto& lever : levers_) lever->connect(levers_, chance);
}

MarketNeeds Course::register_needs(const world::World& world) {
  half_life_ = world.parameter("risk-half-life");
  MarketNeeds needs;
  purchases_.assign(levers_.size(), {});
  for (std::size_t l = 0; l < levers_.size(); ++l) {
    const std::size_t first = needs.releases.size();
    levers_[l]->register_needs(world, needs);
    for (std::size_t r = first; r < needs.releases.size(); ++r)
      if (needs.releases[r].buys) purchases_[l].push_back(r);
  }
  release_node_.clear();
  for (const auto& release : needs.releases) release_node_.push_back(world.node(release.product, release.region));
  for (auto* arcs : {&needs.evadable, &needs.bound}) {
    std::sort(arcs->begin(), arcs->end());
    arcs->erase(std::unique(arcs->begin(), arcs->end()), arcs->end());
  }
  return needs;
}

void Course::announce(const world::World& world, world::State& state) {
  std::fill(state.news.begin(), state.news.end(), 0.0);
  for (std::size_t l = 0; l < levers_.size(); ++l) standing_[l] = by_its_dates(levers_[l]->head(), state.month);
  for (const auto& lever : levers_) lever->govern(state.month, standing_);
  for (std::size_t l = 0; l < levers_.size(); ++l)
    if (standing_[l].news != 0) levers_[l]->announce(world, state, standing_[l].news, state.news);
  std::fill(state.price_rise.begin(), state.price_rise.end(), 0.0);
  for (std::size_t l = 0; l < levers_.size(); ++l)
    if (standing_[l].expected > 0)
      levers_[l]->foresee(world, state, weight(standing_[l], state.month), state.price_rise);
}

double Course::weight(const Standing& standing, base::Month month) const {
  return standing.expected * std::exp2(-(standing.comes - month) / half_life_);
}

void Course::apply(const world::World& world, const world::State& state, world::Rules& rules) {
  for (std::size_t l = 0; l < levers_.size(); ++l)
    if (standing_[l].acts) levers_[l]->apply(world, state, static_cast<int>(l), rules);
  for (std::size_t l = 0; l < levers_.size(); ++l)
    if (standing_[l].expected > 0) levers_[l]->foreshadow(weight(standing_[l], state.month), rules);
  for (auto& offer : rules.offers) offer.reversal = standing_[static_cast<std::size_t>(offer.lever)].reversal;
}

void Course::settle(const world::World& world, const world::Equilibrium& equilibrium, base::Month month) {
  for (std::size_t l = 0; l < levers_.size(); ++l)
    if (standing_[l].acts) levers_[l]->settle(world, equilibrium, month);
}

}  // namespace lodestone::policy
