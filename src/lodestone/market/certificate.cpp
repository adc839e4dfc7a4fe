// Shares no code with the solvers on purpose: it reads the conditions off problem.hpp and nothing else.
#include "lodestone/market/certificate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lodestone::market {
namespace {

// The larger of the two, NaN as soon as one is NaN.
double larger(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  return a > b ? a : b;
}

// Remembers where a residual was largest; NaN beats every number.
bool raise(double& largest, double value) {
  if (std::isnan(largest) || !(value > largest || std::isnan(value))) return false;
  largest = value;
  return true;
}

struct Sums {
  double products = 0;  // complementarity products, money
  double turnover = 0;  // money
};

void certify_column(const Topology& t, const Numbers& n, const Solution& s, Index col, Certificate& out, Sums& sums) {
  double margin = n.cost[col] + n.curvature[col] * s.activity[col];
  bool wedged = false;
  double value = 0;  // activity value, recomputed here
  sums.turnover += 0.5 * (std::abs(n.cost[col]) + n.curvature[col] * s.activity[col]) * std::abs(s.activity[col]);
  for (Index p = t.col_start[col]; p < t.col_start[col + 1]; ++p) {
    const double lambda = s.price[t.row_of[p]];
    margin -= t.coef[p] * (1 + n.wedge[p]) * lambda;
    value = std::max(value, std::abs(t.coef[p]) * t.price_scale[t.row_of[p]]);
    wedged = wedged || n.wedge[p] != 0;
    sums.turnover += 0.5 * std::abs(t.coef[p] * s.activity[col] * lambda);
  }
  if (value == 0) value = 1;
  const double unit = t.money_scale / value;
  const double x = s.activity[col] / unit;
  const double u = n.upper[col] / unit;
  const double z = margin / value;
  // x - clip(x - z, 0, u) = min(x, max(z, x - u)), written so that a huge x does not swallow z.
  const double step = x - u > z ? x - u : z;
  const double residual = std::abs(x < step ? x : step);
  if (raise(out.stationarity, residual)) out.worst_column = col;
  if (wedged) out.ad_valorem = larger(out.ad_valorem, residual);
  out.bounds = larger(out.bounds, larger(-x, x - u));
  if (z > 0) sums.products += margin * s.activity[col];
  if (z < 0) sums.products += std::isinf(u) ? std::abs(margin) * unit : margin * (s.activity[col] - n.upper[col]);
}

// `surplus` is Mx - b of the row.
void certify_row(const Topology& t, const Solution& s, Index row, double surplus, Certificate& out, Sums& sums,
                 double& worst) {
  const double lambda = s.price[row] / t.price_scale[row];
  const double f = surplus / (t.money_scale / t.price_scale[row]);
  const double natural = std::abs(lambda < f ? lambda : f) + (std::isnan(lambda) || std::isnan(f) ? f + lambda : 0.0);
  const double shortfall = larger(0.0, -f);
  out.complementarity = larger(out.complementarity, natural);
  out.feasibility = larger(out.feasibility, shortfall);
  out.bounds = larger(out.bounds, -lambda);
  if (raise(worst, larger(natural, shortfall))) out.worst_row = row;
  sums.products += s.price[row] * surplus;
}

std::string label(const std::vector<std::string>& names, Index index, const char* kind) {
  if (index >= 0 && static_cast<std::size_t>(index) < names.size()) return names[static_cast<std::size_t>(index)];
  return fmt::format("{} {}", kind, index);
}

}  // namespace

double Certificate::worst() const {
  double out = larger(stationarity, feasibility);
  out = larger(out, complementarity);
  out = larger(out, bounds);
  return larger(out, larger(ad_valorem, gap));
}

bool Certificate::holds(double tolerance) const {
  return worst() <= tolerance;
}

Certificate certify(const Topology& topology, const Numbers& numbers, const Solution& solution) {
  std::vector<double> surplus;
  return certify(topology, numbers, solution, surplus);
}

Certificate certify(const Topology& topology, const Numbers& numbers, const Solution& solution,
                    std::vector<double>& surplus) {
  Certificate out;
  Sums sums;
  for (Index col = 0; col < topology.cols; ++col) certify_column(topology, numbers, solution, col, out, sums);
  surplus.resize(static_cast<std::size_t>(topology.rows));
  for (Index row = 0; row < topology.rows; ++row) surplus[row] = -numbers.rhs[row];
  for (Index col = 0; col < topology.cols; ++col) {
    for (Index p = topology.col_start[col]; p < topology.col_start[col + 1]; ++p) {
      surplus[topology.row_of[p]] += topology.coef[p] * solution.activity[col];
    }
  }
  double worst = 0;
  for (Index row = 0; row < topology.rows; ++row) certify_row(topology, solution, row, surplus[row], out, sums, worst);
  out.gap = std::abs(sums.products) / std::max(sums.turnover, topology.money_scale);
  return out;
}

std::string explain(const Certificate& c, double tolerance, const std::vector<std::string>& row_names,
                    const std::vector<std::string>& column_names) {
  if (c.holds(tolerance)) return fmt::format("cleared: largest residual {:.1e} within {:.1e}", c.worst(), tolerance);
  const auto fails = [tolerance](double value) { return !(value <= tolerance); };
  if (c.worst_column >= 0 && fails(c.stationarity)) {
    return fmt::format("not cleared: '{}' earns or loses money at the margin, residual {:.1e} above {:.1e}{}",
                       label(column_names, c.worst_column, "column"), c.stationarity, tolerance,
                       fails(c.ad_valorem) ? " (ad-valorem terms among them)" : "");
  }
  if (c.worst_row >= 0 && fails(c.feasibility)) {
    return fmt::format("not cleared: '{}' is short, residual {:.1e} above {:.1e}", label(row_names, c.worst_row, "row"),
                       c.feasibility, tolerance);
  }
  if (c.worst_row >= 0 && fails(c.complementarity)) {
    return fmt::format("not cleared: '{}' has a price and a surplus, residual {:.1e} above {:.1e}",
                       label(row_names, c.worst_row, "row"), c.complementarity, tolerance);
  }
  return fmt::format("not cleared: {} {:.1e} above {:.1e}", fails(c.bounds) ? "bounds violated by" : "gap of",
                     fails(c.bounds) ? c.bounds : c.gap, tolerance);
}

}  // namespace lodestone::market
