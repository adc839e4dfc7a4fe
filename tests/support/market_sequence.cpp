#include "tests/support/market_sequence.hpp"

#include <algorithm>
#include <cmath>

#include "tests/support/dice.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market::test {
namespace {

constexpr double kPrice = 100;    // of the first product; each further stage costs half as much again
constexpr double kQuantity = 10;  // world demand over regions, of every product
constexpr int kDemandSteps = 4;

enum class Kind { supply, process, arc, release, purchase, demand };

struct Column {
  Kind kind;
  int region;   // where it happens; the origin of an arc
  double cost;  // at the outset
  double upper;
};

struct Shock {
  enum class What { ban, quotas, capacity } what;
  int region;
  double left;  // share of capacity
  int until;
};

class World {
 public:
  explicit World(const SequenceShape& shape)
      : shape_(shape),
        dice_(shape.seed),
        problem_(shape.regions * shape.products, limits(), 1, kQuantity * kPrice),
        region_cost_(static_cast<std::size_t>(shape.regions), 0.0) {
    for (int p = 0; p < shape.products; ++p) {
      for (int r = 0; r < shape.regions; ++r) problem_.topology.price_scale[node(r, p)] = price(p);
    }
    for (int k = 0; k < limits(); ++k) problem_.topology.price_scale[problem_.topology.nodes + k] = price(0);
    for (int p = 0; p < shape.products; ++p) fill(p);
    base_quota_.assign(static_cast<std::size_t>(limits()), 0.0);
    for (double& quota : base_quota_) quota = kQuantity * dice_.between(0.3, 1.5);
  }

  MarketSequence run() {
    MarketSequence out;
    for (int month = 0; month < shape_.months; ++month) out.months.push_back(next(month));
    out.topology = problem_.topology;
    return out;
  }

 private:
  // One quota per product, over a twentieth of its arcs.
  [[nodiscard]] int limits() const { return shape_.products; }
  [[nodiscard]] Index node(int region, int product) const { return product * shape_.regions + region; }
  [[nodiscard]] static double price(int product) { return kPrice * std::pow(1.5, product); }
  [[nodiscard]] double whole(double v) const { return shape_.ties ? std::round(v) : v; }

