#include "tests/support/random_market.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/support/dice.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market::test {
namespace {

class Maker {
 public:
  explicit Maker(const MarketShape& shape)
      : shape_(shape),
        dice_(shape.seed),
        limits_(dice_.below(4)),
        nodes_(shape.regions * shape.products),
        out_(nodes_, limits_, 1, 1000) {}

  RandomMarket make() {
    choose_scales();
    for (int p = 0; p < shape_.products; ++p) {
      for (int r = 0; r < shape_.regions; ++r) fill_node(r, p);
    }
    add_limits();
    if (shape_.harsh) be_harsh();
    if (shape_.spread) change_units();
    return {std::move(out_.topology), std::move(out_.numbers)};
  }

 private:
  Index node(int region, int product) const { return product * shape_.regions + region; }
  double round(double v) const { return shape_.ties ? std::max(1.0, std::round(v)) : v; }
  double price(int p) const { return price_[static_cast<std::size_t>(p)]; }
  double quantity(int p) const { return quantity_[static_cast<std::size_t>(p)]; }

  void choose_scales() {
    for (int p = 0; p < shape_.products; ++p) {
      const double size = shape_.spread ? std::pow(10, -dice_.between(0, 6)) : 1;  // of the product's market
      price_.push_back(shape_.ties ? 20 * (p + 1) : 20 * std::pow(dice_.between(1, 3), p));
      quantity_.push_back(size * 1000 / price_.back());
      for (int r = 0; r < shape_.regions; ++r)
        out_.topology.price_scale[static_cast<std::size_t>(node(r, p))] = price(p);
    }
    for (Index i = nodes_; i < nodes_ + limits_; ++i) out_.topology.price_scale[static_cast<std::size_t>(i)] = price(0);
  }

  // Slope that moves a margin by `share` prices over one quantity; 0 for straight columns.
  double slope(int p, double share) {
    if (shape_.straight || shape_.ties || dice_.chance(0.25)) return 0;
    return dice_.between(0.3, 3) * share * price(p) / quantity(p);
  }
  double upper(int p, double chance_of_one) {
    if (!dice_.chance(chance_of_one)) return kUnlimited;
    return round(dice_.between(0.2, 2) * quantity(p));
  }
  double wedge(double chance, double low, double high) {
    return shape_.wedges && dice_.chance(chance) ? dice_.between(low, high) : 0;
  }

