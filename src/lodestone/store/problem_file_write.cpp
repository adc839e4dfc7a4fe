#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "lodestone/store/json_text.hpp"
#include "lodestone/store/problem_file.hpp"

namespace lodestone::store {
namespace {

using market::Index;

/// Where some period has a bound, a curvature, a wedge; only these are written.
struct Lists {
  std::vector<Index> bounded, curved, wedged;
};

std::string index_list(const std::vector<Index>& values) {
  return json_list(values, [](Index v) { return fmt::format("{}", v); });
}

std::string picked(const std::vector<double>& values, const std::vector<Index>& at) {
  return json_list(at, [&](Index k) { return json_number(values[k]); });
}

/// Positions at which some period's number is out of the ordinary.
template <class Odd>
std::vector<Index> odd_positions(const std::vector<Period>& periods, std::vector<double> market::Numbers::*numbers,
                                 std::size_t size, Odd odd) {
  std::vector<Index> out;
  for (std::size_t k = 0; k < size; ++k)
    if (std::any_of(periods.begin(), periods.end(), [&](const Period& p) { return odd((p.numbers.*numbers)[k]); }))
      out.push_back(static_cast<Index>(k));
  return out;
}

std::string period_json(const Period& period, const Lists& lists, Index nodes) {
  const auto& n = period.numbers;
  std::string out =
      "{" + fmt::format("\"label\":{},\n \"c\":{}", json_text(period.label), json_list(n.cost, json_number));
  out += ",\n \"q\":" + picked(n.curvature, lists.curved) + ",\n \"u\":" + picked(n.upper, lists.bounded);
  if (!lists.wedged.empty()) out += ",\n \"w\":" + picked(n.wedge, lists.wedged);
  const std::span<const double> rhs(n.rhs);
  const auto node_part = rhs.first(static_cast<std::size_t>(nodes));
  const bool limits_only = std::all_of(node_part.begin(), node_part.end(), [](double b) { return b == 0; });
  out += limits_only ? ",\n \"group_b\":" + json_list(rhs.subspan(node_part.size()), json_number)
                     : ",\n \"b\":" + json_list(rhs, json_number);
  const auto& reference = period.reference;
  if (reference.objective) out += ",\n \"objective\":" + json_number(*reference.objective);
  if (!reference.price.empty()) out += ",\n \"duals\":" + json_list(reference.price, json_number);
  if (!reference.not_unique.empty()) out += ",\n \"nonunique\":" + index_list(reference.not_unique);
  return out + "}";
}

}  // namespace

std::string problems_json(const ProblemSequence& s) {
  const auto& t = s.topology;
  const auto cols = static_cast<std::size_t>(t.cols);
  const auto not_zero = [](double v) { return v != 0; };
  const Lists lists{
      odd_positions(s.periods, &market::Numbers::upper, cols, [](double v) { return v != market::kUnlimited; }),
      odd_positions(s.periods, &market::Numbers::curvature, cols, not_zero),
      odd_positions(s.periods, &market::Numbers::wedge, t.row_of.size(), not_zero)};
  std::string out = fmt::format("{{\"schema_version\":{},\n\"name\":{},\n\"nodes\":{},\"rows\":{},\"cols\":{},\n",
                                kProblemSchema, json_text(s.name), t.nodes, t.rows, t.cols);
  out +=
      "\"price_scale\":" + json_list(t.price_scale, json_number) + ",\n\"money_scale\":" + json_number(t.money_scale);
  out += ",\n\"colptr\":" + index_list(t.col_start) + ",\n\"rowidx\":" + index_list(t.row_of);
  out += ",\n\"coef\":" + json_list(t.coef, json_number);
  out += ",\n\"finite_u\":" + index_list(lists.bounded) + ",\n\"quad\":" + index_list(lists.curved);
  if (!lists.wedged.empty()) out += ",\n\"wedged\":" + index_list(lists.wedged);
  if (!s.row_names.empty()) out += ",\n\"row_names\":" + json_list(s.row_names, json_text);
  if (!s.column_names.empty()) out += ",\n\"column_names\":" + json_list(s.column_names, json_text);
  out += ",\n\"periods\":[";
  for (std::size_t k = 0; k < s.periods.size(); ++k)
    out += (k == 0 ? "\n" : ",\n") + period_json(s.periods[k], lists, t.nodes);
  return out + "\n]}\n";
}

}  // namespace lodestone::store
