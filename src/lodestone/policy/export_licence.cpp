// Export licence: a queue on every route.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/licence_queue.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

struct Approval {
  double rate, later_rate;
  base::Month later_from;
  [[nodiscard]] double in(base::Month month) const { return month < later_from ? rate : later_rate; }
};

class ExportLicence final : public ArcLever {
 public:
  ExportLicence(LeverHead head, const world::World& world, const LicenceTerms& terms, Approval approval,
                double announced_cut, double panic, double first_month, bool bound)
      : ArcLever(std::move(head), world),
        approval_(approval),
        announced_cut_(announced_cut),
        panic_(panic),
        first_month_(first_month),
        bound_(bound),
        queues_(arcs().size(), LicenceQueue(terms)),
        flow_before_(arcs().size(), 0.0) {}

  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<ExportLicence>(*this); }

  void register_needs(const world::World& world, MarketNeeds& needs) override {
    ArcLever::register_needs(world, needs);
    if (bound_) needs.bound.insert(needs.bound.end(), arcs().begin(), arcs().end());
  }

  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    const double rate = approval_.in(state.month);
    for (std::size_t i = 0; i < queues_.size(); ++i) {
      const double usual = state.usual_flow[arcs()[i].index()];
      if (state.month == head().start) {
        flow_before_[i] = usual;
        queues_[i].let_pass(first_month_ * usual);
      }
      // The usual flow shrinks with what the licence refuses; buyers go on asking for what they had before.
      queues_[i].open_month(panic_ * std::max(usual, flow_before_[i]), rate);
      limit_arc(rules, arcs()[i], queues_[i].in_hand(), index);
      refuse(i, without_it(world, state, i), queues_[i].in_hand(), rules);
      if (bound_) rules.arc_bound[arcs()[i].index()] = 1;
    }
  }

  void settle(const world::World&, const world::Equilibrium& equilibrium, base::Month month) override {
    if (!in_force(month)) return;
    for (std::size_t i = 0; i < queues_.size(); ++i) queues_[i].close_month(equilibrium.arc_flow[arcs()[i].index()]);
  }

  [[nodiscard]] std::string status() const override {
    double in_hand = 0, waiting = 0, refused = 0, expired = 0;
    for (const LicenceQueue& queue : queues_) {
      in_hand += queue.in_hand();
      waiting += queue.waiting();
      refused += queue.refused();
      expired += queue.expired();
    }
    return fmt::format("approvals {:.1f} t, queue {:.1f} t, refused {:.1f} t, expired {:.1f} t", in_hand, waiting,
                       refused, expired);
  }

 protected:
  [[nodiscard]] double announced_cut(const world::State&) const override { return announced_cut_; }

 private:
  Approval approval_;
  double announced_cut_;
  double panic_, first_month_;
  bool bound_;
  std::vector<LicenceQueue> queues_;  // per arc
  std::vector<double> flow_before_;   // per arc: usual flow when the licence began, t per month
};

Approval approval(const LeverHead& head, const base::OptionValues& values) {
  const double rate = values.number("approval-rate");
  const bool later_rate = values.has("approval-rate-later"), later_from = values.has("later-from");
  if (!later_rate && !later_from) return {rate, rate, head.end};
  if (!later_from)
    throw WrongOptions({{"approval-rate-later", "approval-rate-later without later-from", "both or neither", ""}});
  if (!later_rate)
    throw WrongOptions({{"later-from", "later-from without approval-rate-later", "both or neither", ""}});
  const base::Month from = values.month("later-from");
  if (from <= head.start || from >= head.end)
    throw WrongOptions(
        {{"later-from", "later-from = " + from.text(),
          fmt::format("a month after start {} and before end {}", head.start.text(), head.end.text()), ""}});
  return {rate, values.number("approval-rate-later"), from};
}

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const LicenceTerms terms{static_cast<int>(values.integer("delay")), static_cast<int>(values.integer("delay-spread")),
                           static_cast<int>(values.integer("expiry")), values.number("reapply")};
  if (terms.spread > terms.delay)
    throw WrongOptions({{"delay-spread", fmt::format("delay-spread = {}", terms.spread),
                         fmt::format("at most the delay of {} months", terms.delay), ""}});
  const Approval rates = approval(head, values);
  const double cut = values.has("announced-cut") ? values.number("announced-cut") : 1 - rates.rate;
  return std::make_unique<ExportLicence>(std::move(head), world, terms, rates, cut, values.number("panic"),
                                         values.number("first-month"), values.boolean("bound"));
}

