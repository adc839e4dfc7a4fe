// War: production in the regions that are struck, and what leaves them, break down.
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

class War final : public ArcLever {
 public:
  War(LeverHead head, const world::World& world, std::vector<world::ArcId> arcs, std::vector<std::size_t> plants,
      double output, double exports)
      : ArcLever(std::move(head), world, std::move(arcs)),
        plants_(std::move(plants)),
        output_(output),
        exports_(exports) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<War>(*this); }

  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    if (output_ > 0)
      for (const std::size_t f : plants_) stop_output(state, f, output_, rules);
    if (!(exports_ > 0)) return;
    for (std::size_t i = 0; i < arcs().size(); ++i) {
      const double wanted = without_it(world, state, i);
      limit_arc(rules, arcs()[i], (1 - exports_) * wanted, index);
      refuse(i, wanted, (1 - exports_) * wanted, rules);
    }
  }

 protected:
  [[nodiscard]] double announced_cut(const world::State&) const override { return exports_; }

 private:
  std::vector<std::size_t> plants_;
  double output_, exports_;  // shares that are lost
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const double output = values.number("output"), exports = values.number("exports");
  if (!(output + exports > 0))
    throw WrongOptions({{"output", "output and exports are both 0", "at least one of them above 0", ""}});
  auto arcs = targeted_arcs(world, head);
  if (exports > 0 && arcs.empty())
    throw WrongOptions({{"exports", "no route of these products from the regions struck",
                         "at least one route of the dataset, or exports = 0", ""}});
  auto plants = output > 0 ? targeted_plants(head, values, world, Which::own) : std::vector<std::size_t>{};
  return std::make_unique<War>(std::move(head), world, std::move(arcs), std::move(plants), output, exports);
}

}  // namespace

LeverKind war_kind() {
  return {
      "war",
      "Production in the regions that are struck, and what leaves them, break down.",
      "Of several limits of a plant or a route the lowest holds.",
      Acts::on_exports,
      {{"output", OptionType::number, "share", 0, 1, true, "", "share of what plants there could make that is lost"},
       {"exports", OptionType::number, "share", 0, 1, true, "", "share of the usual exports that does not get out"}},
      make,
      R"(`actor` is the region that is struck; nobody acts. In every month in force its plants that make the products named can do `1 - output` of
what they could, and a route from there carries at most `1 - exports` of what it would without the war. Buyers learn of the cut of exports and
see it refused (docs/model.md 3.15). Goods at sea still arrive. The rent belongs to the exporters who get through.)",
      "none: nobody acts",
      R"(actor = "MMR"
products = ["ionic-clay-concentrate"]
output = 0.5
exports = 0.7
)"};
}

}  // namespace lodestone::policy
