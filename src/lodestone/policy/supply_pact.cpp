// Supply pact: members share a price floor, off-takes and stocks for what their plants make.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/government_stock.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/members.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::kKilogramsPerTonne;
using base::OptionType;

struct Terms {
  double floor = 0, share = 0;  // USD/t; of the output
  double off_take = 0;          // share of the output
  double release = 0;           // of what is in store, most that is sold in a month
  double rationed_from = 0;     // refused trade of a member over its use from which stocks are sold
};

class SupplyPact final : public Lever {
 public:
  SupplyPact(LeverHead head, const world::World& world, std::vector<Member> members, const Terms& terms)
      : Lever(std::move(head)), members_(std::move(members)), terms_(terms) {
    if (terms_.floor > 0 || terms_.off_take > 0) find_plants(world);
    if (terms_.release > 0) find_stocks(world);
  }
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<SupplyPact>(*this); }
  [[nodiscard]] bool has_plants() const { return !plants_.empty(); }
  [[nodiscard]] bool has_stocks() const { return !stocks_.empty(); }

  void register_needs(const world::World& world, MarketNeeds& needs) override {
    needs.offers += 2 * plants_.size();
    for (Stock& stock : stocks_) stock.place = stock.own.register_release(world, head().id, needs);
  }

  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const Plant& plant : plants_)
      if (members_[plant.member].in(state.month)) promise(world, state, plant, index, rules);
    in_need_.reset();
    for (const Stock& stock : stocks_) {
      if (!members_[stock.member].in(state.month)) continue;
      const auto in_need = rationed(world, state, stock.own.stock(world).product);
      if (!in_need) continue;
      in_need_ = in_need;
      rules.release[stock.place] = std::max(0.0, terms_.release * stock.own.in_store(state, rules));
    }
  }

  void settle(const world::World& world, const world::Equilibrium& equilibrium, base::Month) override {
    for (const Stock& stock : stocks_) sold_ += std::max(0.0, equilibrium.government_release[stock.place]);
    if (in_need_) last_in_need_ = world.regions[members_[*in_need_].region.index()].id;
  }

  [[nodiscard]] std::string status() const override {
    return fmt::format("{} members, {} promises to plants, sold {:.1f} t from {} stocks{}", members_.size(),
                       plants_.size(), sold_, stocks_.size(),
                       last_in_need_.empty() ? "" : "; last for " + last_in_need_);
  }

 private:
  // A product of a plant in a member's region.
  struct Plant {
    std::size_t facility, member;
    world::ProductId product;
  };
  struct Stock {
    GovernmentStock own;
    std::size_t member;
    std::size_t place = 0;  // among the market's releases
  };
  std::vector<Member> members_;
  Terms terms_;
  std::vector<Plant> plants_;
  std::vector<Stock> stocks_;
  std::optional<std::size_t> in_need_;  // the member for which stocks are offered this month
  std::string last_in_need_;
  double sold_ = 0;  // t

  void find_plants(const world::World& world) {
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& plant = world.facilities[f];
      const Member* host = find_member(members_, plant.region);
      if (host == nullptr || !plant.makes_something()) continue;
      for (const auto& item : world.processes[plant.process.index()].outputs) {
        if (!targets(head(), world, item.product)) continue;
        plants_.push_back({f, static_cast<std::size_t>(host - members_.data()), item.product});
      }
    }
  }

  void find_stocks(const world::World& world) {
    for (std::size_t m = 0; m < members_.size(); ++m)
      for (const auto product : head().products) {
        LeverHead one = head();
        one.products = {product};
        one.origins = {members_[m].region};
        if (holds(world, product, members_[m].region)) stocks_.push_back({GovernmentStock(one, world), m});
      }
  }

  static bool holds(const world::World& world, world::ProductId product, world::RegionId region) {
    return std::any_of(world.stocks.begin(), world.stocks.end(), [&](const world::Stock& stock) {
      return stock.holder == world::Holder::government && stock.product == product && stock.region == region;
    });
  }

  void promise(const world::World& world, const world::State& state, const Plant& plant, int index,
               world::Rules& rules) const {
    world::Offer offer;
    offer.facility = plant.facility;
    offer.lever = index;
    offer.kind = world::Support::promise;
    offer.product = plant.product;
    offer.years = (members_[plant.member].leaves - state.month) / 12.0;
    if (terms_.off_take > 0) {
      offer.share = terms_.off_take;
      offer.sale = true;
      rules.offers.push_back(offer);
      offer.sale = false;
    }
    if (!(terms_.floor > 0)) return;
    const auto& facility = world.facilities[plant.facility];
    offer.share = terms_.share;
    offer.price = terms_.floor;
    const double price = state.last_price[world.node(plant.product, facility.region)];
    offer.paid = world::promised(world.processes[facility.process.index()], offer, price);
    rules.activity_support[plant.facility] += offer.paid;
    rules.offers.push_back(offer);
  }

  /// A member that did not get what it usually buys of the product; nothing when all do.
  [[nodiscard]] std::optional<std::size_t> rationed(const world::World& world, const world::State& state,
                                                    world::ProductId product) const {
    for (std::size_t m = 0; m < members_.size(); ++m) {
      const Member& member = members_[m];
      if (!member.in(state.month)) continue;
      double refused = 0;
      for (std::size_t a = 0; a < world.arcs.size(); ++a)
        if (world.arcs[a].product == product && world.arcs[a].to == member.region) refused += state.refused[a];
      if (refused > terms_.rationed_from * state.usual_use[world.node(product, member.region)]) return m;
    }
    return std::nullopt;
  }
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const Terms terms{values.has("floor-price") ? values.number("floor-price") * kKilogramsPerTonne : 0,
                    values.number("share"), values.number("off-take"), values.number("stock-release"),
                    values.number("rationed-from")};
  const bool for_plants = (terms.floor > 0 && terms.share > 0) || terms.off_take > 0;
  if (!for_plants && !(terms.release > 0))
    throw WrongOptions({{"", "neither floor-price nor off-take nor stock-release",
                         "something that members share: at least one of them above 0", ""}});
  auto members = read_members(head, values, world);
  auto pact = std::make_unique<SupplyPact>(std::move(head), world, std::move(members), terms);
  if (for_plants && !pact->has_plants())
    throw WrongOptions(
        {{"products", "no plant of a member that makes one of them", "a product that members make or plan", ""}});
  if (terms.release > 0 && !pact->has_stocks())
    throw WrongOptions({{"stock-release", "no government stock of a member of these products",
                         "members that hold one of them in the dataset (0 t will do)", ""}});
  return pact;
}

}  // namespace

