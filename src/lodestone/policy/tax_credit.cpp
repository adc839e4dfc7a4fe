// Tax credit: a government leaves makers part of what they make, or builders part of what they spend.
#include <limits>
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const bool of_cost = values.has("share-of-cost"), of_value = values.has("share-of-value");
  if (of_cost == of_value)
    throw WrongOptions({{of_cost ? "share-of-value" : "",
                         of_cost ? "both share-of-cost and share-of-value" : "neither share-of-cost nor share-of-value",
                         "one of them; a lever of its own for each", ""}});
  world::Offer terms;
  if (of_cost) {
    auto plants = targeted_plants(head, values, world, Which::projects);
    terms.kind = world::Support::grant;
    terms.share = values.number("share-of-cost");
    return std::make_unique<ProjectMoney>(std::move(head), std::move(plants), terms,
                                          std::numeric_limits<double>::infinity());
  }
  auto plants = targeted_plants(head, values, world, Which::every);
  terms.kind = world::Support::promise;
  terms.share = values.number("share-of-value");
  terms.upside = -1;  // above a price of 0 the government adds, where a floor would take
  return std::make_unique<PricePromise>(std::move(head), std::move(plants), terms);
}

}  // namespace

LeverKind tax_credit_kind() {
  return {
      "tax-credit",
      "A government leaves plants part of the value of what they make, or of what they cost to build, without a cap.",
      "Credits on the value add up with every other payment on a plant; those on the cost with grants, loans and "
      "stakes, to at most "
      "what it costs.",
      Acts::on_plants,
      {plants_option(),
       {"share-of-cost", OptionType::number, "of the cost to build", 0, 1, false, "",
        "investment credit, when a plant is financed; one of the two"},
       {"share-of-value", OptionType::number, "of the price", 0, 1, false, "",
        "production credit, on what is made from start to end; one of the two"}},
      make,
      R"(An investment credit is a grant of `share-of-cost` to every project that is financed from start to end, with no budget that could run out.
A production credit pays `share-of-value * p` per t of the products named that a plant makes, with p the price at its node last month;
lenders of projects count it at normal prices until `end`, discounted by the chance `reversal-hazard` that it is taken back.)",
      "the credit, in the month in which a plant is financed or in which it produces",
      R"(actor = "USA"
products = ["ndpr-oxide"]
share-of-value = 0.1
)"};
}

}  // namespace lodestone::policy
