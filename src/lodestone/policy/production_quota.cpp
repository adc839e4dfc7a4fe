// Production quota: a quantity that plants of an actor may make together within a period.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

struct QuotaTerms {
  double quantity = 0;  // t per period and share
  int period = 1;       // months
  bool per_product = false;
  double front_loading = 1;
};

class ProductionQuota final : public Lever {
 public:
  ProductionQuota(LeverHead head, const world::World& world, const std::vector<std::size_t>& plants,
                  const QuotaTerms& terms)
      : Lever(std::move(head)), terms_(terms) {
    for (const std::size_t f : plants)
      for (const auto& item : world.processes[world.facilities[f].process.index()].outputs)
        if (targets(this->head(), world, item.product)) add(world, f, item);
  }
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<ProductionQuota>(*this); }

  void register_needs(const world::World&, MarketNeeds& needs) override {
    first_limit_ = needs.limits.size();
    for (const Share& share : shares_)
      needs.limits.push_back({share.name, {}, std::max(share.price, 1.0), share.plants});
  }

  void apply(const world::World&, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    const int age = state.month - head().start, gone = age % terms_.period;
    if (age / terms_.period != period_) {
      period_ = age / terms_.period;
      for (Share& share : shares_) share.balance = terms_.quantity;
    }
    const double spread = terms_.front_loading / (terms_.period - gone);
    for (std::size_t k = 0; k < shares_.size(); ++k)
      rules.group_limit[first_limit_ + k] = std::min(1.0, spread) * shares_[k].balance;
  }

  void settle(const world::World&, const world::Equilibrium& equilibrium, base::Month month) override {
    if (!in_force(month)) return;
    for (Share& share : shares_) {
      double made = 0;
      for (const auto& limited : share.plants) made += limited.amount * equilibrium.activity[limited.plant.index()];
      share.balance = std::max(0.0, share.balance - std::max(0.0, made));
    }
  }

  [[nodiscard]] std::string status() const override {
    double balance = 0;
    for (const Share& share : shares_) balance += share.balance;
    return fmt::format("quota left {:.1f} t", balance);
  }

 private:
  // Plants that draw on one balance.
  struct Share {
    std::string name;
    std::vector<world::LimitedPlant> plants;
    double price = 0;    // USD/t, the highest of its goods
    double balance = 0;  // t left in this period
  };

  QuotaTerms terms_;
  std::vector<Share> shares_;
  std::size_t first_limit_ = 0;  // of this lever among the market's limits
  int period_ = -1;              // the one whose balance is kept

  // A plant that makes two of the products counts with both.
  void add(const world::World& world, std::size_t f, const world::RecipeItem& item) {
    const std::string name =
        terms_.per_product ? head().id + ": " + world.products[item.product.index()].id : head().id;
    auto share = std::find_if(shares_.begin(), shares_.end(), [&](const Share& s) { return s.name == name; });
    if (share == shares_.end()) share = shares_.insert(shares_.end(), {name, {}, 0, 0});
    const world::FacilityId plant(f);
    auto limited = std::find_if(share->plants.begin(), share->plants.end(),
                                [&](const auto& other) { return other.plant == plant; });
    if (limited == share->plants.end()) limited = share->plants.insert(share->plants.end(), {plant, 0});
    limited->amount += item.amount;
    share->price = std::max(share->price, world.base_price[world.node(item.product, world.facilities[f].region)]);
  }
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const QuotaTerms terms{values.number("quantity"), static_cast<int>(values.integer("period")),
                         values.boolean("per-product"), values.number("front-loading")};
  const int months = head.end - head.start;
  if (months % terms.period != 0)
    throw WrongOptions({{"period", fmt::format("period = {} in a lever of {} months", terms.period, months),
                         "a period that fits into it a whole number of times", ""}});
  const auto plants = targeted_plants(head, values, world, Which::own);
  return std::make_unique<ProductionQuota>(std::move(head), world, plants, terms);
}

}  // namespace

LeverKind production_quota_kind() {
  return {"production-quota",
          "A quantity that an actor's plants may make together within a period, of all products or of each.",
          "Quotas are separate limits: what a plant makes counts towards each it falls under.",
          Acts::on_own_plants,
          {plants_option(),
           {"quantity", OptionType::number, "t per period", 0, 1e9, true, "", "the quota, in t of product"},
           {"period", OptionType::integer, "months", 1, 1200, true, "",
            "length of a period; a whole number of periods makes up the lever"},
           {"per-product", OptionType::boolean, "", 0, -1, false, "false",
            "the quantity is for each product and not for all together"},
           {"front-loading", OptionType::number, "multiple of an even spread", 1, 100, false, "1.5",
            "how much of what is left may be made in one month"}},
          make,
          R"(With B the balance (t) and n the months left in the period, this one included:

- first month of a period: `B = quantity`; what was not used lapses
- limit: `sum over plants of (t of the products per t of activity) x activity <= min(B, front-loading * B / n)`
- after the month: `B = B - what was begun`

Rights go to whoever earns most with them: the limit has one rent per tonne, which stays in the margin of the plants. Plants that are built
later fall under it as well. A quota that already holds in the base year is in the plants' capacity (capacity kind `quota`). It cuts at
home, and buyers abroad fear nothing but what they see in prices.)",
          "none",
          R"(actor = "CHN"
products = ["ndpr-oxide"]
quantity = 30000
period = 6
)"};
}

}  // namespace lodestone::policy
