// Export quota: one balance for several routes, spread over a period.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

constexpr double kFree = 1e-6;  // of the price of the goods: a right that is worth no more is free

struct QuotaTerms {
  double quantity = 0;  // t per period and share
  int period = 1;       // months
  bool per_product = false;
  double front_loading = 1;
  double carry = 0;  // share of what is left at the end of a period that counts in the next
};

class ExportQuota final : public ArcLever {
 public:
  ExportQuota(LeverHead head, const world::World& world, const QuotaTerms& terms)
      : ArcLever(std::move(head), world), terms_(terms) {
    for (const world::ArcId arc : arcs()) {
      share_.push_back(share_of(world, arc));
      shares_[share_.back()].arcs.push_back(arc);
    }
  }

  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<ExportQuota>(*this); }

  void register_needs(const world::World& world, MarketNeeds& needs) override {
    ArcLever::register_needs(world, needs);
    first_limit_ = needs.limits.size();
    for (Share& share : shares_) {
      share.typical_price = typical_price(world, share);
      needs.limits.push_back({share.name, share.arcs, share.typical_price});
    }
  }

  void apply(const world::World& world, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    const int age = state.month - head().start, gone = age % terms_.period;
    const bool new_period = age / terms_.period != period_;  // also when a truce held at its start
    period_ = age / terms_.period;
    const double spread = terms_.front_loading / (terms_.period - gone);
    for (Share& share : shares_) share.wanted = 0;
    for (std::size_t i = 0; i < arcs().size(); ++i) shares_[share_[i]].wanted += without_it(world, state, i);
    for (std::size_t k = 0; k < shares_.size(); ++k) {
      if (new_period) shares_[k].balance = terms_.quantity + terms_.carry * shares_[k].balance;
      // Rights that have a price are worth as much later: who holds them spreads what is left.
      const double used =
          gone > 0 && shares_[k].rent > kFree * shares_[k].typical_price ? 1.0 / (terms_.period - gone) : spread;
      rules.group_limit[first_limit_ + k] = std::min(1.0, used) * shares_[k].balance;
    }
    // Every buyer is refused the same share: rights can be bought by all of them. What is allowed is an even spread of
    // what is left, so that a quota which stops binding stops refusing.
    for (std::size_t i = 0; i < arcs().size(); ++i) {
      const Share& share = shares_[share_[i]];
      const double allowed = share.balance / (terms_.period - gone), wanted = without_it(world, state, i);
      if (share.wanted > allowed) refuse(i, wanted, wanted * allowed / share.wanted, rules);
    }
  }

  void settle(const world::World&, const world::Equilibrium& equilibrium, base::Month month) override {
    if (!in_force(month)) return;
    for (std::size_t k = 0; k < shares_.size(); ++k) {
      Share& share = shares_[k];
      share.rent = equilibrium.group_rent[first_limit_ + k];
      double used = 0;
      for (const world::ArcId arc : share.arcs) used += equilibrium.arc_flow[arc.index()];
      share.balance = std::max(0.0, share.balance - std::max(0.0, used));
    }
  }

  [[nodiscard]] std::string status() const override {
    double balance = 0;
    for (const Share& share : shares_) balance += share.balance;
    return fmt::format("quota left {:.1f} t", balance);
  }

 protected:
  [[nodiscard]] double announced_cut(const world::State& state) const override {
    double usual = 0;
    for (const world::ArcId arc : arcs()) usual += state.usual_flow[arc.index()];
    const double allowed = terms_.quantity * static_cast<double>(shares_.size()) / terms_.period;
    return usual > allowed ? 1 - allowed / usual : 0;
  }

 private:
  // Routes that draw on one balance.
  struct Share {
    std::string name;
    std::vector<world::ArcId> arcs;
    double typical_price = 0;  // USD/t, of the goods
    double balance = 0;        // t left in this period
    double rent = 0;           // USD/t, of last month
    double wanted = 0;         // t per month that the routes would carry without the quota
  };

  QuotaTerms terms_;
  std::vector<Share> shares_;
  std::vector<std::size_t> share_;  // per arc: its place in shares_
  std::size_t first_limit_ = 0;     // of this lever among the market's limits
  int period_ = -1;                 // the one whose balance is kept

  std::size_t share_of(const world::World& world, world::ArcId arc) {
    const std::string& product = world.products[world.arcs[arc.index()].product.index()].id;
    const std::string name = terms_.per_product ? head().id + ": " + product : head().id;
    for (std::size_t k = 0; k < shares_.size(); ++k)
      if (shares_[k].name == name) return k;
    shares_.push_back({name, {}});
    return shares_.size() - 1;
  }

  // The mean price at the origins by what usually flows; plain where nothing does.
  static double typical_price(const world::World& world, const Share& share) {
    double money = 0, mass = 0, plain = 0;
    for (const world::ArcId id : share.arcs) {
      const world::Arc& arc = world.arcs[id.index()];
      const double price = world.base_price[world.node(arc.product, arc.from)];
      money += price * arc.base_flow;
      mass += arc.base_flow;
      plain += price / static_cast<double>(share.arcs.size());
    }
    return mass > 0 ? money / mass : plain;
  }
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const QuotaTerms terms{values.number("quantity"), static_cast<int>(values.integer("period")),
                         values.boolean("per-product"), values.number("front-loading"), values.number("carry")};
  const int months = head.end - head.start;
  if (months % terms.period != 0)
    throw WrongOptions({{"period", fmt::format("period = {} in a lever of {} months", terms.period, months),
                         "a period that fits into it a whole number of times", ""}});
  return std::make_unique<ExportQuota>(std::move(head), world, terms);
}

}  // namespace

LeverKind export_quota_kind() {
  return {"export-quota",
          "A quantity that may leave within a period, on all the routes together or for each product.",
          "Quotas are separate limits: a flow counts towards each it falls under.",
          Acts::on_exports,
          {{"quantity", OptionType::number, "t per period", 0, 1e9, true, "", "the quota, in t of product"},
           {"period", OptionType::integer, "months", 1, 1200, true, "",
            "length of a period; a whole number of periods makes up the lever"},
           {"per-product", OptionType::boolean, "", 0, -1, false, "false",
            "the quantity is for each product and not for all together"},
           {"front-loading", OptionType::number, "multiple of an even spread", 1, 100, false, "1.7",
            "how much of what is left may go in one month"},
           {"carry", OptionType::number, "share", 0, 1, false, "0",
            "of what is left at the end of a period, what counts in the next; the rest lapses"}},
          make,
          R"(With B the balance (t) and n the months left in the period, this one included:

- first month of a period: `B = quantity + carry * B`; what is not carried over lapses
- limit: `sum of flows <= min(B, front-loading * B / n)`; the last month may use all that is left. Once rights have a price,
  their holders spread what is left: `B / n` in the months after one with a rent, until the period ends
- after the month: `B = B - sum of flows`
- announced cut: what is above `quantity / period` of the usual flows; refused this month: what the routes would carry without
  the quota, less `B / n`. Both move perceived supply risk (docs/model.md section 3.15); a quota that stops binding ends it

Rights can be traded: the limit has one rent per tonne, the same for every product and destination under it, which belongs to
the holders of rights in the exporting region. Source: the quota rule of the Lodestone
feasibility study (2026); its front-loading of 1.7 is an assumption. With it in every month nearly nothing was left for the last one of
a period, whose rent rose to four times that of the others, though who holds a right may wait.)",
          "none",
          R"(actor = "CHN"
products = ["dysprosium-oxide"]
quantity = 100
period = 12
)"};
}

}  // namespace lodestone::policy
