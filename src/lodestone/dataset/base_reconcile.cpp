// All figures of the base year moved together, as little as their errors allow, until every node balances.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lodestone/dataset/base_parts.hpp"
#include "lodestone/dataset/least_squares.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kFarthest = 5;        // standard errors: an output does not fall by more, and stays above ...
constexpr double kLeastOutput = 0.05;  // ... this share of its figure
constexpr double kLeastTotal = 0.75;   // of world demand: what stays of it in any case
constexpr double kMostLost = 0.7;      // of a region's usual demand: the most that its share may fall by

constexpr double kRounding = 1e-9;  // relative: a plant as full as this is full, and stays so

// Which routes may carry flows that no source names: from regions that have something over by the stated figures to
// those that lack something, or any.
enum class Routes { direct, any };

// What each node has over by the stated figures; rounding is nothing.
std::vector<double> stated_excess(const BaseYear& base) {
  const auto& world = base.world;
  std::vector<double> in = base.made, out = base.processed;
  for (const auto& segment : world.segments) out[world.node(segment.product, segment.region)] += segment.base_quantity;
  for (std::size_t a = 0; a < world.arcs.size(); ++a) {
    if (base.known[a] == nullptr) continue;
    out[world.node(world.arcs[a].product, world.arcs[a].from)] += base.known[a]->flow;
    in[world.node(world.arcs[a].product, world.arcs[a].to)] += base.known[a]->flow;
  }
  for (std::size_t n = 0; n < in.size(); ++n) {
    const double left = in[n] - out[n];
    in[n] = std::abs(left) > kRounding * std::max(in[n], out[n]) ? left : 0;
  }
  return in;
}

// Facilities, demand, flows and surpluses as unknowns. The sums are node balances; and, per product, what the shares of
// demand are off by, which adds up to nothing.
class Reconciliation {
 public:
  Reconciliation(BaseYear& base, Routes routes) : base_(base), world_(base.world), sum_of_(world_.nodes(), kNone) {
    add_facilities();
    off_.assign(world_.nodes(), kNone);
    for (std::size_t p = 0; p < world_.products.size(); ++p) add_demand(world::ProductId(p));
    add_flows(routes);
    for (std::size_t p = 0; p < world_.products.size(); ++p) add_surpluses(world::ProductId(p));
  }

