// Which figures the reconciliation moved: kept in the world, told when they moved far.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "lodestone/base/units.hpp"
#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kMoved = 1e-3;  // relative change of a figure that is noted
constexpr double kFar = 2;       // standard errors: a warning
using base::kMonths;

bool has_moved(double stated, double used) {
  return std::abs(used - stated) > kMoved * std::max(std::abs(used), std::abs(stated));
}

class Notes {
 public:
  explicit Notes(BaseYear& base) : base_(base) {}

  // True when the figure moved. `column` is the one it stands in.
  bool note(const Row& row, const char* column, std::string what, double stated, double used, double error,
            double factor = kMonths) {
    if (!has_moved(stated, used)) return false;
    const std::string unit = factor == 1 ? "" : "t/yr";
    world::MovedFigure moved{std::move(what), unit, stated * factor, used * factor, error * factor, row.provenance};
    moved.provenance.place = row.place(column);
    if (std::abs(used - stated) > kFar * error)
      base_.diagnostics.warning(moved.provenance.place,
                                fmt::format("{} of {:.4g}{}", moved.what, moved.stated, unit.empty() ? "" : " " + unit),
                                fmt::format("what the other figures leave room for: {:.4g} is used, {:.1f} standard "
                                            "errors away",
                                            moved.used, std::abs(used - stated) / error));
    base_.world.moved.push_back(std::move(moved));
    return true;
  }

 private:
  BaseYear& base_;
};

void note_outputs(BaseYear& base, Notes& notes) {
  for (std::size_t f = 0; f < base.world.facilities.size(); ++f) {
    auto& facility = base.world.facilities[f];
    const auto& row = base.raw.facilities[f];
    const double stated = base.stated_activity[f];
    if (notes.note(row, "base_output", fmt::format("output of '{}'", facility.id), stated, facility.base_activity,
                   relative_error(row.provenance.confidence) * stated))
      facility.provenance = derived_from("output moved to balance", {&row.provenance});
  }
}

void note_totals(BaseYear& base, Notes& notes) {
  for (std::size_t p = 0; p < base.demand.size(); ++p) {
    const auto& demand = base.demand[p];
    if (demand.row == nullptr || std::isinf(demand.error)) continue;
    double used = 0;
    for (std::size_t r = 0; r < base.world.regions.size(); ++r)
      used += base.consumed[base.world.node(world::ProductId(p), world::RegionId(r))];
    notes.note(*demand.row, "quantity", fmt::format("demand for '{}' outside the chain", demand.row->product),
               demand.stated, used, demand.error);
  }
}

// Shares of demand by region; the first row of the product and region stands for all of its end uses.
void note_shares(BaseYear& base, Notes& notes) {
  for (std::size_t p = 0; p < base.world.products.size(); ++p) {
    double used = 0;
    const auto shares = demand_shares(base, world::ProductId(p));
    for (const auto& share : shares) used += base.consumed[base.world.node(world::ProductId(p), share.region)];
    for (const auto& share : shares) {
      const double part = base.consumed[base.world.node(world::ProductId(p), share.region)] / used;
      notes.note(*share.first, "share",
                 fmt::format("share of {} in demand for '{}'", share.first->region, share.first->product), share.part,
                 part, share.error * share.part, 1);
    }
  }
}

void note_flows(BaseYear& base, Notes& notes) {
  for (std::size_t a = 0; a < base.world.arcs.size(); ++a) {
    const TradeRow* row = base.known[a];
    if (row == nullptr) continue;
    auto& arc = base.world.arcs[a];
    const bool moved = notes.note(*row, "flow", fmt::format("'{}' from {} to {}", row->product, row->from, row->to),
                                  row->flow, arc.base_flow, relative_error(row->provenance.confidence) * row->flow);
    arc.provenance = moved ? derived_from("a known flow, moved to balance", {&row->provenance}) : row->provenance;
  }
}

}  // namespace

void note_moves(BaseYear& base) {
  Notes notes(base);
  note_outputs(base, notes);
  note_totals(base, notes);
  note_shares(base, notes);
  note_flows(base, notes);
}

}  // namespace lodestone::dataset
