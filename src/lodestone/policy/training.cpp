// Training: a government teaches people the work of a stage, who are there when plants open.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

using base::kMonths;
using base::OptionType;

/// A stage in a region, and which part of the people is taught for it.
struct Class {
  std::size_t pool;
  double share;
};

class Training final : public Lever {
 public:
  Training(LeverHead head, std::vector<Class> classes, double people, double cost, int duration)
      : Lever(std::move(head)), classes_(std::move(classes)), people_(people), cost_(cost), duration_(duration) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<Training>(*this); }

  // Paid month by month while it lasts; those who began finish, also when no more begin.
  void apply(const world::World&, const world::State& state, int index, world::Rules& rules) override {
    const double begin = people_ / kMonths;
    int under_way = 0;
    for (int m = 0; m < duration_; ++m) under_way += in_force(state.month + -m) ? 1 : 0;
    rules.measures.spending[static_cast<std::size_t>(index)] += under_way * begin * cost_ / duration_;
    if (!in_force(state.month + (1 - duration_))) return;
    for (const auto& each : classes_) rules.measures.taught[each.pool] += each.share * begin;
  }

 private:
  std::vector<Class> classes_;
  double people_;  // who begin a year
  double cost_;    // USD per head
  int duration_;   // months
};

/// Of the workers that all plants of these stages would need, built or not, each class gets its part of the people.
std::vector<Class> classes_for(const std::vector<std::size_t>& plants, const world::World& world) {
  std::vector<Class> classes;
  double all = 0;
  for (const std::size_t f : plants) {
    const auto& plant = world.facilities[f];
    const double workers = plant.construction.labour * plant.full_capacity();
    if (!(workers > 0)) continue;
    const std::size_t pool = world::pool_of_workers(world, world.processes[plant.process.index()].stage, plant.region);
    const auto it = std::find_if(classes.begin(), classes.end(), [&](const Class& each) { return each.pool == pool; });
    (it == classes.end() ? classes.emplace_back(Class{pool, 0}) : *it).share += workers;
    all += workers;
  }
  for (auto& each : classes) each.share /= all;
  return classes;
}

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  auto classes = classes_for(targeted_plants(head, values, world, Which::every), world);
  const bool counted = std::any_of(world.facilities.begin(), world.facilities.end(),
                                   [](const auto& plant) { return plant.planned_capacity > 0; });
  if (classes.empty() || !counted)
    throw WrongOptions({{"products", "no plant whose workers are counted",
                         "a stage with labour in construction.csv and a dataset with plans", ""}});
  return std::make_unique<Training>(std::move(head), std::move(classes), values.number("people"),
                                    values.number("cost-per-head"), static_cast<int>(values.integer("duration")));
}

}  // namespace

LeverKind training_kind() {
  return {
      "training",
      "A government teaches people the work of a stage, at its own cost.",
      "People of several levers add up.",
      Acts::on_plants,
      {plants_option(),
       {"people", OptionType::number, "people a year", 0, 1e6, true, "",
        "how many begin a year, in all stages and regions together"},
       {"cost-per-head", OptionType::number, "USD", 0, 1e6, true, "", "what the training of one costs the public"},
       {"duration", OptionType::integer, "months", 1, 120, false, "18",
        "how long it takes; an operator of solvent extraction needs 1 to 2 years (an assumption)"}},
      make,
      R"(In every month in force `people / 12` begin; `duration` months later they are skilled workers (docs/model.md 3.14), beside those whom plants train
and poach themselves, and plants that ramp up lack fewer. Of several stages and regions each gets the part that its plants, built or
planned, would need of all their workers. Who finishes where nobody needs him leaves the trade like others (`workforce-loss`). Nothing
limits how many can be taught: whether there are teachers is for the scenario to say. Evidence that skills bind is anecdotal, and what
a head costs is an assumption.)",
      "`people / 12 * cost-per-head` for each month in which some begin, spread over the months of their training",
      R"(actor = "USA"
products = ["ndfeb-magnet-high-temperature"]
people = 300
cost-per-head = 60000
duration = 12
)"};
}

}  // namespace lodestone::policy
