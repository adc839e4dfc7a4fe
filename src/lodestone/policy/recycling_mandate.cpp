// Recycling mandate: a share of what is thrown away must be collected, whatever its scrap is worth.
#include <algorithm>
#include <utility>
#include <vector>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

class RecyclingMandate final : public Lever {
 public:
  RecyclingMandate(LeverHead head, std::vector<std::size_t> places, double share, int phase_in, double public_share)
      : Lever(std::move(head)),
        places_(std::move(places)),
        share_(share),
        phase_in_(phase_in),
        public_share_(public_share) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<RecyclingMandate>(*this); }
  void register_needs(const world::World&, MarketNeeds& needs) override { needs.offers += places_.size(); }

  // What the last tonne costs beyond the price of the scrap is paid for every tonne.
  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    const double share = share_ * std::min(1.0, (state.month - head().start + 1.0) / (phase_in_ + 1.0));
    for (const std::size_t f : places_) {
      rules.measures.collected[f] = std::max(rules.measures.collected[f], share);
      const auto& place = world.facilities[f];
      const auto& scrap = world.processes[place.process.index()].outputs.front();
      const double price = scrap.amount * state.last_price[world.node(scrap.product, place.region)];
      const double lacks = place.step_cost.back() - place.cash_cost + state.cash_cost[f] - price -
                           rules.activity_support[f] - rules.activity_premium[f];
      if (!(lacks > 0)) continue;
      world::Offer paid;
      paid.facility = f;
      paid.lever = index;
      paid.kind = world::Support::promise;
      paid.paid = public_share_ * lacks;
      rules.activity_support[f] += paid.paid;
      rules.activity_premium[f] += lacks - paid.paid;
      rules.offers.push_back(paid);
    }
  }

 private:
  std::vector<std::size_t> places_;
  double share_;         // of what is discarded
  int phase_in_;         // months
  double public_share_;  // of what collection costs beyond the price of the scrap
};

/// Where old goods become scrap that one of the products, or the scrap itself, is named by.
std::vector<std::size_t> places_of(const LeverHead& head, const world::World& world) {
  std::vector<std::size_t> places;
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const auto& place = world.facilities[f];
    if (place.transfer != world::Transfer::collection) continue;
    if (std::find(head.origins.begin(), head.origins.end(), place.region) == head.origins.end()) continue;
    const auto scrap = world.processes[place.process.index()].outputs.front().product;
    const bool named = targets(head, world, scrap) ||
                       std::any_of(world.lifetimes.begin(), world.lifetimes.end(), [&](const world::Lifetime& life) {
                         return life.scrap == scrap && targets(head, world, life.product);
                       });
    if (named) places.push_back(f);
  }
  return places;
}

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  auto places = places_of(head, world);
  if (places.empty())
    throw WrongOptions(
        {{"products", "nothing that is collected when it is thrown away",
          "a product or scrap of lifetimes.csv that is used in the origins; swarf is sold already", ""}});
  return std::make_unique<RecyclingMandate>(std::move(head), std::move(places), values.number("share"),
                                            static_cast<int>(values.integer("phase-in")),
                                            values.number("public-share"));
}

}  // namespace

LeverKind recycling_mandate_kind() {
  return {
      "recycling-mandate",
      "A share of the goods that are thrown away must be collected, whatever their scrap is worth.",
      "Of several mandates the largest share counts; a later one pays only what the earlier ones leave unpaid.",
      Acts::on_own_plants,
      {{"share", OptionType::number, "of what is thrown away", 0, 1, true, "", "share that must be collected"},
       {"phase-in", OptionType::integer, "months", 0, 240, false, "0", "months over which the share rises from 0"},
       {"public-share", OptionType::number, "", 0, 1, false, "1",
        "share of its cost that the state pays; users of the goods pay the rest"}},
      make,
      R"(In month k in force (1 the first) places of collection of its actor's regions can take `share * min(1, k / (phase-in + 1))` of what is thrown away
from the next month on, more than collectors would be equipped for (docs/model.md 3.17), also beyond `collection-ceiling`. For every tonne they are paid what the last one
costs (the top of the curve of collection) beyond the price of the scrap last month, so that all of it is worth collecting: by the state, and by users as a levy. That is
dearer than the mean cost of collection. Swarf of magnet makers is sold already and needs no mandate.)",
      "`public-share` of what collection lacks, per tonne that is collected",
      R"(actor = "EU27"
products = ["ndfeb-magnet-standard", "ndfeb-magnet-high-temperature"]
share = 0.2
phase-in = 6
public-share = 0.5
)"};
}

}  // namespace lodestone::policy
