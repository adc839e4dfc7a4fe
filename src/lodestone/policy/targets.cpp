#include "lodestone/policy/targets.hpp"

#include <algorithm>
#include <utility>

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

ArcLever::ArcLever(LeverHead head, const world::World& world)
    : Lever(std::move(head)), arcs_(targeted_arcs(world, this->head())) {
  if (arcs_.empty())
    throw WrongOptions({{"", "no route of these products from these origins to these destinations",
                         "at least one route of the dataset", ""}});
}

}  // namespace lodestone::policy
