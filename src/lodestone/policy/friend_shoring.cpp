// Friend-shoring: governments that agree to trade and invest among themselves lower what stands between them.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/members.hpp"
#include "lodestone/policy/plant_lever.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

struct Terms {
  double tariff_cut = 0;   // share of the duties between members
  double recognition = 0;  // how far a partner never tried counts as tried out, 0..1
  double premium_cut = 0;  // share of the premiums on capital of members in members
};

class FriendShoring final : public Lever {
 public:
  FriendShoring(LeverHead head, const world::World& world, std::vector<Member> members, const Terms& terms)
      : Lever(std::move(head)), members_(std::move(members)), terms_(terms) {
    for (std::size_t a = 0; a < world.arcs.size(); ++a) {
      const auto& arc = world.arcs[a];
      const auto *from = find_member(members_, arc.from), *to = find_member(members_, arc.to);
      if (from != nullptr && to != nullptr && targets(this->head(), world, arc.product))
        routes_.push_back({a, place(from), place(to)});
    }
    for (const std::size_t f : projects_of(this->head(), world)) {
      const auto& plant = world.facilities[f];
      const auto *host = find_member(members_, plant.region), *owner = find_member(members_, plant.control);
      if (host == nullptr || owner == nullptr || host == owner) continue;
      projects_.push_back({f, place(host), place(owner)});
      premium_.push_back(plant.construction.country_premium + plant.construction.bloc_premium);
    }
  }
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<FriendShoring>(*this); }
  [[nodiscard]] bool does_something() const { return !routes_.empty() || !projects_.empty(); }

  void apply(const world::World& world, const world::State& state, int, world::Rules& rules) override {
    if (!in_force(state.month)) return;
    for (const Pair& route : routes_) {
      if (!both_in(route, state.month)) continue;
      double& tariff = rules.arc_import_tariff[route.what];
      tariff -= terms_.tariff_cut * std::max(0.0, world.arcs[route.what].base_tariff + tariff);
      double& recognised = rules.arc_recognised[route.what];
      recognised = std::max(recognised, terms_.recognition);
    }
    for (std::size_t k = 0; k < projects_.size(); ++k)
      if (both_in(projects_[k], state.month))
        rules.plant_rules[projects_[k].what].risk_premium -= terms_.premium_cut * premium_[k];
  }

  [[nodiscard]] std::string status() const override {
    return fmt::format("{} members, {} routes, {} projects of one in another", members_.size(), routes_.size(),
                       projects_.size());
  }

 private:
  // A route or a project, and the two members that it lies between.
  struct Pair {
    std::size_t what, first, second;
  };
  std::vector<Member> members_;
  Terms terms_;
  std::vector<Pair> routes_, projects_;
  std::vector<double> premium_;  // per project, fraction a year

  [[nodiscard]] std::size_t place(const Member* member) const {
    return static_cast<std::size_t>(member - members_.data());
  }
  [[nodiscard]] bool both_in(const Pair& pair, base::Month month) const {
    return members_[pair.first].in(month) && members_[pair.second].in(month);
  }
  static std::vector<std::size_t> projects_of(const LeverHead& head, const world::World& world) {
    std::vector<std::size_t> found;
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      if (world.facilities[f].planned_capacity > 0 && makes_one_of(head, world, world.facilities[f]))
        found.push_back(f);
    return found;
  }
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  const Terms terms{values.number("tariff-cut"), values.number("recognition"), values.number("premium-cut")};
  if (!(terms.tariff_cut + terms.recognition + terms.premium_cut > 0))
    throw WrongOptions({{"", "tariff-cut, recognition and premium-cut are all 0", "at least one of them above 0", ""}});
  auto members = read_members(head, values, world);
  auto lever = std::make_unique<FriendShoring>(std::move(head), world, std::move(members), terms);
  if (!lever->does_something())
    throw WrongOptions({{"members", "no route of these products and no project between members",
                         "members that trade them or build plants at each other's", ""}});
  return lever;
}

}  // namespace

LeverKind friend_shoring_kind() {
  auto options = member_options();
  options.push_back({"tariff-cut", OptionType::number, "of the duties", 0, 1, false, "0",
                     "share of import duties between members that is lifted"});
  options.push_back({"recognition", OptionType::number, "share", 0, 1, false, "0",
                     "how far a member's goods count as tried out by a buyer who never had them"});
  options.push_back({"premium-cut", OptionType::number, "of the premiums", 0, 1, false, "0",
                     "share of what lenders ask for country and camp that members' firms are spared at each other's"});
  return {
      "friend-shoring",
      "Governments lower duties, the cost of new partners and the risk of capital among themselves.",
      "Each agreement lifts its share of the duties that levers before it in the file left; the highest recognition "
      "holds; cuts of premiums add up.",
      Acts::on_agreements,
      std::move(options),
      make,
      R"(On every route of the products between two members that are in at that month:

- duty: `d <- d - tariff-cut * [d]+`, of the standing duty and the tariffs of levers before it; never below 0
- trying out a partner never bought from costs `entry (1 - max(qualified, recognition))` per t (docs/model.md 3.3), so that standards
  recognised by both stand in for a trial

Projects that a member's firms run in another member need `premium-cut` times (country premium + camp premium) less return a year
(docs/model.md 3.13). Who joins later or leaves early counts from or until its month.)",
      "none booked; duties that are lifted are missing in the income of the importing governments",
      R"(actor = "USA"
products = ["all"]
members = ["AUS", "CAN", "JPN"]
joins = ["JPN 2025-10"]
tariff-cut = 1
recognition = 0.5
premium-cut = 0.5
)"};
}

}  // namespace lodestone::policy
