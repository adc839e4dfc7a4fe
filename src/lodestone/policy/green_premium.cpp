// Green premium: buyers pay more for goods of plants that meet the strictest rules, wherever those stand.
#include <algorithm>
#include <utility>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

class GreenPremium final : public Lever {
 public:
  GreenPremium(LeverHead head, std::vector<std::size_t> plants, double premium, double share)
      : Lever(std::move(head)), plants_(std::move(plants)), premium_(premium), share_(share) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<GreenPremium>(*this); }

  // Whoever the premium pays for meets the rules; beyond the rules of the month nobody pays twice.
  void apply(const world::World& world, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const std::size_t f : plants_) {
      const auto& plant = world.facilities[f];
      double earned = 0;
      for (const auto& item : world.processes[plant.process.index()].outputs)
        if (targets(head(), world, item.product)) earned += share_ * premium_ * item.amount;
      const double more = std::max(0.0, plant.compliance - rules.activity_cost[f]);
      if (earned <= more) continue;
      rules.activity_premium[f] += earned;
      rules.activity_cost[f] += more;
    }
  }

 private:
  std::vector<std::size_t> plants_;
  double premium_;  // USD/t
  double share_;    // of the output that finds a buyer who pays it
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  using base::kKilogramsPerTonne;
  auto plants = targeted_plants(head, values, world, Which::every);
  return std::make_unique<GreenPremium>(std::move(head), std::move(plants),
                                        values.number("premium") * kKilogramsPerTonne, values.number("share"));
}

}  // namespace

LeverKind green_premium_kind() {
  return {
      "green-premium",
      "Buyers pay more for goods of plants that meet the strictest rules on the environment, of every origin.",
      "Premiums of several levers add up; a plant meets the rules once.",
      Acts::on_plants,
      {plants_option(),
       {"premium", base::OptionType::number, "USD/kg", 0, 1e6, true, "", "what is paid per kg of product"},
       {"share", base::OptionType::number, "of the output", 0, 1, false, "1",
        "share of a plant's output that finds a buyer who pays it"}},
      make,
      "A plant takes part when `share * premium` exceeds what meeting the strictest rules costs it (`compliance` in "
      "environment.csv, less what rules in force make it pay already): it earns the one and pays the other. With "
      "`origins = [\"all\"]` it is open to plants everywhere. Users pay the premium (accounts: consumers to "
      "producers); no government does. It is the lever green certification: plants that take part are the certified "
      "ones. "
      "Certified goods are no class of their own: they mix with others and clear at one price, and `share` says how "
      "much of them finds users who pay for the label.",
      "none; users pay",
      R"(actor = "EU27"
products = ["ndpr-oxide"]
origins = ["all"]
premium = 5
share = 0.3
)"};
}

}  // namespace lodestone::policy
