// Research: a government pays for better ways to make a product, which lower costs years later.
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

class Research final : public Lever {
 public:
  /// `cost` in USD a year; `saving` of the cash cost after `years` of spending, `lag` months later.
  Research(LeverHead head, std::vector<std::size_t> plants, double cost, double saving, double years, int lag)
      : Lever(std::move(head)), plants_(std::move(plants)), cost_(cost), saving_(saving), years_(years), lag_(lag) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<Research>(*this); }

  // What has been learnt stays when the money ends.
  void apply(const world::World&, const world::State& state, int index, world::Rules& rules) override {
    if (in_force(state.month)) rules.measures.spending[static_cast<std::size_t>(index)] += cost_ / kMonths;
    const int paid = std::clamp(state.month - head().start - lag_, 0, head().end - head().start);
    if (paid == 0) return;
    const double saving = saving_ * std::min(1.0, paid / (kMonths * years_));
    for (const std::size_t f : plants_) {
      double& all = rules.measures.saving[f];
      all += saving * (1 - all);
    }
  }

 private:
  std::vector<std::size_t> plants_;
  double cost_, saving_, years_;
  int lag_;
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  auto plants = targeted_plants(head, values, world, Which::own);
  return std::make_unique<Research>(std::move(head), std::move(plants), values.number("cost") * kMillion,
                                    values.number("saving"), values.number("years"),
                                    static_cast<int>(values.integer("lag")));
}

}  // namespace

LeverKind research_kind() {
  return {
      "research",
      "A government pays for research that lowers what it costs to make a product.",
      "Of what one programme leaves of the cost the next takes its share.",
      Acts::on_own_plants,
      {plants_option(),
       {"cost", OptionType::number, "million USD a year", 0, 1e5, true, "", "what the programme costs the public"},
       {"saving", OptionType::number, "share of the cash cost", 0, 0.9, true, "",
        "what it saves when its results are in use"},
       {"years", OptionType::number, "years", 0.1, 50, false, "5", "of spending until the whole saving is found"},
       {"lag", OptionType::integer, "months", 0, 240, false, "36", "from the money to its use in plants"}},
      make,
      R"(After m months of spending that lie `lag` months back, plants of the actor's regions make the products named at `saving * min(1, m / (12 years))`
less than their cash cost, beside what they learn by doing (docs/model.md 3.18). It stays when the money ends. Recipes stay as they are: a better
recovery is a saving here. Evidence: none for these stages. `saving`, `years` and `lag` are assumptions of whoever writes the scenario, the defaults
the usual order of time from laboratory to plant; what money buys is no result of the model.)",
      "`cost` for each year in force",
      R"(actor = "JPN"
products = ["ndfeb-magnet-high-temperature"]
cost = 40
saving = 0.1
years = 1
lag = 6
)"};
}

}  // namespace lodestone::policy
