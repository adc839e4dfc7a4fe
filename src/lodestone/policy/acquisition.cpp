// Acquisition: a government, or a firm on its behalf, buys a stake in a plant.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

using base::kMillion;
using base::OptionType;

class Acquisition final : public Lever {
 public:
  Acquisition(LeverHead head, std::size_t plant, world::RegionId buyer, double share, double price)
      : Lever(std::move(head)), plant_(plant), buyer_(buyer), share_(share), price_(price) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<Acquisition>(*this); }
  void register_needs(const world::World&, MarketNeeds& needs) override { ++needs.takeovers; }
  void apply(const world::World&, const world::State& state, int index, world::Rules& rules) override {
    if (in_force(state.month)) rules.measures.takeovers.push_back({plant_, index, buyer_, share_, price_, false});
  }

 private:
  std::size_t plant_;
  world::RegionId buyer_;
  double share_, price_;  // 1, USD
};

world::RegionId buyer_of(const LeverHead& head, const base::OptionValues& values, const world::World& world) {
  const auto own = world.expand_regions(head.actor, {head.start.year(), head.start.month(), 1});
  if (!values.has("buyer")) {
    if (own.size() == 1) return own.front();
    throw WrongOptions({{"actor", fmt::format("actor {}, a group of {}", head.actor, own.size()),
                         "a region, or buyer = the member to which control passes", ""}});
  }
  const auto buyer = world.find_region(values.text("buyer"));
  if (buyer.valid() && std::find(own.begin(), own.end(), buyer) != own.end()) return buyer;
  std::vector<std::string> names;
  for (const auto region : own) names.push_back(world.regions[region.index()].id);
  throw WrongOptions({{"buyer", fmt::format("buyer = '{:.60}'", values.text("buyer")), "a region of the actor's",
                       base::nearest_name(values.text("buyer"), names)}});
}

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  if (values.list("plants").size() != 1)
    throw WrongOptions({{"plants", fmt::format("{} plants", values.list("plants").size()),
                         "one plant; a lever of its own for each", ""}});
  const std::size_t plant = targeted_plants(head, values, world, Which::every).front();
  const auto buyer = buyer_of(head, values, world);
  return std::make_unique<Acquisition>(std::move(head), plant, buyer, values.number("share"),
                                       values.number("price") * kMillion);
}

}  // namespace

LeverKind acquisition_kind() {
  auto plants = plants_option();
  plants.required = true;
  plants.help = "the plant, wherever it stands";
  return {
      "acquisition",
      "A government, or a firm on its behalf, buys a stake in a plant.",
      "Stakes of several levers in a plant add up to at most the whole; what would exceed it is not bought.",
      Acts::on_plants,
      {plants,
       {"share", OptionType::number, "of the plant", 0.01, 1, true, "", "the stake; with half of it control passes"},
       {"price", OptionType::number, "million USD", 0, 1e6, true, "", "what is paid for the stake"},
       {"buyer", OptionType::text, "", 0, -1, false, "",
        "region to which control passes; not given: the actor, when it is one region"}},
      make,
      R"(The stake is bought in the first month from `start` on in which its host does not screen the buyer (lever investment-screening), at the latest
before `end`, and kept: `end` closes the offer and sells nothing. With half of the plant control passes: shares by control, what a host asks of mines that others
control (docs/model.md 3.20) and the screening of projects follow it; who buys from whom does not. The buyer receives its share of the profit.)",
      "the price, in the month of the purchase; the share of the profit comes back",
      R"(actor = "USA"
products = ["monazite-concentrate"]
plants = ["nolans-mine"]
share = 0.51
price = 120
)"};
}

}  // namespace lodestone::policy
