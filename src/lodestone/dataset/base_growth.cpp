// Paths on which demand moves with time: which row speaks for which segment when. Source: docs/model.md section 3.2.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

// Months from which a row speaks, and the first month in which it does no more.
base::Month first_month(const GrowthRow& row) {
  return row.provenance.valid_from.in_month();
}

base::Month end_month(const GrowthRow& row) {
  return row.provenance.valid_to.in_month() + 1;
}

class Path {
 public:
  Path(BaseYear& base, std::string id) : base_(base), id_(std::move(id)) {
    for (const auto& row : base.raw.demand_growth)
      if (row.path == id_) {
        rows_.push_back(&row);
        turns_.insert(first_month(row));
        turns_.insert(end_month(row));
      }
  }

  world::GrowthPath read() {
    world::GrowthPath path{id_, {}};
    for (const auto& segment : base_.world.segments) path.segments.push_back(steps(segment));
    return path;
  }

 private:
  BaseYear& base_;
  std::string id_;
  std::vector<const GrowthRow*> rows_;
  std::set<base::Month> turns_;  // months in which a row begins or ends
  std::set<std::pair<const GrowthRow*, const GrowthRow*>> told_;

  std::vector<world::GrowthStep> steps(const world::Segment& segment) {
    std::vector<world::GrowthStep> out;
    for (auto turn = turns_.begin(); turn != turns_.end(); ++turn) {
      const auto next = std::next(turn);
      if (next == turns_.end()) break;
      const GrowthRow* row = closest(segment, *turn);
      if (row == nullptr || row->rate == 0) continue;
      if (!out.empty() && out.back().end == *turn && out.back().rate == row->rate)
        out.back().end = *next;
      else
        out.push_back({*turn, *next, row->rate});
    }
    return out;
  }

  // End use before product before region. A good of an access class grows as the open one does.
  const GrowthRow* closest(const world::Segment& segment, base::Month month) {
    const auto& product = base_.world.products[segment.product.index()];
    const auto open = product.open.valid() ? product.open : segment.product;
    const std::string& name = base_.world.products[open.index()].id;
    const std::string& region = base_.world.regions[segment.region.index()].id;
    const GrowthRow* best = nullptr;
    int best_rank = -1;
    for (const GrowthRow* row : rows_) {
      if (month < first_month(*row) || !(month < end_month(*row))) continue;
      const bool good = row->product == "all" || row->product == name;
      const bool use = row->end_use == "all" || row->end_use == segment.end_use;
      const int place = base_.places.closeness(row->region, region);
      if (!good || !use || place < 0) continue;
      const int rank = (row->end_use == "all" ? 0 : 6) + (row->product == "all" ? 0 : 3) + place;
      if (rank == best_rank && row->rate != best->rate && told_.emplace(best, row).second)
        base_.diagnostics.error(row->place("region"),
                                fmt::format("'{}' and '{}' speak for {} of '{}' just as closely", best->region,
                                            row->region, region, segment.end_use),
                                "one row that is closest");
      if (rank <= best_rank) continue;
      best = row;
      best_rank = rank;
    }
    return best;
  }
};

}  // namespace

void add_growth(BaseYear& base) {
  std::vector<std::string> ids;
  for (const auto& row : base.raw.demand_growth)
    if (std::find(ids.begin(), ids.end(), row.path) == ids.end()) ids.push_back(row.path);
  for (const auto& id : ids) base.world.growth.push_back(Path(base, id).read());
}

}  // namespace lodestone::dataset
