#include "lodestone/policy/observables.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "lodestone/base/units.hpp"

namespace lodestone::policy {
namespace {

using world::ProductId;
using world::RegionId;
using world::World;

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kAny = std::numeric_limits<double>::infinity();
using base::kKilogramsPerTonne;

template <class T>
bool contains(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : kNothing;
}

std::vector<std::size_t> nodes_of(const World& world, const std::vector<RegionId>& regions, ProductId product) {
  std::vector<std::size_t> nodes;
  nodes.reserve(regions.size());
  for (const RegionId region : regions) nodes.push_back(world.node(product, region));
  return nodes;
}

// Mean over places, weighted by what they usually use; of what nobody uses there the plain mean.
template <class Of>
double mean(const std::vector<std::size_t>& nodes, const world::State& before, Of of) {
  double sum = 0, use = 0, plain = 0;
  for (const std::size_t n : nodes) {
    sum += before.usual_use[n] * of(n);
    use += before.usual_use[n];
    plain += of(n);
  }
  return use > 0 ? sum / use : plain / static_cast<double>(nodes.size());
}

double price_now(const Seen& seen, const std::vector<std::size_t>& nodes) {
  return mean(nodes, seen.before, [&](std::size_t n) { return seen.after.last_price[n]; });
}

Answer price(const World& world, const Question& question, ProductId product) {
  return [nodes = nodes_of(world, question.regions, product)](const Seen& seen) {
    return price_now(seen, nodes) / kKilogramsPerTonne;
  };
}

Answer price_ratio(const World& world, const Question& question, ProductId product) {
  return [nodes = nodes_of(world, question.regions, product)](const Seen& seen) {
    return ratio(price_now(seen, nodes),
                 mean(nodes, seen.before, [&](std::size_t n) { return seen.world.base_price[n]; }));
  };
}

Answer price_jump(const World& world, const Question& question, ProductId product) {
  return [nodes = nodes_of(world, question.regions, product)](const Seen& seen) {
    return ratio(price_now(seen, nodes),
                 mean(nodes, seen.before, [&](std::size_t n) { return seen.before.normal_price[n]; }));
  };
}

Answer premium(const World& world, const Question& question, ProductId product) {
  return [here = nodes_of(world, question.regions, product), there = nodes_of(world, question.others, product)](
             const Seen& seen) { return ratio(price_now(seen, here), price_now(seen, there)) - 1; };
}

// Routes of a product that cross the border of the regions, inwards or outwards.
std::vector<std::size_t> routes(const World& world, const std::vector<RegionId>& regions, ProductId product,
                                bool inwards) {
  std::vector<std::size_t> found;
  for (std::size_t a = 0; a < world.arcs.size(); ++a) {
    const auto& arc = world.arcs[a];
    if (arc.product != product) continue;
    const bool from = contains(regions, arc.from), to = contains(regions, arc.to);
    if (inwards ? to && !from : from && !to) found.push_back(a);
  }
  return found;
}

double carried(const Seen& seen, const std::vector<std::size_t>& arcs) {
  double sum = 0;
  for (const std::size_t a : arcs) sum += seen.equilibrium.arc_flow[a];
  return sum;
}

Answer import_share(const World& world, const Question& question, ProductId product) {
  auto all = routes(world, question.regions, product, true);
  std::vector<std::size_t> from_others;
  for (const std::size_t a : all)
    if (contains(question.others, world.arcs[a].from)) from_others.push_back(a);
  return [all = std::move(all), from_others = std::move(from_others)](const Seen& seen) {
    return ratio(carried(seen, from_others), carried(seen, all));
  };
}

// Plants of some places that make a product, and how much of it a tonne of their activity gives.
struct Maker {
  std::size_t plant;
  double amount;
};

std::vector<Maker> makers(const World& world, const std::vector<RegionId>& regions, ProductId product) {
  std::vector<Maker> found;
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const auto& plant = world.facilities[f];
    if (!plant.makes_something() || !(regions.empty() || contains(regions, plant.region))) continue;
    for (const auto& item : world.processes[plant.process.index()].outputs)
      if (item.product == product) found.push_back({f, item.amount});
  }
  return found;
}

double made(const Seen& seen, const std::vector<Maker>& makers) {
  double sum = 0;
  for (const Maker& maker : makers) sum += maker.amount * seen.equilibrium.activity[maker.plant];
  return sum;
}

Answer import_reliance(const World& world, const Question& question, ProductId product) {
  return [in = routes(world, question.regions, product, true), out = routes(world, question.regions, product, false),
          plants = makers(world, question.regions, product)](const Seen& seen) {
    const double net = carried(seen, in) - carried(seen, out);
    return std::max(0.0, ratio(net, made(seen, plants) + net));
  };
}

Answer world_share(const World& world, const Question& question, ProductId product) {
  return [own = makers(world, question.regions, product), all = makers(world, {}, product)](const Seen& seen) {
    return ratio(made(seen, own), made(seen, all));
  };
}

Answer output(const World& world, const Question& question, ProductId product) {
  auto own = makers(world, question.regions, product);
  double base = 0;
  for (const Maker& maker : own) base += maker.amount * world.facilities[maker.plant].base_activity;
  return [own = std::move(own), base](const Seen& seen) { return ratio(made(seen, own), base); };
}

Answer idle(const World& world, const Question& question, ProductId product) {
  return [own = makers(world, question.regions, product)](const Seen& seen) {
    double idle = 0, installed = 0;
    for (const Maker& maker : own) {
      idle += maker.amount * seen.before.plants[maker.plant].idle;
      installed += maker.amount * seen.before.plants[maker.plant].installed;
    }
    return ratio(idle, installed);
  };
}

// Months of use in the stores of some places, of all holders or of governments alone.
Answer in_store(const World& world, const Question& question, ProductId product, bool governments) {
  std::vector<std::size_t> stocks;
  for (std::size_t s = 0; s < world.stocks.size(); ++s) {
    const auto& stock = world.stocks[s];
    if (stock.product == product && contains(question.regions, stock.region) &&
        (!governments || stock.holder == world::Holder::government))
      stocks.push_back(s);
  }
  return [stocks = std::move(stocks), nodes = nodes_of(world, question.regions, product)](const Seen& seen) {
    double held = 0, use = 0;
    for (const std::size_t s : stocks) held += seen.after.stock[s];
    for (const std::size_t n : nodes) use += seen.before.usual_use[n];
    return ratio(held, use);
  };
}

Answer cover(const World& world, const Question& question, ProductId product) {
  return in_store(world, question, product, false);
}

Answer reserve(const World& world, const Question& question, ProductId product) {
  return in_store(world, question, product, true);
}

std::vector<std::size_t> segments(const World& world, const Question& question, ProductId product) {
  std::vector<std::size_t> found;
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    const auto& segment = world.segments[s];
    if (segment.product == product && contains(question.regions, segment.region) &&
        (question.end_uses.empty() || contains(question.end_uses, segment.end_use)))
      found.push_back(s);
  }
  return found;
}

