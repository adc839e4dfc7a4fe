// Outbound finance: a state pays for plants in a host abroad, against part of what they make.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::kMillion;
using base::OptionType;

class OutboundFinance final : public Lever {
 public:
  /// `terms` of the money; `off_take` share of the output that is signed for.
  OutboundFinance(LeverHead head, std::vector<std::size_t> plants, std::vector<world::RegionId> home,
                  const world::Offer& terms, double budget, double off_take)
      : Lever(std::move(head)),
        plants_(std::move(plants)),
        home_(std::move(home)),
        terms_(terms),
        budget_(budget),
        off_take_(off_take) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<OutboundFinance>(*this); }
  void register_needs(const world::World&, MarketNeeds& needs) override { needs.offers += 2 * plants_.size(); }

  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    rules.purse[static_cast<std::size_t>(index)] =
        std::max(0.0, budget_ - state.public_spent[static_cast<std::size_t>(index)]);
    for (const std::size_t f : plants_) {
      if (screened(world, state, f)) continue;
      auto offer = terms_;
      offer.facility = f;
      offer.lever = index;
      rules.offers.push_back(offer);
      if (off_take_ > 0) sign(world, f, index, state, rules);
    }
  }

 private:
  [[nodiscard]] bool screened(const world::World& world, const world::State& state, std::size_t f) const {
    return std::any_of(home_.begin(), home_.end(), [&](world::RegionId investor) {
      return state.measures.screened[f * world.regions.size() + investor.index()] != 0;
    });
  }

  /// At the market price: no money flows, but the plant has sold.
  void sign(const world::World& world, std::size_t f, int index, const world::State& state, world::Rules& rules) const {
    world::Offer sale;
    sale.facility = f;
    sale.lever = index;
    sale.kind = world::Support::promise;
    sale.share = off_take_;
    sale.sale = true;
    sale.years = (head().end - state.month) / 12.0;
    const auto& outputs = world.processes[world.facilities[f].process.index()].outputs;
    sale.product = std::find_if(outputs.begin(), outputs.end(), [&](const auto& item) {
                     return targets(head(), world, item.product);
                   })->product;
    rules.offers.push_back(sale);
  }

  std::vector<std::size_t> plants_;
  std::vector<world::RegionId> home_;
  world::Offer terms_;
  double budget_;    // USD
  double off_take_;  // of the output
};

std::string found_form(const std::string& form) {
  return fmt::format("form = '{:.60}'", form);
}

world::Offer terms_of(const base::OptionValues& values) {
  static const std::vector<std::string> forms{"loan", "equity", "infrastructure"};
  const std::string& form = values.text("form");
  const bool loan = form == "loan";
  if (std::find(forms.begin(), forms.end(), form) == forms.end())
    throw WrongOptions({{"form", found_form(form), "loan, equity or infrastructure", base::nearest_name(form, forms)}});
  for (const char* key : {"interest", "years"})
    if (values.has(key) != loan)
      throw WrongOptions(
          {{loan ? "form" : key,
            loan ? fmt::format("a loan without {}", key) : fmt::format("{} and {}", key, found_form(form)),
            loan ? "interest and years" : "no such key: only loans are paid back with interest", ""}});
  world::Offer terms;
  terms.kind = loan ? world::Support::loan : form == "equity" ? world::Support::equity : world::Support::grant;
  terms.share = values.number("share");
  if (loan) {
    terms.rate = values.number("interest");
    terms.years = values.number("years");
  }
  return terms;
}

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const auto terms = terms_of(values);
  auto home = world.expand_regions(head.actor, {head.start.year(), head.start.month(), 1});
  auto plants = targeted_plants(head, values, world, Which::projects);
  const auto at_home = [&](std::size_t f) {
    return std::find(home.begin(), home.end(), world.facilities[f].region) != home.end();
  };
  std::erase_if(plants, at_home);
  if (plants.empty())
    throw WrongOptions({{values.has("plants") ? "plants" : "origins", "plants at home alone",
                         "projects abroad: origins or plants of a host; at home use grant, loan or equity-stake", ""}});
  return std::make_unique<OutboundFinance>(std::move(head), std::move(plants), std::move(home), terms,
                                           values.number("budget") * kMillion, values.number("off-take"));
}

}  // namespace

LeverKind outbound_finance_kind() {
  return {
      "outbound-finance",
      "A state pays for plants in a host abroad, against part of what they make.",
      "Like grants, loans and stakes: they add up in the order of the file, to at most what a plant costs.",
      Acts::on_plants,
      {plants_option(),
       budget_option(),
       {"form", OptionType::text, "", 0, -1, true, "",
        "loan, equity, or infrastructure: roads, power and water that the plant need not pay for"},
       {"share", OptionType::number, "of the cost to build", 0, 1, true, "", "share of the cost that it bears"},
       {"interest", OptionType::number, "a year, real", 0, 0.5, false, "", "of a loan"},
       {"years", OptionType::number, "years", 1, 50, false, "", "of a loan, until it is paid back"},
       {"off-take", OptionType::number, "of the output", 0, 1, false, "0",
        "share of the output that the financing state signs for, at the market price"}},
      make,
      R"(Projects in the hosts (`origins` or `plants`; never at home) are offered `share` of their cost: a loan and equity as the levers `loan` and `equity-stake` give them,
infrastructure like a grant, as far as the budget goes, best projects first. Part `off-take` of their output counts as sold while it is in force, so that they need less of
a sale to others; it binds no goods to a route. A host whose investment-screening names the financing state takes none of it up from the next month on. What is committed
is recorded by host region as public money.)",
      "the money when a plant is financed; a loan and dividends come back, infrastructure does not",
      R"(actor = "JPN"
products = ["monazite-concentrate"]
plants = ["nolans-mine"]
budget = 300
form = "loan"
share = 0.4
interest = 0.02
years = 12
off-take = 0.3
)"};
}

}  // namespace lodestone::policy
