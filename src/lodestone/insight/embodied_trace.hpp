// Where what stands at a place was mined, separated, made into metal and magnets: traced through the chain in
// proportion, for one element. docs/embodied.md.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// Stages that are traced: mining, separation, finishing, metal, magnet, in the order of world::Stage.
inline constexpr std::size_t kTraced = 5;

/// A month of a run, per arc, facility and stock of the world, in t.
struct MonthFlows {
  std::span<const double> arc_flow, activity, stock_after;
};

/// Everything that is at a place in a month (what was in store, what arrives, what is made there) is one mixture, and
/// whatever leaves it, is used or stays in store is a part of that mixture. Goods under way keep theirs. Plants pass on
/// the mixture of their inputs, weighted by content of the element, and add their own place for their own stage;
/// recycling counts as separation. What is collected as scrap from buyers has the origin "recycled". The start is the
/// steady state of the base year's flows.
class Trace {
 public:
  /// `by_control`: plants count where who controls them is at home. `world` must outlive the trace.
  Trace(const world::World& world, world::ElementId element, bool by_control);

  /// Moves on by a month.
  void month(const MonthFlows& flows);

  /// Shares by origin of what a stage of the goods at a place was done by: per region, then recycled, then unknown.
  /// They sum to 1 where all of it went through the stage, to 0 where nothing did.
  [[nodiscard]] std::span<const double> origins(world::ProductId product, world::RegionId region,
                                                world::Stage stage) const;
  [[nodiscard]] std::size_t recycled() const { return world_.regions.size(); }
  [[nodiscard]] std::size_t unknown() const { return world_.regions.size() + 1; }
  /// Whether goods of this product have gone through a stage.
  [[nodiscard]] bool goes_through(world::ProductId product, world::Stage stage) const;
  /// Whether the product has any of the element.
  [[nodiscard]] bool holds(world::ProductId product) const;
  /// What came to a place in the last month, t: made there, and from other regions.
  [[nodiscard]] double made(world::ProductId product, world::RegionId region) const;
  [[nodiscard]] double imported(world::ProductId product, world::RegionId region) const;
  /// Of the imports, from one region directly.
  [[nodiscard]] double imported(world::ProductId product, world::RegionId region, world::RegionId from) const;

 private:
  using Mix = std::vector<double>;  // stage-major, then origins
  /// Goods under way, first in, first out.
  struct Ring {
    std::vector<double> quantity;  // t, one a month of lag
    std::vector<Mix> mix;
    std::size_t first = 0;
  };

  const world::World& world_;
  world::ElementId element_;
  bool by_control_;
  std::size_t origins_, size_;     // origins; stages x origins
  std::vector<unsigned> through_;  // per product: stages it went through, one bit each
  std::vector<Mix> mix_;           // per node
  std::vector<double> store_;      // per node, t at the month's opening
  std::vector<Ring> at_sea_, in_process_;
  std::vector<double> arrived_;  // per arc, t last month
  std::vector<double> made_;     // per node, t last month
  // scratch
  std::vector<Mix> pool_;
  std::vector<double> total_;
  Mix output_;

  void find_stages();
  void start();
  void clear_pool();
  void add(std::size_t node, double quantity, const Mix& mix);
  /// Mixture of what a facility makes of what stands at its place.
  const Mix& output_of(std::size_t facility);
  /// Adds what arrives in the month in which it leaves: `flow` per arc, `activity` per facility; all of them, or only
  /// carriers without lag. Returns the largest change of a share.
  double sweep(std::span<const double> flow, std::span<const double> activity, bool all, const std::vector<Mix>& fixed,
               const std::vector<double>& fixed_total);
  void settle(std::span<const double> flow, std::span<const double> activity, bool all);
  [[nodiscard]] std::size_t stock_node(std::size_t stock) const;
  [[nodiscard]] bool carries(std::size_t arc) const { return holds(world_.arcs[arc].product); }
};

}  // namespace lodestone::insight
