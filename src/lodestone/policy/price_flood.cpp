// Price flood: a government has its plants and its store sell below cost, up to a loss.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/government_stock.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::kMillion;
using base::OptionType;

struct Terms {
  double cut = 0;    // of the price when it begins
  double limit = 0;  // USD
  double sales = 0;  // t per month from the store
};

class PriceFlood final : public Lever {
 public:
  PriceFlood(LeverHead head, const world::World& world, const std::vector<std::size_t>& plants,
             std::optional<GovernmentStock> store, const Terms& terms)
      : Lever(std::move(head)), terms_(terms), store_(std::move(store)) {
    for (const std::size_t f : plants)
      if (world.facilities[f].capacity > 0) plants_.push_back({f, 0});
    routes_ = targeted_arcs(world, this->head());
    find_rivals(world);
  }
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<PriceFlood>(*this); }

  void register_needs(const world::World& world, MarketNeeds& needs) override {
    needs.offers += plants_.size();
    if (store_) release_ = store_->register_release(world, head().id, needs);
  }

  // Buyers wait for goods that will be cheaper, at home and where they are shipped to.
  void foresee(const world::World& world, const world::State& state, double chance,
               std::vector<double>& rise) const override {
    for (const auto product : head().products)
      for (const auto region : head().origins) rise[world.node(product, region)] -= chance * terms_.cut;
    for (const auto id : routes_) {
      const auto& arc = world.arcs[id.index()];
      rise[world.node(arc.product, arc.to)] -= chance * terms_.cut * share_of_supply(world, state, id);
    }
  }

  // Those who pay for projects elsewhere see the prices that it would leave them.
  void foreshadow(double chance, world::Rules& rules) const override {
    for (const Rival& rival : rivals_)
      rules.plant_rules[rival.facility].price_cut -= chance * rival.share * std::log(1 - terms_.cut);
  }

  // It ends before the month that could lose more than is left, so that the limit holds whatever plants make.
  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override {
    flooding_ = false;
    if (!in_force(state.month) || over_) return;
    if (!begun_) begin(world, state);
    double most = 0;
    for (const Plant& plant : plants_) most += plant.paid * state.capacity[plant.facility];
    const double offered = store_ ? std::clamp(store_->in_store(state, rules), 0.0, terms_.sales) : 0;
    most += offered * store_price_;
    over_ = lost_ + most > terms_.limit;
    if (over_) return;
    flooding_ = true;
    for (const Plant& plant : plants_) {
      rules.activity_support[plant.facility] += plant.paid;
      world::Offer offer;
      offer.facility = plant.facility;
      offer.lever = index;
      offer.kind = world::Support::promise;
      offer.paid = plant.paid;
      rules.offers.push_back(offer);
    }
    if (!store_) return;
    rules.release[release_] = offered;
    rules.release_floor[release_] = (1 - terms_.cut) * store_price_;
  }

  void settle(const world::World& world, const world::Equilibrium& equilibrium, base::Month) override {
    if (!flooding_) return;
    for (const Plant& plant : plants_) lost_ += plant.paid * std::max(0.0, equilibrium.activity[plant.facility]);
    if (!store_) return;
    const auto& own = store_->stock(world);
    const double below = std::max(0.0, store_price_ - equilibrium.price[world.node(own.product, own.region)]);
    lost_ += below * std::max(0.0, equilibrium.government_release[release_]);
  }

  [[nodiscard]] std::string status() const override {
    return fmt::format("lost {:.1f} of {:.1f} million USD{}", lost_ / kMillion, terms_.limit / kMillion,
                       over_ ? "; ended at its limit" : "");
  }

 private:
  struct Plant {
    std::size_t facility;
    double paid;  // USD per t of activity
  };
  struct Rival {
    std::size_t facility;
    double share;  // of the named products in what it earns at base prices
  };
  Terms terms_;
  std::vector<Plant> plants_;
  std::vector<Rival> rivals_;         // projects elsewhere
  std::vector<world::ArcId> routes_;  // of the named products from its plants
  std::optional<GovernmentStock> store_;
  std::size_t release_ = 0;  // among the market's releases
  double store_price_ = 0;   // USD/t, when it began
  double lost_ = 0;          // USD
  bool begun_ = false, over_ = false, flooding_ = false;

  void find_rivals(const world::World& world) {
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& plant = world.facilities[f];
      const auto& own = head().origins;
      if (!(plant.planned_capacity > 0) || !plant.makes_something() ||
          std::find(own.begin(), own.end(), plant.region) != own.end())
        continue;
      double all = 0, named = 0;
      for (const auto& item : world.processes[plant.process.index()].outputs) {
        const double earned = item.amount * world.base_price[world.node(item.product, plant.region)];
        all += earned;
        if (targets(head(), world, item.product)) named += earned;
      }
      if (named > 0) rivals_.push_back({f, named / all});
    }
  }

  // Prices of the month before it begins are what it undercuts.
  void begin(const world::World& world, const world::State& state) {
    begun_ = true;
    for (Plant& plant : plants_) {
      const auto& facility = world.facilities[plant.facility];
      for (const auto& item : world.processes[facility.process.index()].outputs)
        if (targets(head(), world, item.product))
          plant.paid += terms_.cut * item.amount * state.last_price[world.node(item.product, facility.region)];
    }
    if (store_) store_price_ = state.last_price[world.node(store_->stock(world).product, store_->stock(world).region)];
  }
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const Terms terms{values.number("price-cut"), values.number("loss-limit") * kMillion, values.number("store-sales")};
  if (!(terms.cut > 0)) throw WrongOptions({{"price-cut", "price-cut = 0", "more than 0, or nothing is flooded", ""}});
  if (!(terms.limit > 0))
    throw WrongOptions({{"loss-limit", "loss-limit = 0", "more than 0: what sells below cost loses money", ""}});
  std::optional<GovernmentStock> store;
  if (terms.sales > 0) store.emplace(head, world);
  const auto plants = targeted_plants(head, values, world, Which::own);
  if (!store &&
      std::none_of(plants.begin(), plants.end(), [&](std::size_t f) { return world.facilities[f].capacity > 0; }))
    throw WrongOptions({{"products", "no plant that stands", "a plant in operation: plans cannot flood a market", ""}});
  return std::make_unique<PriceFlood>(std::move(head), world, plants, std::move(store), terms);
}

}  // namespace