  void add(std::vector<Entry> entries, double cost, double curvature, double most) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.row < b.row; });
    out_.add(entries, cost, curvature, most);
  }

  void fill_node(int r, int p) {
    add_supply(r, p);
    if (p > 0) add_processes(r, p);
    add_arcs(r, p);
    add_stocks(r, p);
    add_demand(r, p);
    if (dice_.chance(0.1)) out_.numbers.rhs[static_cast<std::size_t>(node(r, p))] = -dice_.between(0, 1) * quantity(p);
  }

  void add_supply(int r, int p) {
    if (!dice_.chance(p == 0 ? 0.7 : 0.15)) return;
    double cost = dice_.between(0.2, 0.8) * price(p);
    const double royalty = wedge(0.3, -0.3, 0);
    for (int step = dice_.below(3); step >= 0; --step) {
      add({{node(r, p), 1, royalty}}, round(cost), slope(p, 0.5), upper(p, 0.9));
      cost += dice_.between(0.05, 0.5) * price(p);
    }
  }

  // One unit of what it costs about as much as, with a by-product now and then; sometimes with a second input.
  void add_processes(int r, int p) {
    for (int vintage = dice_.below(3); vintage > 0; --vintage) {
      const double input = shape_.ties ? 1 : dice_.between(0.5, 1.2) * price(p) / price(p - 1);
      std::vector<Entry> entries{{node(r, p - 1), -input}, {node(r, p), 1, wedge(0.2, -0.2, 0)}};
      if (p > 1 && dice_.chance(0.3)) {
        entries.push_back({node(r, p - 2), -dice_.between(0.01, 0.3) * price(p) / price(p - 2)});
      }
      for (int other = p + 1; other < shape_.products; ++other) {
        if (dice_.chance(0.4))
          entries.push_back({node(r, other), dice_.between(0.01, 1) * quantity(other) / quantity(p)});
      }
      add(entries, round(dice_.between(0.02, 0.3) * price(p)), slope(p, 0.2), upper(p, 0.6));
    }
  }

  void add_arcs(int r, int p) {
    for (int to = 0; to < shape_.regions; ++to) {
      if (to == r || !dice_.chance(0.6)) continue;
      // Whole numbers that add up over a hub: many routes at one cost.
      const double cost = shape_.ties ? 1 + r % 3 + to % 3 : dice_.between(0.01, 0.4) * price(p);
      add({{node(r, p), -1, wedge(0.6, 0, shape_.highest_tariff)}, {node(to, p), 1}}, cost, slope(p, 0.1),
          upper(p, 0.1));
    }
  }

  void add_stocks(int r, int p) {
    if (!dice_.chance(0.3)) return;
    const double value = dice_.between(0.6, 1.5) * price(p);
    add({{node(r, p), 1}}, round(value * 1.05), slope(p, 0.3), round(dice_.between(0.05, 0.5) * quantity(p)));
    add({{node(r, p), -1}}, -round(value * 0.95), slope(p, 0.3), round(dice_.between(0.05, 0.5) * quantity(p)));
  }

  void add_demand(int r, int p) {
    if (!dice_.chance(p + 1 == shape_.products ? 0.9 : 0.3)) return;
    const double vat = wedge(0.2, 0, 0.25);
    double choke = dice_.between(1.5, 8) * price(p);
    for (int step = dice_.below(5); step >= 0; --step) {
      const double width = round(dice_.between(0.1, 0.7) * quantity(p));
      const double next = choke * dice_.between(0.3, 0.9);
      const bool flat = shape_.straight || shape_.ties || dice_.chance(0.2);
      add({{node(r, p), -1, vat}}, -round(choke), flat ? 0 : (choke - next) / width,
          step == 0 && !flat && dice_.chance(0.5) ? kUnlimited : width);
      choke = next;
    }
  }

  // Each limit takes a random share of the columns; quotas of zero among them.
  void add_limits() {
    for (Index limit = 0; limit < limits_; ++limit) {
      const int p = dice_.below(shape_.products);
      const double share = dice_.between(0.05, 0.4);
      std::vector<bool> member(static_cast<std::size_t>(out_.topology.cols));
      for (std::size_t j = 0; j < member.size(); ++j)
        member[j] = first_row(j) / shape_.regions == p && dice_.chance(share);
      insert_row(nodes_ + limit, member);
      const bool shut = shape_.harsh && dice_.chance(0.4);
      out_.numbers.rhs[static_cast<std::size_t>(nodes_ + limit)] =
          shut ? 0 : -round(dice_.between(0.1, 1.5) * quantity(p));
    }
  }
  int first_row(std::size_t j) const {
    const Topology& t = out_.topology;
    return t.row_of[static_cast<std::size_t>(t.col_start[j])];
  }
  // Adds a coefficient of -1 (sometimes another) at the end of each member.
  void insert_row(Index row, const std::vector<bool>& member) {
    Topology old = out_.topology;
    std::vector<double> wedges = out_.numbers.wedge;
    Topology& t = out_.topology;
    t.row_of.clear(), t.coef.clear(), out_.numbers.wedge.clear();
    for (std::size_t j = 0; j < member.size(); ++j) {
      for (Index k = old.col_start[j]; k < old.col_start[j + 1]; ++k) {
        t.row_of.push_back(old.row_of[static_cast<std::size_t>(k)]);
        t.coef.push_back(old.coef[static_cast<std::size_t>(k)]);
        out_.numbers.wedge.push_back(wedges[static_cast<std::size_t>(k)]);
      }
      if (member[j]) {
        t.row_of.push_back(row);
        t.coef.push_back(dice_.chance(0.8) || shape_.ties ? -1 : -dice_.between(0.2, 2));
        out_.numbers.wedge.push_back(0);
      }
      t.col_start[j + 1] = t.nonzeros();
    }
  }

  void be_harsh() {
    const double banned = dice_.between(0, 0.4);
    const int cut_off = dice_.chance(0.3) ? dice_.below(shape_.regions) : -1;
    const bool no_demand = dice_.chance(0.08), no_supply = dice_.chance(0.08), nothing = dice_.chance(0.04);
    for (std::size_t j = 0; j < out_.numbers.upper.size(); ++j) {
      const bool demand = out_.numbers.cost[j] < 0;
      const Index last = out_.topology.row_of[static_cast<std::size_t>(out_.topology.col_start[j + 1] - 1)];
      const bool arc = last < nodes_ && first_row(j) / shape_.regions == last / shape_.regions && first_row(j) != last;
      const bool crosses = first_row(j) % shape_.regions == cut_off || last % shape_.regions == cut_off;
      const bool shut = dice_.chance(banned) || (arc && crosses) || (demand && no_demand) || (!demand && no_supply);
      if (shut || nothing) out_.numbers.upper[j] = 0;
    }
  }

  // Rows and columns in units of their own: the same market, with coefficients over nine orders of magnitude. The
  // typical prices that the solver is told are only about right.
  void change_units() {
    Topology& t = out_.topology;
    Numbers& n = out_.numbers;
    std::vector<double> row_unit;
    for (std::size_t i = 0; i < t.price_scale.size(); ++i) {
      row_unit.push_back(std::pow(10, dice_.between(-3, 3)));
      t.price_scale[i] *= dice_.between(0.3, 3) / row_unit[i];
      n.rhs[i] *= row_unit[i];
    }
    for (std::size_t j = 0; j < n.cost.size(); ++j) {
      const double unit = std::pow(10, dice_.between(-1.5, 1.5));
      for (Index k = t.col_start[j]; k < t.col_start[j + 1]; ++k) {
        t.coef[static_cast<std::size_t>(k)] *=
            unit * row_unit[static_cast<std::size_t>(t.row_of[static_cast<std::size_t>(k)])];
      }
      n.cost[j] *= unit;
      n.curvature[j] *= unit * unit;
      n.upper[j] /= unit;
    }
  }

  const MarketShape& shape_;
  Dice dice_;
  int limits_;
  Index nodes_;
  TinyProblem out_;
  std::vector<double> price_, quantity_;  // typical, by product
};

}  // namespace

