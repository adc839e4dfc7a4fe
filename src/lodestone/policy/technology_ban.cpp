// Technology ban: know-how and people of a stage may not leave, so that plants abroad learn and hire more slowly.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

struct Terms {
  double know_how = 0, talent = 0, yield = 0;  // shares that are withheld, or lost
};

class TechnologyBan final : public Lever {
 public:
  TechnologyBan(LeverHead head, std::vector<std::size_t> plants, const Terms& terms)
      : Lever(std::move(head)), plants_(std::move(plants)), terms_(terms) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<TechnologyBan>(*this); }

  void apply(const world::World&, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const std::size_t f : plants_) {
      auto& rule = rules.plant_rules[f];
      rule.know_how = std::min(rule.know_how, 1 - terms_.know_how);
      rule.talent = std::min(rule.talent, 1 - terms_.talent);
      if (terms_.yield > 0 && state.plants[f].stage == world::PlantStage::ramp_up)
        stop_output(state, f, terms_.yield, rules);
    }
  }

 private:
  std::vector<std::size_t> plants_;
  Terms terms_;
};

bool contains(const std::vector<world::RegionId>& regions, world::RegionId region) {
  return std::find(regions.begin(), regions.end(), region) != regions.end();
}

// Plants of the actor's own firms keep what they know, wherever they stand.
std::vector<std::size_t> plants_abroad(const LeverHead& head, const world::World& world) {
  std::vector<std::size_t> plants;
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const auto& plant = world.facilities[f];
    const bool abroad =
        head.destinations.empty() ? !contains(head.origins, plant.region) : contains(head.destinations, plant.region);
    if (abroad && !contains(head.origins, plant.control) && makes_one_of(head, world, plant)) plants.push_back(f);
  }
  return plants;
}

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const Terms terms{values.number("know-how"), values.number("talent"), values.number("yield-loss")};
  if (!(terms.know_how + terms.talent + terms.yield > 0))
    throw WrongOptions({{"", "know-how, talent and yield-loss are all 0", "at least one of them above 0", ""}});
  auto plants = plants_abroad(head, world);
  if (plants.empty())
    throw WrongOptions({{"products", "no plant abroad that makes these products and is not run by the actor's firms",
                         "products of a stage that somebody else has, or plans", ""}});
  return std::make_unique<TechnologyBan>(std::move(head), std::move(plants), terms);
}

}  // namespace

LeverKind technology_ban_kind() {
  return {
      "technology-ban",
      "A government keeps the know-how and the people of a stage at home: plants abroad learn, ramp up and hire more "
      "slowly.",
      "Of several bans on a plant the strictest counts, for each of the three.",
      Acts::on_exports,
      {{"know-how", OptionType::number, "share", 0, 1, false, "0",
        "of what a plant abroad learns by running (ramp-up, experience), the share that it no longer learns"},
       {"talent", OptionType::number, "share", 0, 1, false, "0",
        "of the workers that its stage and region would train or poach, the share that is not to be had"},
       {"yield-loss", OptionType::number, "share", 0, 1, false, "0",
        "of what a plant that is ramping up could make, the share that it loses"}},
      make,
      R"(It acts on plants in `destinations` (not given: every region that is not an origin) that make the products named, old, building and
planned, but not on those run by firms of the origins. In every month in force:

- ramp-up: `r <- r + (1 - know-how) x` what it would gain (docs/model.md 3.11); experience: `X <- (1 - d) X + (1 - know-how) output` (3.18)
- workers trained and poached: `1 - talent` of what they would be (3.14)
- a plant in ramp-up can make `1 - yield-loss` of what it could

What is known already is not unlearned, other than by forgetting. Evidence: China banned exports of extraction and
separation know-how in December 2023 and of magnet know-how in October 2025; nobody has measured the shares, so they belong into `[[uncertain]]`. Sign:
later and dearer supply abroad.)",
      "none",
      R"(actor = "CHN"
products = ["ndfeb-magnet-high-temperature"]
know-how = 0.3
talent = 0.3
yield-loss = 0.1
)"};
}

}  // namespace lodestone::policy
