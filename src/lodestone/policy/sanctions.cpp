// Sanctions: goods of named origins, or of named firms wherever they make them, are cut from a group's trade.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

class Sanctions final : public ArcLever {
 public:
  Sanctions(LeverHead head, const world::World& world, std::vector<world::ArcId> arcs, std::vector<double> cut)
      : ArcLever(std::move(head), world, std::move(arcs)), cut_(std::move(cut)) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<Sanctions>(*this); }

  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (std::size_t i = 0; i < arcs().size(); ++i) {
      const double wanted = without_it(world, state, i);
      limit_arc(rules, arcs()[i], (1 - cut_[i]) * wanted, index);
      refuse(i, wanted, (1 - cut_[i]) * wanted, rules);
    }
  }

 protected:
  [[nodiscard]] double announced_cut(const world::State&) const override { return 1; }
  [[nodiscard]] double announced_share(std::size_t i) const override { return cut_[i]; }

 private:
  std::vector<double> cut_;  // per route: share of its trade that is cut
};

/// Share of a region's output of a product in the base year that comes from plants of these firms.
double share_of_firms(const world::World& world, world::ProductId product, world::RegionId region,
                      const std::vector<world::RegionId>& firms) {
  double all = 0, theirs = 0;
  for (const auto& plant : world.facilities) {
    if (plant.region != region || !plant.makes_something()) continue;
    for (const auto& item : world.processes[plant.process.index()].outputs) {
      if (item.product != product) continue;
      const double made = item.amount * plant.base_activity;
      all += made;
      if (std::find(firms.begin(), firms.end(), plant.control) != firms.end()) theirs += made;
    }
  }
  return all > 0 ? theirs / all : 0;
}

void add_return_routes(const world::World& world, const LeverHead& head, std::vector<world::ArcId>& arcs) {
  LeverHead back = head;
  std::swap(back.origins, back.destinations);
  for (const auto arc : targeted_arcs(world, back))
    if (std::find(arcs.begin(), arcs.end(), arc) == arcs.end()) arcs.push_back(arc);
}

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const bool firms_only = values.has("control"), both_ways = values.boolean("both-ways");
  if (!firms_only && head.origins.empty())
    throw WrongOptions(
        {{"", "neither origins nor control", "the regions, or the firms by region, that are cut off", ""}});
  if (firms_only && both_ways)
    throw WrongOptions({{"both-ways", "both-ways with control", "one of them: nobody knows which firm buys", ""}});
  auto arcs = targeted_arcs(world, head);
  std::vector<double> cut(arcs.size(), 1.0);
  if (firms_only) {
    const auto firms = named_regions(values, "control", world, head.start);
    std::vector<world::ArcId> hit;
    cut.clear();
    for (const auto id : arcs) {
      const auto& arc = world.arcs[id.index()];
      const double share = share_of_firms(world, arc.product, arc.from, firms);
      if (!(share > 0)) continue;
      hit.push_back(id);
      cut.push_back(share);
    }
    arcs = std::move(hit);
  }
  if (both_ways) add_return_routes(world, head, arcs);
  cut.resize(arcs.size(), 1.0);
  if (arcs.empty())
    throw WrongOptions({{"", "no route of these products that the sanctions would cut", "at least one route", ""}});
  return std::make_unique<Sanctions>(std::move(head), world, std::move(arcs), std::move(cut));
}

}  // namespace

LeverKind sanctions_kind() {
  return {
      "sanctions",
      "Goods of named origins, or of named firms wherever they make them, are cut from a group's trade.",
      "Limits of several levers on a route: the lowest holds.",
      Acts::on_imports,
      {{"control", OptionType::text_list, "", 0, -1, false, "",
        "regions or groups whose firms are cut off wherever their plants stand (in `origins`, if given); not given: "
        "everything from `origins`"},
       {"both-ways", OptionType::boolean, "", 0, -1, false, "false",
        "what the actor's regions ship to the origins is cut as well"}},
      make,
      R"(Without `control` nothing of the products passes from `origins` into the actor's regions, and with `both-ways` nothing back. With `control` a
route is cut by the share of the origin's output in the base year that plants run by those firms make: it carries at most the rest of what it would
without the sanctions. Buyers learn of the cut and see it refused (docs/model.md 3.15). Goods at sea still arrive; goods that third countries
pass on are not told apart.)",
      "none",
      R"(actor = "USA"
products = ["ndfeb-magnet-high-temperature"]
origins = ["CHN"]
)"};
}

}  // namespace lodestone::policy
