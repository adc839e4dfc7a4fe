// Local content: a share of what is used must come from home and from the origins named.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

bool contains(const std::vector<world::RegionId>& regions, world::RegionId region) {
  return std::find(regions.begin(), regions.end(), region) != regions.end();
}

class LocalContent final : public ArcLever {
 public:
  LocalContent(LeverHead head, const world::World& world, double share)
      : ArcLever(std::move(head), world), share_(share) {
    for (const world::ArcId id : arcs()) {
      const auto& arc = world.arcs[id.index()];
      const std::size_t node = world.node(arc.product, arc.to);
      const auto it = std::find_if(uses_.begin(), uses_.end(), [&](const Use& use) { return use.node == node; });
      use_.push_back(static_cast<std::size_t>(it - uses_.begin()));
      if (it == uses_.end()) uses_.push_back({node, {}, 0, 0});
      uses_[use_.back()].arcs.push_back(id);
    }
  }
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<LocalContent>(*this); }

  void register_needs(const world::World& world, MarketNeeds& needs) override {
    ArcLever::register_needs(world, needs);
    first_limit_ = needs.limits.size();
    for (const Use& use : uses_)
      needs.limits.push_back({head().id + ": " + world.node_name(use.node), use.arcs, world.base_price[use.node]});
  }

  void apply(const world::World& world, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (Use& use : uses_) use.wanted = 0;
    for (std::size_t i = 0; i < arcs().size(); ++i) uses_[use_[i]].wanted += without_it(world, state, i);
    for (std::size_t k = 0; k < uses_.size(); ++k) {
      uses_[k].allowed = (1 - share_) * state.usual_use[uses_[k].node];
      rules.group_limit[first_limit_ + k] = uses_[k].allowed;
    }
    for (std::size_t i = 0; i < arcs().size(); ++i) {
      const Use& use = uses_[use_[i]];
      if (!(use.wanted > use.allowed)) continue;
      const double wanted = without_it(world, state, i);
      refuse(i, wanted, wanted * use.allowed / use.wanted, rules);
    }
  }

 protected:
  [[nodiscard]] double announced_cut(const world::State& state) const override {
    double usual = 0, allowed = 0;
    for (const world::ArcId arc : arcs()) usual += state.usual_flow[arc.index()];
    for (const Use& use : uses_) allowed += (1 - share_) * state.usual_use[use.node];
    return usual > allowed ? 1 - allowed / usual : 0;
  }

 private:
  // One good in one region of the actor's.
  struct Use {
    std::size_t node;
    std::vector<world::ArcId> arcs;  // from origins that do not count
    double wanted, allowed;          // t per month
  };
  double share_;
  std::vector<Use> uses_;
  std::vector<std::size_t> use_;  // per arc: its place in uses_
  std::size_t first_limit_ = 0;   // of this lever among the market's limits
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  std::vector<world::RegionId> counted = head.destinations;
  if (values.has("counted")) {
    for (const auto& name : values.list("counted")) {
      const auto regions = world.expand_regions(name, {head.start.year(), head.start.month(), 1});
      if (regions.empty())
        throw WrongOptions({{"counted", fmt::format("unknown region '{:.60}'", name),
                             "a region or group of the dataset", base::nearest_name(name, world.region_names())}});
      counted.insert(counted.end(), regions.begin(), regions.end());
    }
  }
  std::vector<world::RegionId> others;
  for (std::size_t r = 0; r < world.regions.size(); ++r) {
    const world::RegionId region(r);
    const bool named = head.origins.empty() || contains(head.origins, region);
    if (named && !contains(counted, region)) others.push_back(region);
  }
  if (others.empty())
    throw WrongOptions({{"counted", "origins that all count", "at least one origin that does not", ""}});
  head.origins = std::move(others);
  return std::make_unique<LocalContent>(std::move(head), world, values.number("share"));
}

}  // namespace

LeverKind local_content_kind() {
  return {
      "local-content",
      "A share of what is used at home must come from home or from the origins named.",
      "Several rules on a good are limits of their own: a flow counts towards each it falls under.",
      Acts::on_imports,
      {{"share", OptionType::number, "of the usual use", 0, 1, true, "", "least share from home and what counts"},
       {"counted", OptionType::text_list, "", 0, -1, false, "",
        "regions or groups whose goods count beside those from home"}},
      make,
      R"(For every product and region of the actor's, with U its usual use there (final and by plants, t a month), the routes from origins that do not
count together carry at most `(1 - share) U`. Rights to import may be traded: one rent per t, of whoever holds them. Buyers are refused what the
routes would carry beyond it. Nobody is made to produce: where what counts does not suffice, less is used, at a higher price. Unlike an
origin-rule it is of a region's whole use and of a share of it.)",
      "none; users pay the price",
      R"(actor = "EU27"
products = ["ndfeb-magnet-high-temperature"]
share = 0.3
counted = ["JPN", "KOR"]
)"};
}

}  // namespace lodestone::policy
