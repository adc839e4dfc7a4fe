// Raw-ore ban: what is mined may leave only after it has been processed at home.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

class RawOreBan final : public ArcLever {
 public:
  RawOreBan(LeverHead head, const world::World& world, int phase_in, double exempt)
      : ArcLever(std::move(head), world), phase_in_(phase_in), exempt_(exempt) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<RawOreBan>(*this); }

  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    const double let_pass = std::max(exempt_, 1 - (state.month - head().start + 1.0) / (phase_in_ + 1.0));
    for (std::size_t i = 0; i < arcs().size(); ++i) {
      const double wanted = without_it(world, state, i);
      limit_arc(rules, arcs()[i], let_pass * wanted, index);
      refuse(i, wanted, let_pass * wanted, rules);
    }
  }

 protected:
  [[nodiscard]] double announced_cut(const world::State&) const override { return 1 - exempt_; }

 private:
  int phase_in_;   // months
  double exempt_;  // share of the usual trade
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  for (const auto product : head.products) {
    const auto& good = world.products[product.index()];
    if (good.stage == world::Stage::mining) continue;
    throw WrongOptions({{"products", fmt::format("'{}', which is made by {}", good.id, world::to_string(good.stage)),
                         "products of mining; an export-ban stops others", ""}});
  }
  return std::make_unique<RawOreBan>(std::move(head), world, static_cast<int>(values.integer("phase-in")),
                                     values.number("exempt"));
}

}  // namespace

LeverKind raw_ore_ban_kind() {
  return {
      "raw-ore-ban",
      "What is mined may not leave unprocessed, at once or step by step.",
      "Limits of several levers on a route: the lowest holds.",
      Acts::on_exports,
      {{"phase-in", OptionType::integer, "months", 0, 120, false, "0",
        "months over which exports fall to what is exempt"},
       {"exempt", OptionType::number, "share of the usual trade", 0, 1, false, "0",
        "what may leave all the same, of those who process at home"}},
      make,
      R"(In month k in force (1 the first) a route of a product of mining carries at most `max(exempt, 1 - k / (phase-in + 1))` of what it would without
the lever. Buyers learn of a cut of `1 - exempt` when it is announced. What makes processing at home pay is the market: ore that may not
leave is cheap at home, so that plants that take it earn more, order capacity and find money more easily. Nobody is paid to process.)",
      "none",
      R"(actor = "MYS"
products = ["monazite-concentrate", "ionic-clay-concentrate"]
announced = "2025-02"
phase-in = 3
)"};
}

}  // namespace lodestone::policy
