// Stockpile release: a government sells from its stock.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/government_stock.hpp"
#include "lodestone/policy/kinds.hpp"

namespace lodestone::policy {
namespace {

using base::kKilogramsPerTonne;
using base::OptionType;

class StockpileRelease final : public Lever {
 public:
  StockpileRelease(LeverHead head, GovernmentStock stock, double quantity, double floor)
      : Lever(std::move(head)), stock_(std::move(stock)), left_(quantity), floor_(floor) {}

  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<StockpileRelease>(*this); }

  void register_needs(const world::World& world, MarketNeeds& needs) override {
    release_ = stock_.register_release(world, head().id, needs);
  }

  void apply(const world::World&, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    const double instalment = left_ / (head().end - state.month);
    rules.release[release_] = std::max(0.0, std::min(instalment, stock_.in_store(state, rules)));
    rules.release_floor[release_] = floor_;
  }

  void settle(const world::World&, const world::Equilibrium& equilibrium, base::Month month) override {
    if (in_force(month)) left_ = std::max(0.0, left_ - std::max(0.0, equilibrium.government_release[release_]));
  }

  [[nodiscard]] std::string status() const override { return fmt::format("left to sell {:.1f} t", left_); }

 private:
  GovernmentStock stock_;
  double left_;              // t still to be sold
  double floor_;             // USD/t
  std::size_t release_ = 0;  // of this lever among the market's releases
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  GovernmentStock stock(head, world);
  const double quantity = values.number("quantity");
  if (quantity > stock.stock(world).quantity)
    throw WrongOptions({{"quantity", fmt::format("quantity = {} t", quantity),
                         fmt::format("at most the {} t in store", stock.stock(world).quantity), ""}});
  return std::make_unique<StockpileRelease>(std::move(head), std::move(stock), quantity,
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
re-exported from there like any other good. The government receives `price * sold`.)",
      "none; sales are income, in the account of governments",
      R"(actor = "USA"
products = ["dysprosium-oxide"]
quantity = 0.1
)"};
}

}  // namespace lodestone::policy