  void add(Kind kind, int region, std::vector<Entry> entries, double cost, double curvature, double upper) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.row < b.row; });
    problem_.add(entries, cost, curvature, upper);
    columns_.push_back({kind, region, cost, upper});
  }

  // A few regions hold most of it.
  double share(int region) { return (region < 1 + shape_.regions / 6 ? 6 : 1) * dice_.between(0.3, 1.0); }

  void fill(int p) {
    for (int r = 0; r < shape_.regions; ++r) {
      if (p == 0 && dice_.chance(0.7)) add_mines(r);
      if (p > 0) add_plants(r, p);
      add_stocks(r, p);
      if (p + 1 == shape_.products || dice_.chance(0.3)) add_demand(r, p);
    }
    for (int from = 0; from < shape_.regions; ++from) {
      for (int to = 0; to < shape_.regions; ++to) {
        if (from != to && dice_.chance(shape_.arcs)) add_arc(from, to, p);
      }
    }
  }

  void add_mines(int r) {
    const double size = share(r) * kQuantity;
    add(Kind::supply, r, {{node(r, 0), 1}}, whole(dice_.between(0.3, 0.7) * price(0)), 0, size);
    add(Kind::supply, r, {{node(r, 0), 1}}, whole(dice_.between(0.7, 1.1) * price(0)), 0.5 * price(0) / size, size);
  }

  void add_plants(int r, int p) {
    for (int vintage = 0; vintage < 2; ++vintage) {
      if (!dice_.chance(0.6)) continue;
      std::vector<Entry> entries{{node(r, p - 1), -1.05 - 0.1 * vintage}, {node(r, p), 1}};
      if (p == 2 && shape_.products >= 5) entries.push_back({node(r, 3), 0.1});                         // by-product,
      if (p + 1 == shape_.products && p >= 4) entries.push_back({node(r, 3 == p - 1 ? 2 : 3), -0.05});  // used here
      add(Kind::process, r, entries, whole(dice_.between(0.1, 0.3) * price(p)), 0, share(r) * kQuantity);
    }
  }

  void add_stocks(int r, int p) {
    const double size = dice_.between(0.05, 0.3) * kQuantity;
    add(Kind::release, r, {{node(r, p), 1}}, whole(1.15 * price(p)), 0.2 * price(p) / size, size);
    add(Kind::purchase, r, {{node(r, p), -1}}, -whole(0.85 * price(p)), 0.2 * price(p) / size, size);
  }

  void add_demand(int r, int p) {
    double choke = dice_.between(2, 4) * price(p);
    const double width = dice_.between(0.2, 0.6) * kQuantity / kDemandSteps;
    for (int step = 0; step < kDemandSteps; ++step) {
      const double next = choke * 0.7;
      const bool flat = step == 0;
      add(Kind::demand, r, {{node(r, p), -1}}, -whole(choke), flat ? 0 : (choke - next) / width, width);
      choke = next;
    }
  }

  void add_arc(int from, int to, int p) {
    const double tariff = dice_.chance(shape_.tariffs) ? dice_.between(0.05, 1.45) : 0.0;
    const double specific = dice_.chance(0.15) ? 0.1 * price(p) : 0.0;
    const double cost = shape_.ties ? 2 + from % 3 + to % 3 : dice_.between(0.02, 0.15) * price(p);
    std::vector<Entry> entries{{node(from, p), -1, tariff}, {node(to, p), 1}};
    if (dice_.chance(0.05)) entries.push_back({problem_.topology.nodes + p, -1});
    add(Kind::arc, from, entries, whole(cost + specific), 0, kUnlimited);
  }

  Numbers next(int month) {
    for (double& cost : region_cost_) cost = 0.95 * cost + 0.02 * dice_.normal();
    if (!shape_.ties) freight_ = 0.95 * freight_ + 0.02 * dice_.normal();
    growth_ *= 1.0025;
    std::erase_if(shocks_, [month](const Shock& shock) { return shock.until <= month; });
    if (dice_.chance(0.06)) begin_shock(month);
    Numbers out = problem_.numbers;
    for (std::size_t j = 0; j < columns_.size(); ++j) move(columns_[j], out.cost[j], out.upper[j]);
    double quotas = 1;
    for (const Shock& shock : shocks_) quotas *= shock.what == Shock::What::quotas ? 0.4 : 1;
    for (std::size_t k = 0; k < base_quota_.size(); ++k) {
      out.rhs[static_cast<std::size_t>(problem_.topology.nodes) + k] = -quotas * base_quota_[k];
    }
    return out;
  }

  void begin_shock(int month) {
    const auto what = static_cast<Shock::What>(dice_.below(3));
    shocks_.push_back({what, dice_.below(shape_.regions), dice_.between(0.1, 0.5), month + 4 + dice_.below(9)});
  }

  void move(const Column& column, double& cost, double& upper) {
    const bool makes = column.kind == Kind::supply || column.kind == Kind::process;
    if (makes && !shape_.ties) cost *= std::exp(region_cost_[static_cast<std::size_t>(column.region)]);
    if (column.kind == Kind::arc) cost *= std::exp(freight_);
    if (makes) upper *= growth_ * (1 + 0.002 * dice_.normal());
    if (column.kind == Kind::demand) upper *= growth_ * (1 + 0.01 * dice_.normal());
    if (column.kind == Kind::release || column.kind == Kind::purchase) upper *= dice_.between(0.5, 1.5);
    for (const Shock& shock : shocks_) {
      if (shock.region != column.region) continue;
      if (shock.what == Shock::What::ban && column.kind == Kind::arc) upper = 0;
      if (shock.what == Shock::What::capacity && makes) upper *= shock.left;
    }
  }

  SequenceShape shape_;
  Dice dice_;
  TinyProblem problem_;
  std::vector<Column> columns_;
  std::vector<double> base_quota_, region_cost_;
  double freight_ = 0, growth_ = 1;
  std::vector<Shock> shocks_;
};

}  // namespace

MarketSequence market_sequence(const SequenceShape& shape) {
  return World(shape).run();
}

}  // namespace lodestone::market::test