double wanted(const Seen& seen, std::size_t segment) {
  return seen.world.segments[segment].base_quantity * seen.before.wanted(segment);
}

Answer unmet(const World& world, const Question& question, ProductId product) {
  return [own = segments(world, question, product)](const Seen& seen) {
    double used = 0, asked = 0;
    for (const std::size_t s : own) {
      used += std::min(seen.equilibrium.consumption[s], wanted(seen, s));
      asked += wanted(seen, s);
    }
    return 1 - ratio(used, asked);
  };
}

Answer loss(const World& world, const Question& question, ProductId product) {
  return [own = segments(world, question, product)](const Seen& seen) {
    double lost = 0, bill = 0;
    for (const std::size_t s : own) {
      const auto& segment = seen.world.segments[s];
      const double price = seen.after.last_price[seen.world.node(segment.product, segment.region)];
      const double used = std::min(seen.equilibrium.consumption[s], wanted(seen, s));
      lost += used * std::max(0.0, price - segment.base_price) + (wanted(seen, s) - used) * price;
      bill += wanted(seen, s) * segment.base_price;
    }
    return ratio(lost, bill);
  };
}

Answer refused(const World& world, const Question& question, ProductId product) {
  return [in = routes(world, question.regions, product, true),
          nodes = nodes_of(world, question.regions, product)](const Seen& seen) {
    double kept_away = 0, use = 0;
    for (const std::size_t a : in) kept_away += seen.before.refused[a];
    for (const std::size_t n : nodes) use += seen.before.usual_use[n];
    return ratio(kept_away, use);
  };
}

