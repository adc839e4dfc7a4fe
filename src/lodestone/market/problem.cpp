#include "lodestone/market/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lodestone::market {
namespace {

using Texts = std::vector<std::string>;

void check_size(Texts& out, const char* what, std::size_t found, std::size_t expected) {
  if (found != expected) out.push_back(fmt::format("{} has {} entries, expected {}", what, found, expected));
}

void check_column(Texts& out, const Topology& t, Index col) {
  Index previous = -1;
  for (Index p = t.col_start[col]; p < t.col_start[col + 1]; ++p) {
    const Index row = t.row_of[p];
    if (row < 0 || row >= t.rows) {
      out.push_back(fmt::format("column {}: row {} is outside [0, {})", col, row, t.rows));
    } else if (row <= previous) {
      out.push_back(
          fmt::format("column {}: row {} after row {}, rows must ascend without repeats", col, row, previous));
    }
    if (!std::isfinite(t.coef[p]) || t.coef[p] == 0) {
      out.push_back(fmt::format("column {}: coefficient {} in row {} must be finite and not 0", col, t.coef[p], row));
    }
    previous = row;
  }
}

bool column_starts_sound(const Topology& t) {
  return t.cols >= 0 && t.col_start.size() == static_cast<std::size_t>(t.cols) + 1 && t.col_start.front() == 0 &&
         t.col_start.back() == t.nonzeros() && std::is_sorted(t.col_start.begin(), t.col_start.end()) &&
         t.coef.size() == t.row_of.size();
}

template <class Sound>
void check_entries(Texts& out, const char* what, const char* rule, const std::vector<double>& values, Sound sound) {
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (!sound(values[k])) out.push_back(fmt::format("{}[{}] = {}, must be {}", what, k, values[k], rule));
  }
}

}  // namespace

double Topology::activity_value(Index col) const {
  double value = 0;
  for (Index p = col_start[col]; p < col_start[col + 1]; ++p) {
    value = std::max(value, std::abs(coef[p]) * price_scale[row_of[p]]);
  }
  return value > 0 ? value : 1.0;
}

Numbers Numbers::zeros(const Topology& topology) {
  const auto cols = static_cast<std::size_t>(topology.cols);
  return {.cost = std::vector<double>(cols, 0.0),
          .curvature = std::vector<double>(cols, 0.0),
          .upper = std::vector<double>(cols, kUnlimited),
          .wedge = std::vector<double>(topology.row_of.size(), 0.0),
          .rhs = std::vector<double>(static_cast<std::size_t>(topology.rows), 0.0)};
}

Solution Solution::zeros(const Topology& topology) {
  return {.activity = std::vector<double>(static_cast<std::size_t>(topology.cols), 0.0),
          .price = std::vector<double>(static_cast<std::size_t>(topology.rows), 0.0)};
}

std::vector<std::string> defects(const Topology& t) {
  Texts out;
  if (t.nodes < 0 || t.nodes > t.rows) out.push_back(fmt::format("{} nodes but {} rows", t.nodes, t.rows));
  check_size(out, "price_scale", t.price_scale.size(), static_cast<std::size_t>(std::max<Index>(t.rows, 0)));
  const auto positive = [](double v) { return std::isfinite(v) && v > 0; };
  check_entries(out, "price_scale", "finite and above 0", t.price_scale, positive);
  if (!positive(t.money_scale))
    out.push_back(fmt::format("money_scale = {}, must be finite and above 0", t.money_scale));
  if (!column_starts_sound(t)) {
    out.push_back(fmt::format("col_start does not divide {} row indices and {} coefficients among {} columns",
                              t.row_of.size(), t.coef.size(), t.cols));
    return out;  // without sound starts the columns cannot be walked
  }
  for (Index col = 0; col < t.cols; ++col) check_column(out, t, col);
  return out;
}

std::vector<std::string> defects(const Topology& t, const Numbers& n) {
  Texts out;
  check_size(out, "cost", n.cost.size(), static_cast<std::size_t>(t.cols));
  check_size(out, "curvature", n.curvature.size(), static_cast<std::size_t>(t.cols));
  check_size(out, "upper", n.upper.size(), static_cast<std::size_t>(t.cols));
  check_size(out, "wedge", n.wedge.size(), t.row_of.size());
  check_size(out, "rhs", n.rhs.size(), static_cast<std::size_t>(t.rows));
  const auto finite = [](double v) { return std::isfinite(v); };
  check_entries(out, "cost", "finite", n.cost, finite);
  check_entries(out, "curvature", "finite and not below 0", n.curvature,
                [](double v) { return std::isfinite(v) && v >= 0; });
  check_entries(out, "upper", "0 or more", n.upper, [](double v) { return v >= 0; });
  check_entries(out, "wedge", "finite and above -1", n.wedge, [](double v) { return std::isfinite(v) && v > -1; });
  check_entries(out, "rhs", "finite", n.rhs, finite);
  return out;
}

bool is_symmetric(const Numbers& numbers) {
  constexpr std::size_t kBlock = 256;  // without a way out in between, so that the compiler may take several at once
  const std::span<const double> all(numbers.wedge);
  for (std::size_t k = 0; k < all.size(); k += kBlock) {
    int wedged = 0;
    for (const double w : all.subspan(k, std::min(kBlock, all.size() - k))) wedged |= w != 0 ? 1 : 0;
    if (wedged != 0) return false;
  }
  return true;
}

double objective(const Numbers& numbers, std::span<const double> activity) {
  double sum = 0;
  for (std::size_t j = 0; j < activity.size(); ++j) {
    sum += activity[j] * (numbers.cost[j] + 0.5 * numbers.curvature[j] * activity[j]);
  }
  return sum;
}

}  // namespace lodestone::market
