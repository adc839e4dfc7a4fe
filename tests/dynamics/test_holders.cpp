// Traders and speculators, by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/dynamics/one_node.hpp"

namespace lodestone::dynamics {
namespace {

/// The one node with a second stock.
world::World with_stock(world::Holder holder, double quantity, double room, double money) {
  auto world = one_node_world();
  world::Stock stock = world.stocks[0];
  stock.holder = holder;
  stock.quantity = quantity;
  stock.room = room;
  stock.money = money;
  world.stocks.push_back(stock);
  return world;
}

// Room for 10 t, nothing in store: the first trader buys at 950 (5 % below the expected price), the last at 650.
TEST(Traders, BuyWhatPaysItsKeeping) {
  const OneNode one(with_stock(world::Holder::commercial, 0, 10, 0));
  const auto& curve = one.state.stock_curve[1];
  EXPECT_EQ(purchase(curve, 1000), 0);
  EXPECT_EQ(purchase(curve, 950), 0);
  EXPECT_NEAR(purchase(curve, 800), 0.5 * 10 * (0.95 - 0.8) / 0.3, 1e-9);
  EXPECT_NEAR(purchase(curve, 650), 0.5 * 10, 1e-9);
  EXPECT_NEAR(purchase(curve, 100), 0.5 * 10, 1e-9) << "no more than there is room for";
}

// 4 t of 10 in store in the base year: they stay there at base prices, and are sold bit by bit up to 1,120.
TEST(Traders, SellInASpikeWhatTheyHeldInTheBaseYear) {
  OneNode one(with_stock(world::Holder::commercial, 4, 10, 0));
  EXPECT_NEAR(purchase(one.state.stock_curve[1], 1000), 0, 1e-9);
  EXPECT_NEAR(purchase(one.state.stock_curve[1], 1060), 0.5 * (10 * (1.12 - 1.06) / 0.3 - 4), 1e-9);
  EXPECT_NEAR(purchase(one.state.stock_curve[1], 2000), -0.5 * 4, 1e-9);
  one.month.stock_release[1] = 2;
  one.age();
  EXPECT_NEAR(one.state.stock[1], 2, 1e-12);
}

// Money for 10 t, no trend: nothing is bought, whatever the price.
TEST(Speculation, SleepsWithoutARise) {
  const OneNode one(with_stock(world::Holder::speculative, 0, 0, 10'000));
  EXPECT_EQ(purchase(one.state.stock_curve[1], 1000), 0);
  EXPECT_EQ(purchase(one.state.stock_curve[1], 10), 0);
}

// A price that rises by a third in a month: trend ln(4/3) / 3; gain 3 (trend - 0.02).
TEST(Speculation, BuysOnARiseAndNeverMoreThanItsMoney) {
  OneNode one(with_stock(world::Holder::speculative, 0, 0, 10'000));
  one.price(4000.0 / 3);
  one.age();
  const double trend = std::log(4.0 / 3) / 3;
  EXPECT_NEAR(one.state.speculation[1].trend, trend, 1e-12);
  const double most = 4000.0 / 3 * std::exp(3 * (trend - 0.02));
  const auto& curve = one.state.stock_curve[1];
  EXPECT_EQ(purchase(curve, most), 0);
  EXPECT_NEAR(purchase(curve, 0.5 * most), 0.25 * 10'000 / most, 1e-9);
  for (double price = 1; price < 2 * most; price *= 1.1)
    EXPECT_LE(price * purchase(curve, price), 0.25 * 10'000 + 1e-6) << price;
}

// 2 t for 3,000, sold a month later at 1,200: what is left of the money is what was not spent, plus the sale.
TEST(Speculation, MakesNoMoney) {
  OneNode one(with_stock(world::Holder::speculative, 0, 0, 10'000));
  one.price(1500);
  one.month.stock_release[1] = -2;
  one.age();
  EXPECT_DOUBLE_EQ(one.state.speculation[1].money, 7'000);
  EXPECT_DOUBLE_EQ(one.state.speculation[1].paid, 3'000);
  one.price(1200);
  one.month.stock_release[1] = 0.5;
  one.age();
  EXPECT_DOUBLE_EQ(one.state.speculation[1].money, 7'600);
  EXPECT_DOUBLE_EQ(one.state.speculation[1].paid, 2'250);
  EXPECT_DOUBLE_EQ(one.state.stock[1], 1.5);
}

// Worth less than 70 % of what was paid: a quarter must go, also at a price at which nobody would sell of his own will.
TEST(Speculation, MustSellWhenTheLossIsTooLarge) {
  OneNode one(with_stock(world::Holder::speculative, 0, 0, 10'000));
  one.price(1500);
  one.month.stock_release[1] = -2;
  one.age();
  one.month.stock_release[1] = 0;
  one.price(1400);
  one.age();
  EXPECT_GE(purchase(one.state.stock_curve[1], 700), 0) << "the trend is up: it holds or buys";
  one.price(1000);
  one.age();
  EXPECT_NEAR(purchase(one.state.stock_curve[1], 1000), -0.25 * 2, 1e-9);
  EXPECT_NEAR(purchase(one.state.stock_curve[1], 330), -0.25 * 2, 1e-9);
}

}  // namespace
}  // namespace lodestone::dynamics