template <class T>
bool meet(const std::vector<T>& a, const std::vector<T>& b) {
  return std::any_of(a.begin(), a.end(), [&](const T& item) { return contains(b, item); });
}

// Whether a lever is directed at some places: at what they buy, sell or make.
bool directed_at(const LeverHead& head, const std::vector<RegionId>& regions) {
  if (regions.empty()) return true;
  const auto kinds = lever_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.name == head.kind; });
  if (kind == kinds.end()) return false;
  switch (kind->acts) {
    case Acts::on_exports:
      return head.destinations.empty()
                 ? !std::all_of(regions.begin(), regions.end(), [&](RegionId r) { return contains(head.origins, r); })
                 : meet(head.destinations, regions);
    case Acts::on_imports:
      return head.origins.empty() ? !std::all_of(regions.begin(), regions.end(),
                                                 [&](RegionId r) { return contains(head.destinations, r); })
                                  : meet(head.origins, regions);
    default:
      return meet(head.origins, regions);
  }
}

Answer levers(const World&, const Question& question, ProductId) {
  return [question](const Seen& seen) {
    const base::Month month = seen.before.month;
    int known = 0;
    for (std::size_t l = 0; l < seen.levers.size(); ++l) {
      const LeverHead& head = seen.levers[l]->head();
      if (head.announced > month || head.end <= month || !seen.standing[l].acts) continue;
      if (question.within > 0 && month - head.announced >= question.within) continue;
      if (contains(question.by, head.actor) && contains(question.kinds, head.kind) &&
          (question.products.empty() || meet(head.products, question.products)) && directed_at(head, question.regions))
        ++known;
    }
    return static_cast<double>(known);
  };
}

}  // namespace

std::span<const Observable> observables() {
  static const std::vector<Observable> all{
      {"price", "USD/kg", "price at `regions`, the mean by usual use", 0, kAny, 1, false, false, false, price},
      {"price-ratio", "", "price at `regions` over that of the base year", 0, kAny, 1, false, false, false,
       price_ratio},
      {"price-jump", "", "price at `regions` over what is held to be normal (docs/model.md 3.4)", 0, kAny, 1, false,
       false, false, price_jump},
      {"premium", "", "price at `regions` over that at `others`, less 1", -1, kAny, 1, true, false, false, premium},
      {"import-share", "share", "of what `regions` import, the share that comes from `others`", 0, 1, 2, true, false,
       false, import_share},
      {"import-reliance", "share", "net imports of `regions` over what they make plus net imports; 0 for net exporters",
       0, 1, 2, false, false, false, import_reliance},
      {"world-share", "share", "of what the world makes, the share of `regions`", 0, 1, 6, false, false, false,
       world_share},
      {"output", "", "what `regions` make over what they made in the base year", 0, kAny, 6, false, false, false,
       output},
      {"idle", "share", "of what plants of `regions` could make, the share that is mothballed", 0, 1, 3, false, false,
       false, idle},
      {"cover", "months", "months of usual use in all stores of `regions`", 0, kAny, 3, false, false, false, cover},
      {"reserve", "months", "months of usual use in the stores of governments at `regions`", 0, kAny, 1, false, false,
       false, reserve},
      {"unmet", "share",
       "of what `end-uses` at `regions` would use at base-year prices, the share that they go without", 0, 1, 3, false,
       true, false, unmet},
      {"loss", "of the usual bill",
       "what `end-uses` at `regions` pay above base-year prices, and what they go without at the price of the day, "
       "over "
       "what they would pay in the base year",
       0, kAny, 3, false, true, false, loss},
      {"refused", "share", "of usual use at `regions`, the imports that governments do not let pass", 0, kAny, 1, false,
       false, false, refused},
      {"levers", "levers",
       "measures of these `kinds` taken `by` others that are known and not over, on any of the products, directed at "
       "`regions` (not given: at anybody); with `within` only those that became known in so many months",
       0, kAny, 1, false, false, true, levers},
  };
  return all;
}

}  // namespace lodestone::policy
