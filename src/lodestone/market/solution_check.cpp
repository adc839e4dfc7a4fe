#include "lodestone/market/solution_check.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {

SolutionCheck::SolutionCheck(const Topology& topology)
    : topology_(topology), surplus_(static_cast<std::size_t>(topology.rows)) {
  for (Index j = 0; j < topology.cols; ++j) {
    price_unit_.push_back(1 / topology.activity_value(j));
    activity_unit_.push_back(topology.activity_value(j) / topology.money_scale);
  }
}

double SolutionCheck::worst(const Numbers& n, const Solution& s) {
  const Topology& t = topology_;
  double products = 0, turnover = 0, worst = 0;  // the gap turns NaN when anything is
  for (Index i = 0; i < t.rows; ++i) surplus_[i] = -n.rhs[i];
  for (Index j = 0; j < t.cols; ++j) {
    const double x = s.activity[j], u = n.upper[j];
    double margin = n.cost[j] + n.curvature[j] * x;
    for (Index k = t.col_start[j]; k < t.col_start[j + 1]; ++k) {
      margin -= t.coef[k] * (1 + n.wedge[k]) * s.price[t.row_of[k]];
      surplus_[t.row_of[k]] += t.coef[k] * x;
    }
    // x - clip(x - z, 0, u) = min(x, max(z, x - u))
    const double over = (x - u) * activity_unit_[j], z = margin * price_unit_[j];
    worst = std::max(worst, std::abs(std::min(x * activity_unit_[j], std::max(z, over))));
    const double unlimited = std::isinf(u) ? -1 / activity_unit_[j] : x - u;  // nothing unlimited may earn a margin
    products += margin * (margin > 0 ? x : unlimited);
    turnover += (std::abs(n.cost[j]) + n.curvature[j] * std::abs(x)) * std::abs(x);
  }
  for (Index i = 0; i < t.rows; ++i) {
    const double price = s.price[i];
    worst = std::max(worst, std::abs(std::min(price / t.price_scale[i], surplus_[i] / t.quantity_scale(i))));
    products += price * surplus_[i];
  }
  const double gap = std::abs(products) / std::max(t.money_scale, turnover);
  return gap > worst || std::isnan(gap) ? gap : worst;
}

}  // namespace lodestone::market
