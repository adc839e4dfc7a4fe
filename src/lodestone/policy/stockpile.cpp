// Stockpile: a government buys for its stock up to a target while prices are low, and sells when trade is refused or
// prices are high.
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

struct StockpileRule {
  double target;         // months of usual use at home
  double ceiling;        // USD/t, highest price paid
  double trigger;        // USD/t, sold from here on; kUnlimited: only while trade is refused
  double fill_months;    // months to fill it from nothing
  double release_share;  // of what is in store, most that is sold in a month
  double rationed_from;  // share of usual use that is refused: from here on it is sold
};

class Stockpile final : public Lever {
 public:
  Stockpile(LeverHead head, GovernmentStock stock, const StockpileRule& rule)
      : Lever(std::move(head)), stock_(std::move(stock)), rule_(rule) {}

  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<Stockpile>(*this); }

  void register_needs(const world::World& world, MarketNeeds& needs) override {
    release_ = stock_.register_release(world, head().id, needs);
    purchase_ = stock_.register_purchase(world, head().id + ", purchases", needs);
    const world::Stock& own = stock_.stock(world);
    routes_.clear();
    for (std::size_t a = 0; a < world.arcs.size(); ++a)
      if (world.arcs[a].product == own.product && world.arcs[a].to == own.region) routes_.push_back(a);
  }

  void apply(const world::World& world, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    const world::Stock& own = stock_.stock(world);
    const double use = state.usual_use[world.node(own.product, own.region)];
    const double target = rule_.target * use;
    in_store_ = stock_.in_store(state, rules);
    rationed_ = refused(state) > rule_.rationed_from * use;
    const bool sells_by_price = rule_.trigger < market::kUnlimited;
    rules.release[release_] = rationed_ || sells_by_price ? std::max(0.0, rule_.release_share * in_store_) : 0.0;
    rules.release_floor[release_] = rationed_ || !sells_by_price ? rule_.ceiling : rule_.trigger;
    rules.release[purchase_] = rationed_ ? 0.0 : std::clamp(target - in_store_, 0.0, target / rule_.fill_months);
    rules.release_floor[purchase_] = rule_.ceiling;
  }

  void settle(const world::World&, const world::Equilibrium& equilibrium, base::Month month) override {
    if (!in_force(month)) return;
    bought_ -= equilibrium.government_release[purchase_];
    sold_ += equilibrium.government_release[release_];
  }

  [[nodiscard]] std::string status() const override {
    return fmt::format("bought {:.1f} t, sold {:.1f} t{}", bought_, sold_, rationed_ ? "; trade is refused" : "");
  }

 private:
  /// t of usual trade to the region that governments did not let pass last month.
  [[nodiscard]] double refused(const world::State& state) const {
    double sum = 0;
    for (const std::size_t a : routes_) sum += state.refused[a];
    return sum;
  }

  GovernmentStock stock_;
  StockpileRule rule_;
  std::size_t release_ = 0, purchase_ = 0;       // among the market's releases
  std::vector<std::size_t> routes_;              // arcs into the region
  double in_store_ = 0, bought_ = 0, sold_ = 0;  // t
  bool rationed_ = false;
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const StockpileRule rule{
      values.number("target"),
      values.number("ceiling-price") * kKilogramsPerTonne,
      values.has("trigger-price") ? values.number("trigger-price") * kKilogramsPerTonne : market::kUnlimited,
      static_cast<double>(values.integer("fill-months")),
      values.number("release-share"),
      values.number("rationed-from")};
  if (rule.trigger <= rule.ceiling)
    throw WrongOptions(
        {{"trigger-price", fmt::format("trigger-price = {} USD/kg", rule.trigger / kKilogramsPerTonne),
          fmt::format("more than the ceiling-price of {} USD/kg", rule.ceiling / kKilogramsPerTonne), ""}});
  GovernmentStock stock(head, world);
  return std::make_unique<Stockpile>(std::move(head), std::move(stock), rule);
}

std::vector<base::OptionSpec> options() {
  return {{"target", OptionType::number, "months", 0, 120, true, "", "months of usual use at home that it should hold"},
          {"ceiling-price", OptionType::number, "USD/kg", 0, 1e9, true, "", "highest price that it pays"},
          {"trigger-price", OptionType::number, "USD/kg", 0, 1e9, false, "",
           "price from which it sells, above the ceiling; not given: only while trade is refused"},
          {"fill-months", OptionType::integer, "months", 1, 240, false, "24",
           "months that filling it from nothing takes at least"},
          {"release-share", OptionType::number, "share", 0, 1, false, "0.2",
           "most that it sells in a month, of what is in store"},
          {"rationed-from", OptionType::number, "share", 0, 1, false, "0.1",
           "refused trade over usual use from which it sells"}};
}

}  // namespace

LeverKind stockpile_kind() {
  return {
      "stockpile",
      "A standing rule for a government's stock: it buys up to a target below a ceiling price, and sells when trade is "
      "refused or above a trigger price.",
      "Each lever buys and sells by its own rule; together they never sell more than is in store, the first in the "
      "file "
      "first.",
      Acts::on_stocks,
      options(),
      make,
      R"(With S what is in store (t), U usual use at home (final and by plants, t a month), R the usual trade into the region that
governments refused last month (t):

- while `R > rationed-from * U`: offers `release-share * S`, not below the ceiling price; buys nothing
- otherwise: offers as much from the trigger price on, and buys `min(target * U - S, target * U / fill-months)` at no more than the
  ceiling price

It is of one product and one region, which must hold a government stock of it in the dataset (0 t will do). The government pays and
receives the price of the month. A stock that is bought raises the price at home like any other use; sold under a licence, it stands
in for what is refused. The defaults are assumptions.)",
      "what is bought, less what is sold, in the account of governments",
      R"(actor = "JPN"
products = ["dysprosium-oxide"]
target = 2
ceiling-price = 400
)"};
}

}  // namespace lodestone::policy
