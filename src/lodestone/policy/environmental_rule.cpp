// Environmental rule: plants must meet stricter rules, which costs them money.
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

class EnvironmentalRule final : public Lever {
 public:
  EnvironmentalRule(LeverHead head, std::vector<std::size_t> plants, double level)
      : Lever(std::move(head)), plants_(std::move(plants)), level_(level) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<EnvironmentalRule>(*this); }
  void apply(const world::World& world, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const std::size_t f : plants_) {
      double& cost = rules.activity_cost[f];
      const double asked = level_ * world.facilities[f].compliance;
      if (asked > cost) cost = asked;
    }
  }

 private:
  std::vector<std::size_t> plants_;
  double level_;  // of the cost of the strictest rules
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  auto plants = targeted_plants(head, values, world, Which::own);
  return std::make_unique<EnvironmentalRule>(std::move(head), std::move(plants), values.number("level"));
}

}  // namespace

LeverKind environmental_rule_kind() {
  return {"environmental-rule",
          "A government makes plants meet stricter rules on the environment.",
          "Of several rules on a plant the strictest counts.",
          Acts::on_own_plants,
          {plants_option(),
           {"level", base::OptionType::number, "", 0, 1, true, "",
            "how far towards the strictest rules: 0 as today, 1 as where they are met"}},
          make,
          "In every month in force a plant costs `level` times the `compliance` of its stage and place "
          "(environment.csv, USD per t of activity) more. Nobody receives that money: it pays for water, tailings and "
          "residues. Its actor acts on its own plants.",
          "none; what it costs plants is paid by them",
          R"(actor = "CHN"
products = ["ionic-clay-concentrate"]
level = 0.5
)"};
}

}  // namespace lodestone::policy
