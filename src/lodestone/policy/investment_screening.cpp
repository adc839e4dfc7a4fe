// Investment screening: a host lets no money of named investors into plants on its soil.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

class InvestmentScreening final : public Lever {
 public:
  InvestmentScreening(LeverHead head, std::vector<std::size_t> plants, std::vector<world::RegionId> investors)
      : Lever(std::move(head)), plants_(std::move(plants)), investors_(std::move(investors)) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<InvestmentScreening>(*this); }
  void apply(const world::World& world, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const std::size_t f : plants_)
      for (const world::RegionId investor : investors_) {
        rules.measures.screened[f * world.regions.size() + investor.index()] = 1;
        if (state.control[f] == investor) rules.plant_rules[f].capital = 0;
      }
  }

 private:
  std::vector<std::size_t> plants_;
  std::vector<world::RegionId> investors_;
};

std::vector<world::RegionId> investors_of(const LeverHead& head, const base::OptionValues& values,
                                          const world::World& world) {
  auto investors = named_regions(values, "investors", world, head.start);
  const auto home = world.expand_regions(head.actor, {head.start.year(), head.start.month(), 1});
  for (const auto region : investors)
    if (std::find(home.begin(), home.end(), region) != home.end())
      throw WrongOptions({{"investors", fmt::format("{} among the investors", world.regions[region.index()].id),
                           "others than the actor's own regions", ""}});
  return investors;
}

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  auto investors = investors_of(head, values, world);
  auto plants = targeted_plants(head, values, world, Which::own);
  return std::make_unique<InvestmentScreening>(std::move(head), std::move(plants), std::move(investors));
}

}  // namespace

LeverKind investment_screening_kind() {
  return {
      "investment-screening",
      "A host lets no money of named investors into plants on its soil.",
      "An investor is kept out as long as one of the levers is in force.",
      Acts::on_own_plants,
      {plants_option(),
       {"investors", OptionType::text_list, "", 0, -1, true, "", "regions or groups whose money is kept out"}},
      make,
      R"(While it is in force nobody from the regions named acquires a stake in the plants it acts on (lever acquisition), projects that they control find no money
(stalled: money), and what their governments hold out as outbound-finance is not taken up (from the second month on). Plants that run already keep their owners and
expand as before. What a project loses is its owner's money: nobody else takes it over unless a lever does.)",
      "none; what it costs projects shows in what is built",
      R"(actor = "AUS"
products = ["all"]
investors = ["CHN"]
)"};
}

}  // namespace lodestone::policy
