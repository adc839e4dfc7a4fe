// Runs a future and checks, month by month, what must hold in every one of them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "lodestone/dataset/dataset.hpp"
#include "lodestone/simulation/future.hpp"

namespace lodestone::simulation {

inline world::World toy_world() {
  return dataset::load(std::string(LODESTONE_SOURCE_DIR) + "/tests/insight/toy");
}

/// Adds a stock of a product in a region: `months` of its working stock's use, in store (government), room (commercial)
/// or money (speculative).
inline void add_holder(world::World& world, const char* product, const char* region, world::Holder holder,
                       double months) {
  for (const auto& stock : world.stocks) {
    if (stock.holder != world::Holder::working || stock.product != world.find_product(product) ||
        stock.region != world.find_region(region))
      continue;
    world::Stock more = stock;
    more.holder = holder;
    const double covered = months * stock.quantity / stock.cover;
    more.cover = months;
    more.quantity = holder == world::Holder::government ? covered : 0;
    more.room = holder == world::Holder::commercial ? covered : 0;
    more.money =
        holder == world::Holder::speculative ? covered * world.base_price[world.node(stock.product, stock.region)] : 0;
    world.stocks.push_back(more);
    return;
  }
  ADD_FAILURE() << "no working stock of " << product << " in " << region;
}

/// The toy with every kind of holder of the oxide, at home and abroad.
inline world::World toy_with_all_holders() {
  auto world = toy_world();
  for (const char* region : {"HOM", "OTH"}) {
    add_holder(world, "dy-oxide", region, world::Holder::commercial, 2);
    add_holder(world, "dy-oxide", region, world::Holder::speculative, 1);
    add_holder(world, "dy-oxide", region, world::Holder::government, 1);
  }
  return world;
}

/// Worst violations over a run, and the prices of every month.
class Watch final : public Sink {
 public:
  double certificate = 0, money = 0, mass_at_nodes = 0, mass_in_stocks = 0, mass_under_way = 0, below_bounds = 0,
         above_bounds = 0;
  double spent = 0;                           // USD: most that speculators spent beyond what they had
  std::vector<double> bets;                   // per month: USD that speculators have left
  std::vector<std::vector<double>> in_store;  // per month, per World::stocks, t at its end
  std::vector<std::vector<double>> prices;    // per month, per node; NaN where nothing was traded
  std::vector<double> carried;                // per month, t on all routes
  std::vector<double> evaded;                 // per month, t past restrictions
  std::vector<Accounts> accounts;

  void month(const MonthRecord& record) override {
    const auto& eq = record.equilibrium;
    certificate = std::max(certificate, eq.certificate.worst());
    mass_at_nodes = std::max(mass_at_nodes, record.mass.worst_node);
    mass_in_stocks = std::max(mass_in_stocks, record.mass.worst_stock);
    keep_money(record.accounts);
    keep_bounds(record);
    keep_transit(record);
    keep_bets(record);
    in_store.push_back(record.stock_after);
    prices.push_back(eq.price);
    for (std::size_t n = 0; n < prices.back().size(); ++n)
      if (!eq.quote[n].traded) prices.back()[n] = std::nan("");
    double flow = 0;
    for (const double f : eq.arc_flow) flow += f;
    carried.push_back(flow);
    flow = 0;
    for (const double f : eq.evaded_flow) flow += f;
    evaded.push_back(flow);
  }

  void expect_sound() const {
    EXPECT_LE(certificate, market::kTolerance);
    EXPECT_LE(money, 1e-7);
    EXPECT_LE(mass_at_nodes, 1e-6);
    EXPECT_LE(mass_in_stocks, 1e-6);
    EXPECT_LE(mass_under_way, 1e-9);
    EXPECT_LE(spent, 1e-6);
    EXPECT_LE(below_bounds, 1e-9);
    EXPECT_LE(above_bounds, 1e-7);
  }

 private:
  void keep_money(const Accounts& a) {
    accounts.push_back(a);
    const double turned_over = std::abs(a.consumers) + std::abs(a.producers) + std::abs(a.traders) + 1;
    money = std::max(money, std::abs(a.imbalance) / turned_over);
  }

  void keep_bounds(const MonthRecord& record) {
    const auto& eq = record.equilibrium;
    for (std::size_t a = 0; a < eq.arc_flow.size(); ++a) {
      below_bounds = std::max({below_bounds, -eq.arc_flow[a], -eq.evaded_flow[a]});
      above_bounds = std::max(above_bounds, eq.evaded_flow[a] - record.before.evasion[a].capacity);
      above_bounds = std::max(above_bounds, (eq.arc_flow[a] - record.rules.arc_limit[a]));
    }
    for (std::size_t f = 0; f < eq.activity.size(); ++f) {
      below_bounds = std::max(below_bounds, -eq.activity[f]);
      above_bounds = std::max(above_bounds, eq.activity[f] - record.before.capacity[f]);
    }
    for (const double c : eq.consumption) below_bounds = std::max(below_bounds, -c);
    for (const double s : record.stock_after) below_bounds = std::max(below_bounds, -s);
    for (std::size_t l = 0; l < record.market.limits().size(); ++l) {
      double used = 0;
      for (const auto arc : record.market.limits()[l].arcs) used += eq.arc_flow[arc.index()];
      above_bounds = std::max(above_bounds, used - record.rules.group_limit[l]);
    }
    for (std::size_t r = 0; r < eq.government_release.size(); ++r)
      above_bounds = std::max(above_bounds, std::abs(eq.government_release[r]) - record.rules.release[r]);
  }

  /// Nobody buys with money that he does not have, and money moves by sales alone.
  void keep_bets(const MonthRecord& record) {
    double left = 0;
    for (std::size_t h = 0; h < record.world.stocks.size(); ++h) {
      const auto& stock = record.world.stocks[h];
      if (stock.holder != world::Holder::speculative) continue;
      const double price = record.equilibrium.price[record.world.node(stock.product, stock.region)];
      const double before = record.before.speculation[h].money;
      const double after = before + price * record.equilibrium.stock_release[h];
      spent = std::max(spent, -after / std::max(stock.money, 1.0));
      left += after;
    }
    bets.push_back(left);
  }

  /// What was under way, plus what entered, less what arrived, is under way a month later.
  void keep_transit(const MonthRecord& record) {
    double under_way = 0;
    for (std::size_t a = 0; a < record.world.arcs.size(); ++a) under_way += record.before.at_sea.under_way(a);
    if (expected_under_way_ >= 0)
      mass_under_way = std::max(mass_under_way, std::abs(under_way - expected_under_way_) / std::max(under_way, 1.0));
    expected_under_way_ = under_way;
    for (std::size_t a = 0; a < record.world.arcs.size(); ++a)
      if (record.world.arcs[a].lag > 0)
        expected_under_way_ +=
            record.equilibrium.arc_flow[a] + record.equilibrium.evaded_flow[a] - record.before.at_sea.arriving(a);
  }

  double expected_under_way_ = -1;
};

}  // namespace lodestone::simulation
