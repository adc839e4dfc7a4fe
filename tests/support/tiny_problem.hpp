// Problems small enough to be checked by hand, built column by column.
#pragma once

#include <string>
#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market::test {

struct Entry {
  Index row;
  double coef;
  double wedge = 0;
};

struct TinyProblem {
  Topology topology;
  Numbers numbers;

  explicit TinyProblem(Index nodes, Index limits = 0, double price_scale = 1, double money_scale = 1) {
    topology.nodes = nodes;
    topology.rows = nodes + limits;
    topology.col_start = {0};
    topology.price_scale.assign(static_cast<std::size_t>(topology.rows), price_scale);
    topology.money_scale = money_scale;
    numbers.rhs.assign(static_cast<std::size_t>(topology.rows), 0.0);
  }

  Index add(const std::vector<Entry>& entries, double cost, double curvature = 0, double upper = kUnlimited) {
    for (const Entry& e : entries) {
      topology.row_of.push_back(e.row);
      topology.coef.push_back(e.coef);
      numbers.wedge.push_back(e.wedge);
    }
    topology.col_start.push_back(topology.nonzeros());
    numbers.cost.push_back(cost);
    numbers.curvature.push_back(curvature);
    numbers.upper.push_back(upper);
    return topology.cols++;
  }
  Index supply(Index node, double cost, double slope, double upper = kUnlimited) {
    return add({{node, 1}}, cost, slope, upper);
  }
  /// Willing to pay `choke - slope x` for the x-th unit.
  Index demand(Index node, double choke, double slope, double upper = kUnlimited) {
    return add({{node, -1}}, -choke, slope, upper);
  }
  Index arc(Index from, Index to, double cost, double slope = 0, double tariff = 0) {
    return from < to ? add({{from, -1, tariff}, {to, 1}}, cost, slope)
                     : add({{to, 1}, {from, -1, tariff}}, cost, slope);
  }
};

}  // namespace lodestone::market::test
