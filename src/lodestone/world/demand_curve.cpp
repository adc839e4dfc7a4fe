#include "lodestone/world/demand_curve.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <utility>

#include "lodestone/world/curve.hpp"

namespace lodestone::world {
namespace {

constexpr std::size_t kPiecesBelow = 4;  // of the piece around P0
constexpr double kAround = 1 / 0.85;     // P0 times and over this: the ends of the piece around it
constexpr double kWidest = 1.42;         // ratio of the prices at the ends of a piece above it
constexpr double kLeastRoom = 1e-3;      // between P0, the start of the drop and the choke price
constexpr double kSamePoint = 1e-6;      // relative

// A choke price just above P0 leaves no room between them; the pieces stay ascending all the same.
double drop_start(const Segment& segment) {
  return std::max(kDropStart * segment.choke_price, segment.base_price * (1 + kLeastRoom));
}

double drop_end(const Segment& segment) {
  return std::max(segment.choke_price, drop_start(segment) * (1 + kLeastRoom));
}

/// Appends points at equal ratios so that none is further than `widest` from the one before; the last is `to`.
void extend(std::vector<double>& price, double to, double widest) {
  const double from = price.back(), ratio = to / from;
  const auto pieces = static_cast<int>(std::ceil(std::log(ratio) / std::log(widest) - kSamePoint));
  for (int k = 1; k < pieces; ++k) price.push_back(from * std::pow(ratio, static_cast<double>(k) / pieces));
  price.push_back(to);
}

std::vector<double> points_of(const std::vector<Segment>& all, const std::vector<SegmentId>& which) {
  const double base = all[which.front().index()].base_price;
  double around = kAround;
  std::vector<double> ends;
  for (const SegmentId s : which) {
    const Segment& segment = all[s.index()];
    around = std::min(around, std::sqrt(drop_start(segment) / base));
    ends.push_back(drop_start(segment));
    ends.push_back(drop_end(segment));
  }
  std::sort(ends.begin(), ends.end());
  std::vector<double> price;
  const double low = kLowestPrice * base, below = base / around;
  for (std::size_t k = 0; k <= kPiecesBelow; ++k)
    price.push_back(low * std::pow(below / low, static_cast<double>(k) / static_cast<double>(kPiecesBelow)));
  price.push_back(base * around);
  for (const double end : ends)
    if (end > price.back() * (1 + kSamePoint)) extend(price, end, kWidest);
  return price;
}

/// The curve at a point: along its elasticity, then linear to 0.
double at_point(const Segment& segment, double price) {
  const double start = drop_start(segment), end = drop_end(segment);
  const double falling =
      segment.base_quantity * std::pow(std::min(price, start) / segment.base_price, segment.short_elasticity);
  return price <= start ? falling : falling * std::max(0.0, (end - price) / (end - start));
}

}  // namespace

double demand_at(const Segment& segment, double level, double price) {
  if (price >= segment.choke_price) return 0;
  const double relative = std::max(price / segment.base_price, kLowestPrice);
  return level * segment.base_quantity * std::pow(relative, segment.short_elasticity);
}

DemandCurve demand_curve(const std::vector<Segment>& all, std::vector<SegmentId> which) {
  DemandCurve curve{std::move(which), {}, {}};
  curve.price = points_of(all, curve.segments);
  for (const SegmentId s : curve.segments) {
    const Segment& segment = all[s.index()];
    for (const double price : curve.price) curve.quantity.push_back(at_point(segment, price));
    curve.quantity.back() = 0;
    const std::span<double> own = std::span(curve.quantity).last(curve.price.size());
    pass_through(curve.price, own, kPiecesBelow, segment.base_price, segment.base_quantity);
  }
  return curve;
}

std::vector<DemandCurve> demand_curves(const World& world) {
  std::vector<std::vector<SegmentId>> groups;
  std::map<std::pair<std::size_t, double>, std::size_t> group_of;
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    const Segment& segment = world.segments[s];
    const auto [it, is_new] =
        group_of.try_emplace({world.node(segment.product, segment.region), segment.base_price}, groups.size());
    if (is_new) groups.emplace_back();
    groups[it->second].emplace_back(s);
  }
  std::vector<DemandCurve> curves;
  curves.reserve(groups.size());
  for (std::vector<SegmentId>& group : groups) curves.push_back(demand_curve(world.segments, std::move(group)));
  return curves;
}

}  // namespace lodestone::world
