// Stockpile release: a government sells from its stock.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/policy/kinds.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;
constexpr double kKilogramsPerTonne = 1000;

class StockpileRelease final : public Lever {
 public:
  StockpileRelease(LeverHead head, std::size_t stock, double quantity, double floor)
      : Lever(std::move(head)), stock_(stock), left_(quantity), floor_(floor) {}

  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<StockpileRelease>(*this); }

  void register_needs(const world::World& world, MarketNeeds& needs) override {
    const world::Stock& stock = world.stocks[stock_];
    same_stock_.clear();
    for (std::size_t r = 0; r < needs.releases.size(); ++r)
      if (needs.releases[r].product == stock.product && needs.releases[r].region == stock.region)
        same_stock_.push_back(r);
    release_ = needs.releases.size();
    needs.releases.push_back({head().id, stock.product, stock.region});
  }

  void apply(const world::World&, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    double in_store = state.stock[stock_];
    for (const std::size_t earlier : same_stock_) in_store -= rules.release[earlier];
    const double instalment = left_ / (head().end - state.month);
    rules.release[release_] = std::max(0.0, std::min(instalment, in_store));
    rules.release_floor[release_] = floor_;
  }

  void settle(const world::World&, const world::Equilibrium& equilibrium, base::Month month) override {
    if (in_force(month)) left_ = std::max(0.0, left_ - std::max(0.0, equilibrium.government_release[release_]));
  }

  [[nodiscard]] std::string status() const override { return fmt::format("left to sell {:.1f} t", left_); }

 private:
  std::size_t stock_;                    // of World::stocks
  double left_;                          // t still to be sold
  double floor_;                         // USD/t
  std::size_t release_ = 0;              // of this lever among the market's releases
  std::vector<std::size_t> same_stock_;  // releases of earlier levers from the same stock
};

std::size_t government_stock(const LeverHead& head, const world::World& world) {
  const auto wrong = [](const char* key, std::string found, std::string expected) {
    return WrongOptions({{key, std::move(found), std::move(expected), ""}});
  };
  if (head.products.size() != 1)
    throw wrong("products", fmt::format("{} products", head.products.size()), "one product: a release is of one stock");
  if (head.origins.size() != 1)
    throw wrong("origins", fmt::format("{} regions that release", head.origins.size()),
                "one region: a release is of one stock");
  std::vector<std::string> held;
  for (std::size_t s = 0; s < world.stocks.size(); ++s) {
    const world::Stock& stock = world.stocks[s];
    if (stock.holder != world::Holder::government || stock.region != head.origins.front()) continue;
    if (stock.product == head.products.front()) return s;
    held.push_back(world.products[stock.product.index()].id);
  }
  const std::string& region = world.regions[head.origins.front().index()].id;
  throw wrong("products",
              fmt::format("no government stock of {} in {}", world.products[head.products.front().index()].id, region),
              held.empty() ? "a region with government stocks" : fmt::format("one of {}", fmt::join(held, ", ")));
}

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const std::size_t stock = government_stock(head, world);
  const double quantity = values.number("quantity");
  if (quantity > world.stocks[stock].quantity)
    throw WrongOptions({{"quantity", fmt::format("quantity = {} t", quantity),
                         fmt::format("at most the {} t in store", world.stocks[stock].quantity), ""}});
  return std::make_unique<StockpileRelease>(std::move(head), stock, quantity,
                                            values.number("floor-price") * kKilogramsPerTonne);
}

}  // namespace

LeverKind stockpile_release_kind() {
  return {
      "stockpile-release",
      "A government sells a quantity from its stock, in equal instalments, not below a floor price.",
      "Each lever sells its own quantity; together they never sell more than is in store, the first in the file first.",
      Acts::on_stocks,
      {{"quantity", OptionType::number, "t", 0, 1e9, true, "", "what is sold from start to end, at most the stock"},
       {"floor-price", OptionType::number, "USD/kg", 0, 1e9, false, "0", "lowest price accepted"}},
      make,
      R"(With L what is left of `quantity` (t), S what is in store and n the months left, this one included:

- offered this month: `min(L / n, S)`; sold as far as buyers pay at least the floor price
- after the month: `L = L - sold`, `S = S - sold`; what found no buyer is spread over the months left

It is of one product and one region, which must hold a government stock of it in the dataset. It is sold at home and can be
re-exported from there like any other good. The government receives `price * sold`.)"};
}

}  // namespace lodestone::policy