LeverKind price_flood_kind() {
  return {"price-flood",
          "A government has its plants, and its store, sell named products below cost, as far as it is ready to lose.",
          "Payments of several levers on a plant add up; each flood has a limit of its own.",
          Acts::on_own_plants,
          {plants_option(),
           {"price-cut", OptionType::number, "of the price when it begins", 0, 0.95, true, "",
            "how far below cost its plants sell, more than 0"},
           {"loss-limit", OptionType::number, "million USD", 0, 1e7, true, "", "what it is ready to lose, more than 0"},
           {"store-sales", OptionType::number, "t per month", 0, 1e9, false, "0",
            "sold from the government's stock (one product, one region), not below the cut price"}},
          make,
          R"(With p0 the price at a plant in the month before it begins and L what was lost so far:

- every plant that stood in the base year is paid `price-cut * p0` per t of product, and so sells as much below its cost; what it
  can make bounds what it can flood
- `store-sales` are offered from the stock at no less than `(1 - price-cut) p0`; what they fetch below p0 counts as lost
- after the month: `L = L + what was paid + what the store lost`
- it ends for good before the month in which plants at full capacity would make L exceed `loss-limit`

What plants are paid is booked to the flooder (`public_cost`). Prices below the cash cost of projects elsewhere stay with their lenders
(docs/model.md 3.12), and plants elsewhere that do not pay are mothballed and at last closed (3.9). Plants that run at full capacity already have
nothing to flood with. While it is announced or threatened, with chance q, buyers of its goods wait (3.15: they expect prices lower by q `price-cut`), and
lenders of projects elsewhere add to what they remember of floods the [ln((inputs + c) / revenue) - q ln(1 - price-cut)]+ that it would leave them (3.12).)",
          "what plants are paid, in the month in which they make; what the store lost is no payment",
          R"(actor = "CHN"
products = ["ndpr-oxide"]
price-cut = 0.2
loss-limit = 500
)"};
}

}  // namespace lodestone::policy
