// A solution read back into the words of the domain.
#include <algorithm>

#include "lodestone/world/month_market.hpp"

namespace lodestone::world {
namespace {

constexpr double kTurnover = 1e-9;  // of a node's quantity scale: less is no trade
constexpr double kAtBound = 1e-9;   // relative: so near to its limit a column stands at it
constexpr market::Quote kNoTrade{.traded = false, .bid = 0, .ask = market::kUnlimited};

double sum(const market::Solution& solution, market::Index first, market::Index end) {
  double total = 0;
  for (market::Index col = first; col < end; ++col) total += solution.activity[col];
  return total;
}

}  // namespace

// z_j = c_j + q_j x_j - sum_i M_ij (1 + w_ij) lambda_i: what one more unit loses.
double MonthMarket::reduced_cost(market::Index col, const market::Solution& solution) const {
  double z = numbers_.cost[col] + numbers_.curvature[col] * solution.activity[col];
  for (market::Index e = topology_.col_start[col]; e < topology_.col_start[col + 1]; ++e)
    z -= topology_.coef[e] * (1 + numbers_.wedge[e]) * solution.price[topology_.row_of[e]];
  return z;
}

void MonthMarket::read(const market::Solution& solution, Equilibrium& out) const {
  out.price.resize(world_->nodes());
  out.forward_price.resize(world_->nodes());
  for (std::size_t n = 0; n < world_->nodes(); ++n) {
    out.price[n] = node_row_[n] >= 0 ? solution.price[node_row_[n]] : 0.0;
    out.forward_price[n] = forward_row_[n] >= 0 ? solution.price[forward_row_[n]] : 0.0;
  }
  out.group_rent.assign(solution.price.begin() + topology_.nodes, solution.price.end());
  read_quotes(solution, out.quote);

  read_arcs(solution, out);
  read_evasion(solution, out);

  out.activity.resize(world_->facilities.size());
  out.capacity_rent.resize(world_->facilities.size());
  for (std::size_t f = 0; f < world_->facilities.size(); ++f) {
    const market::Index first = facility_col_[f], end = facility_col_[f + 1];
    out.activity[f] = sum(solution, first, end);
    const bool full = end > first && solution.activity[end - 1] >= numbers_.upper[end - 1] * (1 - kAtBound);
    out.capacity_rent[f] = full ? std::max(0.0, -reduced_cost(end - 1, solution)) : 0.0;
  }

  read_demand(solution, out);
  read_licences(out);

  out.stock_release.resize(world_->stocks.size());
  for (std::size_t h = 0; h < world_->stocks.size(); ++h)
    out.stock_release[h] = stock_limit_[h] - sum(solution, stock_col_[h], stock_col_[h + 1]);

  out.government_release.resize(releases_.size());
  for (std::size_t r = 0; r < releases_.size(); ++r)
    out.government_release[r] = (releases_[r].buys ? -1 : 1) * solution.activity[release_col_[r]];
}

// Rents are what a limit is worth to goods without a contract. A promise is kept at a loss of up to its damages.
void MonthMarket::read_arcs(const market::Solution& solution, Equilibrium& out) const {
  for (auto* list : {&out.arc_flow, &out.arc_rent, &out.arc_fob, &out.arc_promised, &out.arc_claim})
    list->resize(world_->arcs.size());
  for (std::size_t a = 0; a < world_->arcs.size(); ++a) {
    const Arc& arc = world_->arcs[a];
    const market::Index col = arc_col_[a];
    const bool contracts = arc_col_[a + 1] - col > 1;
    const double spot = solution.activity[col], loss = reduced_cost(col, solution);
    out.arc_promised[a] = contracts ? solution.activity[col + 1] : 0.0;
    out.arc_flow[a] = spot + out.arc_promised[a];
    const double limit = numbers_.upper[col] + promised_[a];
    out.arc_rent[a] = out.arc_flow[a] >= limit * (1 - kAtBound) ? std::max(0.0, -loss) : 0.0;
    double rents = 0;
    for (const std::size_t l : arc_limits_[a]) rents += out.group_rent[l];
    out.arc_fob[a] = export_factor_[a] * out.price[world_->node(arc.product, arc.from)] + rents / import_factor_[a];
    out.arc_claim[a] = 0;
    if (contracts && out.arc_promised[a] > 0 && spot <= kAtBound * out.arc_flow[a]) {
      const double damages = numbers_.cost[col] - numbers_.cost[col + 1] - numbers_.curvature[col] * promised_[a];
      out.arc_claim[a] = std::clamp(loss, 0.0, damages);
    }
  }
}

// Of forward rows only prices are reported. Rows of nodes come first, in the order of the nodes, and no node has a row
// above its own number: from behind, every quote moves to its node before its place is needed.
void MonthMarket::read_quotes(const market::Solution& solution, std::vector<market::Quote>& out) const {
  market::quote_nodes(topology_, numbers_, solution, kTurnover, out);
  out.resize(std::max(world_->nodes(), static_cast<std::size_t>(topology_.rows)));
  for (std::size_t n = world_->nodes(); n-- > 0;) out[n] = node_row_[n] >= 0 ? out[row_of(n)] : kNoTrade;
  out.resize(world_->nodes());
}

// A piece is shared out by what each segment's own curve puts into it; of the highest, holders of licences are served
// first.
void MonthMarket::read_demand(const market::Solution& solution, Equilibrium& out) const {
  out.consumption.assign(world_->segments.size(), 0.0);
  for (std::size_t c = 0; c < demand_.size(); ++c) {
    const DemandCurve& curve = demand_[c];
    market::Index col = demand_col_[c];
    for (std::size_t k = curve.pieces(); k-- > 0; ++col) {
      const double used = solution.activity[col];
      if (!(used > 0)) continue;
      double licensed = 0;
      if (k + 1 == curve.pieces())
        for (const SegmentId s : curve.segments) licensed += licensed_width_[s.index()];
      const double first = std::min(used, licensed), rest = numbers_.upper[col] - licensed;
      for (std::size_t s = 0; s < curve.segments.size(); ++s) {
        const std::size_t segment = curve.segments[s].index();
        if (first > 0) out.consumption[segment] += first / licensed * licensed_width_[segment];
        if (used > first) out.consumption[segment] += (used - first) / rest * spot_level_[segment] * curve.width(s, k);
      }
    }
  }
}

MonthMarket::LandedCost MonthMarket::landed_cost(ArcId id, const Equilibrium& equilibrium, const State& state,
                                                 const Rules& rules) const {
  const std::size_t a = id.index();
  const Arc& arc = world_->arcs[a];
  LandedCost cost{};
  cost.origin_price = equilibrium.price[world_->node(arc.product, arc.from)];
  cost.export_vat = arc.export_vat * cost.origin_price;
  cost.export_tax = rules.arc_export_tax[a] * cost.origin_price;
  cost.freight = arc.freight;
  cost.import_tariff = (arc.base_tariff + rules.arc_import_tariff[a]) *
                       (cost.origin_price + cost.export_vat + cost.export_tax + cost.freight);
  cost.wedge = wedge_now(arc, std::max(state.qualified[a], rules.arc_recognised[a])) + friction_of(state, a);
  cost.switching = arc.switching * (equilibrium.arc_flow[a] - state.usual_flow[a]);
  cost.limit_rent = equilibrium.arc_rent[a];
  for (const std::size_t l : arc_limits_[a]) cost.group_rent += equilibrium.group_rent[l];
  cost.claim = equilibrium.arc_claim[a];
  const std::size_t to = world_->node(arc.product, arc.to);
  cost.destination_value = arc.lag > 0 ? equilibrium.forward_price[to] : equilibrium.price[to];
  return cost;
}

}  // namespace lodestone::world