std::vector<base::OptionSpec> options() {
  return {
      {"approval-rate", OptionType::number, "share", 0, 1, true, "", "share of the quantity decided that is approved"},
      {"approval-rate-later", OptionType::number, "share", 0, 1, false, "",
       "the rate of decisions from `later-from` on; not given: the rate stays"},
      {"later-from", OptionType::month, "", 0, -1, false, "", "first month of `approval-rate-later`"},
      {"announced-cut", OptionType::number, "share", 0, 1, false, "",
       "share of the trade that buyers expect to lose when they learn of it; not given: 1 less `approval-rate`"},
      {"delay", OptionType::integer, "months", 0, 24, true, "", "months from application to decision, on average"},
      {"delay-spread", OptionType::integer, "months", 0, 24, false, "0",
       "decisions fall evenly on the months from delay - spread to delay + spread after the application"},
      {"expiry", OptionType::integer, "months", 1, 120, true, "",
       "months an approval can be used, the month of the decision included"},
      {"panic", OptionType::number, "multiple of the usual flow", 1, 20, false, "1",
       "applications per month; above 1 when buyers ask for more than they need"},
      {"reapply", OptionType::number, "share per month", 0, 1, false, "0.15",
       "share of what stands refused that is applied for again"},
      {"first-month", OptionType::number, "share of the usual flow", 0, 1, false, "0",
       "goods that still leave in the first month because they were cleared before"},
      {"bound", OptionType::boolean, "", 0, -1, false, "false",
       "a licence is bound to the end user: its holder pays the price at the origin and may not sell on; the others "
       "meet the spot market"},
  };
}

}  // namespace

LeverKind export_licence_kind() {
  return {
      "export-licence",
      "Exports need a licence: applications wait in a queue, a share is approved, approvals are used or expire.",
      "Limits of several levers on a route: the lowest holds. Each licence keeps its own queue and counts the flow.",
      Acts::on_exports,
      options(),
      make,
      R"(For every route `a`, in t, with `usual_a` the usual flow (t per month) that moves with the re-contracting time:

- applications of month m: `A_m = panic * max(usual_a(m), usual_a(start)) + reapply * R_(m-1)`, where R is what stands refused
- decided in month m: `D_m`, the mean of `A_(m-j)` over j from `delay - delay-spread` to `delay + delay-spread`; approved
  `rate(m) * D_m`, the rest joins R
- limit: `flow_a(m) <= H_m`, the approvals in hand. In the first month H also holds `first-month * usual_a(start)`
- after the month: the flow uses approvals, oldest first; those approved `expiry` months ago lapse
- refused this month: what the route would carry without the licence, less `H_m`; it keeps perceived supply risk alive
  (docs/model.md section 3.15)

Nothing is lost: applied = waiting + refused + approved, and approved = in hand + used + expired. A route that was never used has
no applications and stays closed. Before `start` and from `end` on there is no limit. A licence is bound to its route and cannot be
sold to another; its rent belongs to whoever holds it. With `bound` it is bound to the end user too: who holds one pays the
price inside and what it costs to bring the goods, and may not sell them on; all others meet the spot market
(docs/model.md section 3.27). Without it whoever holds a licence sells at the spot price.
A rate by destination is stated with one lever per group of destinations.
Sources: docs/model.md section 4; the re-application of 0.15 a month and the goods let pass in the first month were fitted to
magnet exports of 2025 (Lodestone feasibility study, 2026), with two stages of random length where an even spread stands here.)",
      "none",
      R"(actor = "CHN"
products = ["dysprosium-oxide", "terbium-oxide"]
approval-rate = 0.6
delay = 2
delay-spread = 1
expiry = 6
)"};
}

}  // namespace lodestone::policy
