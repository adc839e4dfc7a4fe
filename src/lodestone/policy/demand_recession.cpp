// Demand recession: end uses want less for a time, at every price.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

class DemandRecession final : public Lever {
 public:
  DemandRecession(LeverHead head, std::vector<std::size_t> segments, double share)
      : Lever(std::move(head)), segments_(std::move(segments)), share_(share) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<DemandRecession>(*this); }
  void apply(const world::World&, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const std::size_t s : segments_) rules.demand_share[s] *= 1 - share_;
  }

 private:
  std::vector<std::size_t> segments_;
  double share_;  // of what would be wanted
};

template <class T>
bool contains(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::vector<std::string> end_uses(const world::World& world) {
  std::vector<std::string> all;
  for (const auto& segment : world.segments)
    if (!contains(all, segment.end_use)) all.push_back(segment.end_use);
  return all;
}

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  if (!head.origins.empty())
    throw WrongOptions(
        {{"origins", "origins of a demand-recession", "no such key: use falls in the destinations", ""}});
  const auto known = end_uses(world);
  const auto named = values.has("end-uses") ? values.list("end-uses") : known;
  for (const auto& use : named)
    if (!contains(known, use))
      throw WrongOptions({{"end-uses", fmt::format("unknown end use '{:.60}'", use), "an end use of the dataset",
                           base::nearest_name(use, known)}});
  std::vector<std::size_t> segments;
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    const auto& segment = world.segments[s];
    if (contains(head.destinations, segment.region) && contains(named, segment.end_use) &&
        targets(head, world, segment.product))
      segments.push_back(s);
  }
  if (segments.empty())
    throw WrongOptions({{"", "nobody there uses these products for that", "at least one demand of the dataset", ""}});
  return std::make_unique<DemandRecession>(std::move(head), std::move(segments), values.number("share"));
}

}  // namespace

LeverKind demand_recession_kind() {
  return {
      "demand-recession",
      "End uses want less for a time, at every price; nobody's act.",
      "Shares of several recessions multiply: each takes its part of what is left.",
      Acts::on_imports,
      {{"share", OptionType::number, "share", 0, 1, true, "", "of what they would want, the share that they do not"},
       {"end-uses", OptionType::text_list, "", 0, -1, false, "", "the end uses that are hit; not given: all"}},
      make,
      R"(`actor` (or `destinations` within it) is where use falls. In every month in force a demand is `1 - share` of what it would be, at every price
(docs/model.md 3.2). Its slow response and its trend go on underneath, so that it comes back whole. Stocks, orders and plans count on the lower
use from the second month on: the first is a surprise.)",
      "none: nobody acts",
      R"(actor = "all"
products = ["all"]
share = 0.2
)"};
}

}  // namespace lodestone::policy
