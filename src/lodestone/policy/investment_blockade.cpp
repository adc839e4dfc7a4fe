// Investment blockade: the money of a government's firms and banks may not go to some projects.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

class InvestmentBlockade final : public Lever {
 public:
  InvestmentBlockade(LeverHead head, std::vector<std::size_t> plants, double share, double premium)
      : Lever(std::move(head)), plants_(std::move(plants)), share_(share), premium_(premium) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<InvestmentBlockade>(*this); }

  void apply(const world::World&, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const std::size_t f : plants_) {
      rules.plant_rules[f].capital *= 1 - share_;
      rules.plant_rules[f].risk_premium += premium_;
    }
  }
  // Money that may be barred soon hesitates.
  void foreshadow(double chance, world::Rules& rules) const override {
    for (const std::size_t f : plants_) {
      rules.plant_rules[f].capital *= 1 - chance * share_;
      rules.plant_rules[f].risk_premium += chance * premium_;
    }
  }
  [[nodiscard]] std::span<const std::size_t> blockaded() const override { return plants_; }

 private:
  std::vector<std::size_t> plants_;
  double share_;    // of private capital
  double premium_;  // fraction a year
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const double share = values.number("share"), premium = values.number("risk-premium");
  if (!(share + premium > 0))
    throw WrongOptions({{"share", "share and risk-premium are both 0", "at least one of them above 0", ""}});
  auto plants = targeted_plants(head, values, world, Which::projects);
  if (values.has("control")) {
    const auto firms = named_regions(values, "control", world, head.start);
    std::erase_if(plants, [&](std::size_t f) {
      return std::find(firms.begin(), firms.end(), world.facilities[f].control) == firms.end();
    });
    if (plants.empty())
      throw WrongOptions({{"control", "no project of these firms among those named",
                           "regions whose firms build or plan a plant that makes one of the products", ""}});
  }
  return std::make_unique<InvestmentBlockade>(std::move(head), std::move(plants), share, premium);
}

}  // namespace

LeverKind investment_blockade_kind() {
  return {
      "investment-blockade",
      "The money of a government's banks and firms may not go into named projects.",
      "Shares of several blockades on a project multiply: each takes its part of what is left. Premiums add up.",
      Acts::on_plants,
      {plants_option(),
       {"control", OptionType::text_list, "", 0, -1, false, "",
        "regions or groups: only projects run by their firms; not given: whoever runs them"},
       {"share", OptionType::number, "of private capital", 0, 1, true, "",
        "share of the world's private capital that is the actor's and stays away"},
       {"risk-premium", OptionType::number, "fraction a year", 0, 1, false, "0",
        "added to the hurdle rate by those who stay, for fear of being next"}},
      make,
      R"(It acts on projects (plants that are building or planned) that stand in `origins` (the hosts; `["all"]` for everywhere) and make one of
the products, or on those named. In every month in force such a project is financed only if what it asks is at most `1 - share` of
the private capital that is ready (docs/model.md 3.13), and the rate it must earn is higher by `risk-premium`. What is financed already goes on. While it is
announced or threatened both hold by its chance. The same government cannot support a plant and blockade it.)",
      "none",
      R"(actor = "USA"
products = ["all"]
origins = ["all"]
control = ["CHN"]
share = 0.4
)"};
}

}  // namespace lodestone::policy
