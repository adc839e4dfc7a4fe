// Origin rule: users of an access class must be served by origins that the class accepts, where any origin served
// before. What the class is and who it accepts stands in the dataset (docs/data.md, access_classes.csv).
#include <fmt/format.h>

#include <utility>
#include <vector>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

class OriginRule final : public Lever {
 public:
  OriginRule(LeverHead head, std::vector<world::FacilityId> closed)
      : Lever(std::move(head)), closed_(std::move(closed)) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<OriginRule>(*this); }
  void apply(const world::World&, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const world::FacilityId transfer : closed_) rules.activity_limit[transfer.index()] = 0;
  }

 private:
  std::vector<world::FacilityId> closed_;  // where goods of any origin passed into the class
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  std::vector<world::FacilityId> closed;
  std::vector<std::string> classes;
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    if (world.facilities[f].transfer != world::Transfer::any_origin) continue;
    const auto& process = world.processes[world.facilities[f].process.index()];
    const auto& good = world.products[process.outputs.front().product.index()];
    classes.push_back(good.access);
    if (good.access == values.text("class") && targets(head, world, process.outputs.front().product))
      closed.emplace_back(f);
  }
  if (closed.empty())
    throw WrongOptions(
        {{"class",
          fmt::format("class = '{:.60}', which accepts these products from no other origin yet", values.text("class")),
          "an access class of the dataset, and products that any origin may still supply",
          base::nearest_name(values.text("class"), classes)}});
  return std::make_unique<OriginRule>(std::move(head), std::move(closed));
}

}  // namespace

LeverKind origin_rule_kind() {
  return {"origin-rule",
          "Users of an access class must be served by the origins that it accepts.",
          "Several rules on a product: it is closed as long as one of them is in force.",
          Acts::on_imports,
          {{"class", base::OptionType::text, "", 0, -1, true, "", "id of the access class in access_classes.csv"}},
          make,
          "Before the rule goods of any origin pass into the class (`any-origin`, free). In every month in force that "
          "passage of the products named has a limit of 0, wherever the class is used; leakage and downgrades stay as "
          "the dataset has them. Nobody earns a rent but those who make the class: its price rises above the open one.",
          "none; users of the class pay its price",
          R"(actor = "USA"
products = ["dysprosium-oxide"]
class = "defence-origin"
)"};
}

}  // namespace lodestone::policy
