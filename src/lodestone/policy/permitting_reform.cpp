// Permitting reform: permits of new plants take fewer months, and more of them are handled at once.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

using base::kMillion;
using base::kMonths;
using base::OptionType;

class PermittingReform final : public Lever {
 public:
  PermittingReform(LeverHead head, std::vector<std::size_t> plants, double months, double slots, double cost)
      : Lever(std::move(head)), plants_(std::move(plants)), months_(months), slots_(slots), cost_(cost) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<PermittingReform>(*this); }

  void apply(const world::World&, const world::State& state, int index, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    auto& measures = rules.measures;
    for (const std::size_t f : plants_) measures.permit_months[f] = std::max(measures.permit_months[f], months_);
    for (const world::RegionId region : head().origins) measures.permit_slots[region.index()] += slots_;
    measures.spending[static_cast<std::size_t>(index)] += cost_ / kMonths;
  }

 private:
  std::vector<std::size_t> plants_;
  double months_;  // off each permit
  double slots_;   // applications at once in each region, more
  double cost_;    // USD a year
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  auto plants = targeted_plants(head, values, world, Which::projects);
  const auto outside = std::find_if(plants.begin(), plants.end(), [&](std::size_t f) {
    return std::find(head.origins.begin(), head.origins.end(), world.facilities[f].region) == head.origins.end();
  });
  if (outside != plants.end())
    throw WrongOptions({{"plants",
                         fmt::format("'{}' in {}", world.facilities[*outside].id,
                                     world.regions[world.facilities[*outside].region.index()].id),
                         "plants of the actor's own regions: it grants no permits elsewhere", ""}});
  const double months = values.number("months"), slots = values.number("more-at-once");
  if (!(months > 0) && !(slots > 0))
    throw WrongOptions({{"months", "months = 0 and more-at-once = 0", "a reform that changes something", ""}});
  return std::make_unique<PermittingReform>(std::move(head), std::move(plants), months, slots,
                                            values.number("cost") * kMillion);
}

}  // namespace

LeverKind permitting_reform_kind() {
  return {
      "permitting-reform",
      "A government grants permits of new plants in fewer months.",
      "Of several reforms the one that takes most months off a permit counts; what offices can handle more adds up.",
      Acts::on_own_plants,
      {plants_option(),
       {"months", OptionType::number, "months", 0, 240, true, "",
        "that a permit takes less, down to one month; the months of each stage and place: construction.csv"},
       {"more-at-once", OptionType::number, "applications", 0, 100, false, "0",
        "how many more applications each of the origins handles without delay"},
       {"cost", OptionType::number, "million USD a year", 0, 1e5, true, "", "what its offices cost the public more"}},
      make,
      R"(A permit that takes P months moves on by `P / (P - months)` months in each month in which it waits, so that a whole one is there `months`
earlier (docs/model.md 3.13); one that waits already gains in proportion to what is left. Offices that handle S applications at once
handle `S + more-at-once`. Queue and protest slow it as before, and what is found money for afterwards still has to pay. Whoever planned
for a later date applies no earlier.)",
      "`cost` for each year in force",
      R"(actor = "USA"
products = ["all"]
months = 36
more-at-once = 2
cost = 30
)"};
}

}  // namespace lodestone::policy
