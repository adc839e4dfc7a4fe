// Nationalisation: a host takes over plants on its soil that others control.
#include <algorithm>
#include <utility>
#include <vector>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

using base::kMonths;
using base::OptionType;

class Nationalisation final : public Lever {
 public:
  Nationalisation(LeverHead head, std::vector<std::size_t> plants, double share, double compensation)
      : Lever(std::move(head)), plants_(std::move(plants)), share_(share), compensation_(compensation) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<Nationalisation>(*this); }
  void register_needs(const world::World&, MarketNeeds& needs) override { needs.takeovers += plants_.size(); }

  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const std::size_t f : plants_) {
      const auto& plant = world.facilities[f];
      const double value = plant.construction.capex * kMonths * plant.full_capacity();
      rules.measures.takeovers.push_back({f, index, plant.region, share_, compensation_ * share_ * value, true});
    }
  }

 private:
  std::vector<std::size_t> plants_;
  double share_, compensation_;
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  auto plants = targeted_plants(head, values, world, Which::own);
  std::erase_if(plants, [&](std::size_t f) { return world.facilities[f].control == world.facilities[f].region; });
  if (plants.empty())
    throw WrongOptions({{values.has("plants") ? "plants" : "products", "plants that the host controls already",
                         "a plant in its regions that another controls (column control of facilities.csv)", ""}});
  return std::make_unique<Nationalisation>(std::move(head), std::move(plants), values.number("share"),
                                           values.number("compensation"));
}

}  // namespace

LeverKind nationalisation_kind() {
  return {
      "nationalisation",
      "A host takes over plants on its soil that others control.",
      "A plant is taken once; of stakes that governments bought in it the same share is taken.",
      Acts::on_own_plants,
      {plants_option(),
       {"share", OptionType::number, "of each plant", 0.01, 1, false, "1",
        "share that passes to the state; with half of it control"},
       {"compensation", OptionType::number, "of the cost to build it again", 0, 2, true, "",
        "what the owners are paid"}},
      make,
      R"(From `start` on the plants it acts on that others control belong to the state by `share`, until `end`, when the owners have them back
(docs/model.md 3.28). The state receives its share of the profit; a host that controls a mine bargains for no royalty. Plants go on with the capacity and cost
that they had: whether a state runs them worse is not modelled. Investors remember what was taken without pay: `expropriation-premium` times its share of
the region's plants is added to the hurdle rate of every project there, and fades by half in `expropriation-half-life` months.)",
      "the compensation in the first month; the profit comes back",
      R"(actor = "MMR"
products = ["ionic-clay-concentrate"]
compensation = 0.2
)"};
}

}  // namespace lodestone::policy
