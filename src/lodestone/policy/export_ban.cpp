// Export ban: nothing leaves.
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

class ExportBan final : public ArcLever {
 public:
  using ArcLever::ArcLever;
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<ExportBan>(*this); }
  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (std::size_t i = 0; i < arcs().size(); ++i) {
      limit_arc(rules, arcs()[i], 0, index);
      refuse(i, without_it(world, state, i), 0, rules);
    }
  }

 protected:
  [[nodiscard]] double announced_cut(const world::State&) const override { return 1; }
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues&, const world::World& world) {
  return std::make_unique<ExportBan>(std::move(head), world);
}

}  // namespace

LeverKind export_ban_kind() {
  return {"export-ban",
          "No exports of the products on the routes named.",
          "Limits of several levers on a route: the lowest holds.",
          Acts::on_exports,
          {},
          make,
          "On every route `a` it acts on, in every month in force, `flow_a <= 0`. Goods at sea when it starts still "
          "arrive. Buyers learn of a cut of all of it, and are refused all of it. Nobody earns a rent, since nothing "
          "passes; the shadow price of the limit is reported with the "
          "route.",
          "none",
          R"(actor = "CHN"
products = ["dysprosium-oxide"]
destinations = ["USA"]
)"};
}

}  // namespace lodestone::policy