LeverKind supply_pact_kind() {
  auto options = member_options();
  const std::vector<base::OptionSpec> own{
      {"floor-price", OptionType::number, "USD/kg", 0, 1e9, false, "", "floor that members pay each other's plants"},
      {"share", OptionType::number, "of the output", 0, 1, false, "1", "share of the output that the floor covers"},
      {"off-take", OptionType::number, "of the output", 0, 1, false, "0",
       "share of what members' plants make that the pact signs for, at the market price"},
      {"stock-release", OptionType::number, "share", 0, 1, false, "0",
       "most that is sold a month of what is in members' stocks while trade to one of them is refused"},
      {"rationed-from", OptionType::number, "share", 0, 1, false, "0.1",
       "refused trade of a member over its usual use from which stocks are sold"}};
  options.insert(options.end(), own.begin(), own.end());
  return {
      "supply-pact",
      "Governments share a price floor, off-takes or stocks for what plants in their regions make.",
      "Payments of several levers on a plant add up; shares that count as sold add up to at most 1; of a stock "
      "together "
      "never more than is in store.",
      Acts::on_agreements,
      std::move(options),
      make,
      R"(Members are the actor's regions and `members`, each from the month it joins until it leaves. In every month:

- floor: plants in members' regions are paid `share (floor - p)+` per t of each of the products, p the price at their node last month, like a
  `price-floor`; lenders count it until the member leaves
- off-take: `off-take` of their output counts as sold, so that a project needs so much less of a sale to others (docs/model.md 3.13)
- stocks: when more than `rationed-from` of what one member uses is refused, every member that holds a government stock of it offers
  `stock-release` of it on its own market, at any price: what stays there need not be imported, and goods may be shipped on

What is paid is booked to the pact as one purse; who bears it within is for its members.)",
      "what prices lack to the floor; what stocks fetch is income in the account of governments",
      R"(actor = "USA"
products = ["ndpr-oxide"]
members = ["AUS", "JPN"]
joins = ["JPN 2025-10"]
floor-price = 110
off-take = 0.3
stock-release = 0.1
)"};
}

}  // namespace lodestone::policy
