#include "lodestone/policy/targets.hpp"

#include <algorithm>
#include <utility>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::policy {
namespace {

template <class T>
bool contains(const std::vector<T>& list, T item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool acts_on(const LeverHead& head, const world::World& world, const world::Arc& arc) {
  const bool from = head.origins.empty() ? !contains(head.destinations, arc.from) : contains(head.origins, arc.from);
  const bool to = head.destinations.empty() ? !contains(head.origins, arc.to) : contains(head.destinations, arc.to);
  return from && to && targets(head, world, arc.product);
}

}  // namespace

bool targets(const LeverHead& head, const world::World& world, world::ProductId product) {
  const world::ProductId open = world.products[product.index()].open;
  return contains(head.products, product) || (open.valid() && contains(head.products, open));
}

std::vector<world::RegionId> named_regions(const base::OptionValues& values, const std::string& key,
                                           const world::World& world, base::Month month) {
  std::vector<world::RegionId> found;
  for (const auto& name : values.list(key)) {
    const auto regions = world.expand_regions(name, {month.year(), month.month(), 1});
    const auto names = world.region_names();
    if (regions.empty())
      throw WrongOptions({{key, "unknown region '" + name.substr(0, 60) + "'",
                           "a region of the dataset, or a group with members then", base::nearest_name(name, names)}});
    found.insert(found.end(), regions.begin(), regions.end());
  }
  if (found.empty()) throw WrongOptions({{key, "no region", "at least one region or group", ""}});
  return found;
}

std::vector<world::ArcId> targeted_arcs(const world::World& world, const LeverHead& head) {
  std::vector<world::ArcId> arcs;
  for (std::size_t a = 0; a < world.arcs.size(); ++a)
    if (acts_on(head, world, world.arcs[a])) arcs.emplace_back(a);
  return arcs;
}

void limit_arc(world::Rules& rules, world::ArcId arc, double limit, int lever) {
  if (limit >= rules.arc_limit[arc.index()]) return;
  rules.arc_limit[arc.index()] = limit;
  rules.arc_limit_lever[arc.index()] = lever;
}

double share_of_supply(const world::World& world, const world::State& state, world::ArcId id) {
  const world::Arc& arc = world.arcs[id.index()];
  const double flow = state.usual_flow[id.index()];
  return flow > 0 ? flow / std::max(flow, state.usual_use[world.node(arc.product, arc.to)]) : 0;
}

ArcLever::ArcLever(LeverHead head, const world::World& world, std::vector<world::ArcId> arcs)
    : Lever(std::move(head)), arcs_(std::move(arcs)), flow_before_(arcs_.size(), 0.0), use_before_(arcs_.size(), 0.0) {
  const base::Month start = this->head().start;
  const auto home = world.expand_regions(this->head().actor, {start.year(), start.month(), 1});
  for (const world::ArcId arc : arcs_) own_export_.push_back(contains(home, world.arcs[arc.index()].from));
}

// The routes are worked out before the head is handed on.
ArcLever::ArcLever(LeverHead head, const world::World& world) : ArcLever(head, world, targeted_arcs(world, head)) {
  if (arcs_.empty())
    throw WrongOptions({{"", "no route of these products from these origins to these destinations",
                         "at least one route of the dataset", ""}});
}

void ArcLever::register_needs(const world::World&, MarketNeeds& needs) {
  needs.evadable.insert(needs.evadable.end(), arcs_.begin(), arcs_.end());
}

void ArcLever::announce(const world::World& world, const world::State& state, double weight,
                        std::vector<double>& news) const {
  const double cut = weight * announced_cut(state);
  for (std::size_t i = 0; i < arcs_.size(); ++i) {
    const world::Arc& arc = world.arcs[arcs_[i].index()];
    news[world.node(arc.product, arc.to)] += announced_share(i) * cut * share_of_supply(world, state, arcs_[i]);
  }
}

void ArcLever::foresee_change(const world::World& world, const world::State& state, double change,
                              std::vector<double>& rise) const {
  for (const world::ArcId id : arcs_) {
    const world::Arc& arc = world.arcs[id.index()];
    rise[world.node(arc.product, arc.to)] += change * share_of_supply(world, state, id);
  }
}

double ArcLever::without_it(const world::World& world, const world::State& state, std::size_t i) {
  const world::Arc& arc = world.arcs[arcs_[i].index()];
  const double flow = state.usual_flow[arcs_[i].index()];
  const double use = state.usual_use[world.node(arc.product, arc.to)];
  if (state.month == head().start) {
    flow_before_[i] = flow;
    use_before_[i] = use;
  }
  return std::max(flow, use_before_[i] > 0 ? flow_before_[i] * use / use_before_[i] : flow_before_[i]);
}

void ArcLever::refuse(std::size_t i, double wanted, double allowed, world::Rules& rules) const {
  double& refused = rules.arc_refused[arcs_[i].index()];
  refused = std::max(refused, wanted - allowed);
  double& withheld = rules.arc_withheld[arcs_[i].index()];
  if (own_export_[i]) withheld = std::max(withheld, wanted - allowed);
}

}  // namespace lodestone::policy