RandomMarket random_market(const MarketShape& shape) {
  return Maker(shape).make();
}

MarketShape nth_shape(std::uint64_t k) {
  const auto flag = [k](int bit) { return (k >> bit & 1) != 0; };
  Dice dice(k + 77);
  return {.seed = k,
          .regions = 1 + dice.below(6),
          .products = 1 + dice.below(4),
          .straight = flag(0) && flag(5),
          .wedges = flag(1),
          .ties = flag(2) && flag(5),
          .spread = flag(3),
          .harsh = flag(4)};
}

Numbers next_month(const Topology& topology, const Numbers& base, const Numbers& last, std::uint64_t seed) {
  Dice dice(seed);
  Numbers out = last;
  const bool shock = dice.chance(0.2);
  for (std::size_t j = 0; j < out.cost.size(); ++j) {
    out.cost[j] = base.cost[j] * dice.between(0.97, 1.03);
    if (base.upper[j] < kUnlimited) out.upper[j] = base.upper[j] * dice.between(0.98, 1.02);
    if (shock && dice.chance(0.15)) out.upper[j] = 0;
  }
  for (std::size_t i = static_cast<std::size_t>(topology.nodes); i < out.rhs.size(); ++i) {
    out.rhs[i] = base.rhs[i] * (shock && dice.chance(0.3) ? 0.0 : dice.between(0.9, 1.1));
  }
  const bool tariffs = dice.chance(0.2);
  for (std::size_t k = 0; tariffs && k < out.wedge.size(); ++k) out.wedge[k] = base.wedge[k] * dice.between(0, 1);
  return out;
}

Numbers stressed_month(const Topology& t, const Numbers& base, int regions, std::uint64_t seed) {
  Dice dice(seed);
  Numbers out = base;
  const int cut_off = dice.below(regions);
  for (std::size_t j = 0; j < out.cost.size(); ++j) {
    out.cost[j] *= std::exp(0.4 * dice.normal());
    bool leaves = false, stays = false;  // goods of the region that is cut off, and goods of others
    for (Index k = t.col_start[j]; k < t.col_start[j + 1]; ++k) {
      const Index row = t.row_of[static_cast<std::size_t>(k)];
      if (row < t.nodes) (row % regions == cut_off ? leaves : stays) = true;
    }
    if (dice.chance(0.15) || (leaves && stays)) out.upper[j] = 0;
  }
  for (std::size_t i = static_cast<std::size_t>(t.nodes); i < out.rhs.size(); ++i) {
    if (dice.chance(0.3)) out.rhs[i] = 0;
  }
  return out;
}

Shuffled shuffle(const RandomMarket& market, std::uint64_t seed) {
  const Topology& t = market.topology;
  Dice dice(seed);
  const auto mix = [&dice](std::vector<Index>& v, Index first, Index last) {
    for (Index k = last - 1; k > first; --k) {
      std::swap(v[static_cast<std::size_t>(k)], v[static_cast<std::size_t>(first + dice.below(k - first + 1))]);
    }
  };
  Shuffled out;
  out.row_at.resize(static_cast<std::size_t>(t.rows));
  out.column_at.resize(static_cast<std::size_t>(t.cols));
  std::iota(out.row_at.begin(), out.row_at.end(), 0);
  std::iota(out.column_at.begin(), out.column_at.end(), 0);
  mix(out.row_at, 0, t.nodes);
  mix(out.row_at, t.nodes, t.rows);
  mix(out.column_at, 0, t.cols);
  std::vector<Index> original(out.column_at.size());
  for (std::size_t j = 0; j < original.size(); ++j)
    original[static_cast<std::size_t>(out.column_at[j])] = static_cast<Index>(j);

  TinyProblem shuffled(t.nodes, t.rows - t.nodes, 1, t.money_scale);
  for (std::size_t i = 0; i < out.row_at.size(); ++i) {
    const auto at = static_cast<std::size_t>(out.row_at[i]);
    shuffled.topology.price_scale[at] = t.price_scale[i];
    shuffled.numbers.rhs[at] = market.numbers.rhs[i];
  }
  for (const Index column : original) {
    const auto j = static_cast<std::size_t>(column);
    std::vector<Entry> entries;
    for (Index k = t.col_start[j]; k < t.col_start[j + 1]; ++k) {
      const auto e = static_cast<std::size_t>(k);
      entries.push_back({out.row_at[static_cast<std::size_t>(t.row_of[e])], t.coef[e], market.numbers.wedge[e]});
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.row < b.row; });
    shuffled.add(entries, market.numbers.cost[j], market.numbers.curvature[j], market.numbers.upper[j]);
  }
  out.market = {std::move(shuffled.topology), std::move(shuffled.numbers)};
  return out;
}

}  // namespace lodestone::market::test