  // Puts the solution into the world; false when there is none.
  bool run() {
    const auto solved = least_squares(problem_);
    if (!solved) return false;
    values_ = *solved;
    for (std::size_t f = 0; f < world_.facilities.size(); ++f) {
      auto& facility = world_.facilities[f];
      const bool full = base_.stated_activity[f] >= facility.capacity * (1 - kRounding);
      if (facility_[f] != kNone) facility.base_activity = values_[facility_[f]];
      if (full || facility.base_activity > facility.capacity) facility.capacity = facility.base_activity;
    }
    set_demand();
    for (std::size_t a = 0; a < world_.arcs.size(); ++a)
      if (base_.known[a] != nullptr) world_.arcs[a].base_flow = flow_[a] == kNone ? 0 : values_[flow_[a]];
    return true;
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  BaseYear& base_;
  world::World& world_;
  LeastSquares problem_;
  std::vector<double> values_;
  std::vector<std::size_t> sum_of_;           // per node
  std::vector<std::size_t> facility_, flow_;  // to unknowns
  std::vector<std::size_t> total_;            // per product: world demand
  std::vector<std::size_t> off_;              // per node: how far demand is off its part of the total

  std::size_t sum(world::ProductId product, world::RegionId region) {
    std::size_t& sum = sum_of_[world_.node(product, region)];
    if (sum == kNone) {
      sum = problem_.sums.size();
      problem_.sums.push_back(0);
    }
    return sum;
  }

  std::size_t add(Unknown unknown) {
    problem_.unknowns.push_back(std::move(unknown));
    return problem_.unknowns.size() - 1;
  }

  void add_facilities() {
    facility_.assign(world_.facilities.size(), kNone);
    for (std::size_t f = 0; f < world_.facilities.size(); ++f) {
      const auto& facility = world_.facilities[f];
      const double stated = base_.stated_activity[f];
      if (!(stated > 0)) continue;
      const auto& process = world_.processes[facility.process.index()];
      const double error = relative_error(facility.provenance.confidence);
      Unknown unknown{stated, error * stated, stated * std::max(kLeastOutput, 1 - kFarthest * error), {}};
      for (const auto& item : process.outputs)
        unknown.terms.push_back({sum(item.product, facility.region), item.amount});
      for (const auto& item : process.inputs)
        unknown.terms.push_back({sum(item.product, facility.region), -item.amount});
      facility_[f] = add(std::move(unknown));
    }
  }

  // A region uses its part of the total, and what its share is off by. The latter add up to nothing: uncertain shares
  // say nothing about the total. The bounds keep every region's demand above 0.
  void add_demand(world::ProductId product) {
    const auto& demand = base_.demand[product.index()];
    const auto shares = demand_shares(base_, product);
    total_.push_back(kNone);
    if (!(demand.stated > 0) || shares.empty()) return;
    const double least = demand.left > 0 ? std::min(demand.stated, demand.left) : demand.stated;
    Unknown total{demand.stated, demand.error, kLeastTotal * least, {}};
    for (const auto& share : shares) total.terms.push_back({sum(product, share.region), -share.part});
    total_.back() = add(std::move(total));
    const std::size_t nothing = problem_.sums.size();
    problem_.sums.push_back(0);
    for (const auto& share : shares) {
      Unknown off{0, share.error * share.part * demand.stated, -kMostLost * share.part * least, {}};
      off.terms = {{sum(product, share.region), -1}, {nothing, 1}};
      off_[world_.node(product, share.region)] = add(std::move(off));
    }
  }

  // Nothing is known of flows that no source names; a source that names a flow of 0 closes the route.
  void add_flows(Routes routes) {
    flow_.assign(world_.arcs.size(), kNone);
    const auto excess = stated_excess(base_);
    for (std::size_t a = 0; a < world_.arcs.size(); ++a) {
      const auto& arc = world_.arcs[a];
      const TradeRow* known = base_.known[a];
      const bool direct =
          excess[world_.node(arc.product, arc.from)] > 0 && excess[world_.node(arc.product, arc.to)] < 0;
      if (known != nullptr ? known->flow == 0 : routes == Routes::direct && !direct) continue;
      Unknown unknown{.terms = {{sum(arc.product, arc.from), -1}, {sum(arc.product, arc.to), 1}}};
      if (known != nullptr) {
        unknown.stated = known->flow;
        unknown.error = relative_error(known->provenance.confidence) * known->flow;
      }
      flow_[a] = add(std::move(unknown));
    }
  }

  // Where more is made than anybody wants, any maker may have it left.
  void add_surpluses(world::ProductId product) {
    if (!(base_.demand[product.index()].surplus > 0)) return;
    for (std::size_t r = 0; r < world_.regions.size(); ++r)
      if (base_.made[world_.node(product, world::RegionId(r))] > 0)
        add({.terms = {{sum(product, world::RegionId(r)), -1}}});
  }

  void set_demand() {
    std::vector<double> before(world_.nodes(), 0.0);
    for (const auto& segment : world_.segments)
      before[world_.node(segment.product, segment.region)] += segment.base_quantity;
    for (std::size_t p = 0; p < total_.size(); ++p) {
      if (total_[p] == kNone) continue;
      for (const auto& share : demand_shares(base_, world::ProductId(p))) {
        const std::size_t n = world_.node(world::ProductId(p), share.region);
        base_.consumed[n] = share.part * values_[total_[p]] + values_[off_[n]];
      }
    }
    for (auto& segment : world_.segments) {
      const std::size_t n = world_.node(segment.product, segment.region);
      if (base_.consumed[n] != before[n]) segment.base_quantity *= base_.consumed[n] / before[n];
    }
  }
};

}  // namespace

double relative_error(world::Confidence confidence) {
  constexpr std::array kError{0.03, 0.1, 0.25, 0.5};  // high, medium, low, assumed
  return kError[static_cast<std::size_t>(confidence)];
}

bool reconcile(BaseYear& base) {
  if (!Reconciliation(base, Routes::direct).run() && !Reconciliation(base, Routes::any).run()) return false;
  count_quantities(base);
  return true;
}

}  // namespace lodestone::dataset
