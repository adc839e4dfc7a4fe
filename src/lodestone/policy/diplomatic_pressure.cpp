// Diplomatic pressure: a government presses hosts to keep a rival's firms out, and the rival's lenders ask for more.
#include <algorithm>
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

class DiplomaticPressure final : public Lever {
 public:
  DiplomaticPressure(LeverHead head, std::vector<std::size_t> plants, double premium, bool counts)
      : Lever(std::move(head)), plants_(std::move(plants)), premium_(premium), counts_(counts) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<DiplomaticPressure>(*this); }

  void apply(const world::World&, const world::State& state, int, world::Rules& rules) override {
    if (!counts_ || !in_force(state.month)) return;
    for (const std::size_t f : plants_) rules.plant_rules[f].risk_premium += premium_;
  }
  [[nodiscard]] std::string status() const override {
    return counts_ ? "counts, though nobody has measured it" : "off: nobody has measured what it does";
  }

 private:
  std::vector<std::size_t> plants_;
  double premium_;  // fraction a year
  bool counts_;
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const auto own = world.expand_regions(head.actor, {head.start.year(), head.start.month(), 1});
  const auto rivals = named_regions(values, "against", world, head.start);
  const auto among = [](const std::vector<world::RegionId>& regions, world::RegionId region) {
    return std::find(regions.begin(), regions.end(), region) != regions.end();
  };
  if (std::any_of(rivals.begin(), rivals.end(), [&](world::RegionId region) { return among(own, region); }))
    throw WrongOptions({{"against", head.actor + " against itself", "others than the actor", ""}});
  auto plants = targeted_plants(head, values, world, Which::projects);
  std::erase_if(plants, [&](std::size_t f) {
    const auto& plant = world.facilities[f];
    return !among(rivals, plant.control) || among(own, plant.region);
  });
  if (plants.empty())
    throw WrongOptions({{"against", "no project of these firms in a host abroad that makes these products",
                         "regions whose firms build or plan a plant in the origins", ""}});
  const double premium = values.number("premium");
  if (!(premium > 0))
    throw WrongOptions({{"premium", "premium = 0", "more than 0: pressure that nobody feels is none", ""}});
  return std::make_unique<DiplomaticPressure>(std::move(head), std::move(plants), premium, values.boolean("counts"));
}

}  // namespace

LeverKind diplomatic_pressure_kind() {
  return {
      "diplomatic-pressure",
      "A government presses hosts to keep a rival's firms out of their projects.",
      "Premiums add up.",
      Acts::on_plants,
      {plants_option(),
       {"against", OptionType::text_list, "", 0, -1, true, "", "regions or groups whose firms are to be kept out"},
       {"premium", OptionType::number, "fraction a year", 0, 0.05, true, "",
        "what their lenders ask for more, more than 0"},
       {"counts", OptionType::boolean, "", 0, -1, false, "false",
        "true: it acts; else it stands in the list and does nothing"}},
      make,
      R"(Projects (building or planned) in `origins` (the hosts that are pressed) that make one of the products and that firms of `against` run must earn
`premium` more a year (docs/model.md 3.13): their permit or their stake may be taken. **Sign**: less of the rival's capital abroad, never
more. **Range**: 0 to 0.05 a year. The camp premium of 0.04 between Chinese firms and the G7 already holds what orders to sell have cost; pressure
elsewhere should not exceed it. **Evidence**: none measured; single cases only, so it is off unless a scenario says `counts = true`, and such a run is
a sensitivity and no headline.)",
      "none; what an embassy costs is not counted",
      R"(actor = "USA"
products = ["all"]
origins = ["all"]
against = ["CHN"]
premium = 0.02
counts = true
)"};
}

}  // namespace lodestone::policy
