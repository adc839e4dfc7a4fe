#include "lodestone/dynamics/mechanism.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::dynamics {

std::vector<std::unique_ptr<Mechanism>> mechanisms(const world::World& world) {
  std::vector<std::unique_ptr<Mechanism>> all;
  all.push_back(plants());
  all.push_back(transit());
  all.push_back(demand_response(world));
  all.push_back(switching(world));
  all.push_back(plans(world));
  all.push_back(working_stocks(world));
  all.push_back(worth());
  all.push_back(orders(world));
  // Ages last: the others read the prices that stood before this month.
  all.push_back(expectations(world));
  return all;
}

CoverRule::CoverRule(const world::World& world)
    : elasticity(world.parameter("stock-price-elasticity")), ceiling(world.parameter("stock-ceiling")) {}

double CoverRule::desired(double target, double normal_price, double price) const {
  return target * std::min(ceiling, std::pow(normal_price / price, elasticity));
}

double shown_price(const world::Equilibrium& equilibrium, std::size_t node, double last_price) {
  const market::Quote& quote = equilibrium.quote[node];
  if (quote.traded) return equilibrium.price[node];
  return std::max(quote.bid, std::min(last_price, quote.ask));
}

}  // namespace lodestone::dynamics
