// Projects, from prospect to ramp-up: permit, money, construction. docs/model.md section 3.13.
//
// A developer applies in time for the date that it announced. A permit takes the months of the country, longer when
// more than it can handle are waiting. Money comes when the worth at the hurdle rate is at least 1, buyers could sign
// for enough of the output, and private capital is left; then the plant is built, later and dearer than announced.
#include "lodestone/dynamics/projects.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::dynamics {
namespace {

using world::PlantStage;
using world::Stall;
using world::Support;

constexpr double kMostCapital = 24;    // months of private capital that wait for projects
constexpr double kShortestPermit = 1;  // month

class Projects final : public Mechanism {
 public:
  explicit Projects(const world::World& world)
      : lenders_(world),
        ramp_start_(world.parameter("ramp-start")),
        slots_(world.parameter("permit-slots")),
        offtake_(world.parameter("offtake-share")),
        contractable_(world.parameter("contract-share")),
        saving_(world.parameter("private-capital")),
        protest_(world.parameter("backlash-permits")) {
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      if (world.facilities[f].planned_capacity > 0) all_.push_back(f);
    waiting_.assign(world.regions.size(), 0.0);
    worth_.assign(world.facilities.size(), 0.0);
    part_.assign(world.facilities.size(), {});
    for (const auto& segment : world.segments) turnover_ += segment.base_price * segment.base_quantity;
  }
  [[nodiscard]] const char* name() const override { return "projects"; }

  void start(const world::World& world, world::State& state) const override {
    state.private_capital = kMostCapital / 2 * saving_ * turnover_;
    state.contracted.assign(world.products.size(), 0.0);
    for (const std::size_t f : all_) {
      const auto& facility = world.facilities[f];
      if (facility.status == world::FacilityStatus::building)
        begin_building(facility, state.month, state.plants[f]);
      else
        begin_planned(facility, state.month, state.plants[f]);
      if (state.plants[f].stage >= PlantStage::construction) sign(world, f, state);
    }
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    handle_permits(world, state);
    finance(world, equilibrium, state);
    for (const std::size_t f : all_) build(world.facilities[f], state.plants[f]);
  }

 private:
  /// Time between what was said and the date that was said for stretches; a date that was known to be right does not.
  void begin_building(const world::Facility& facility, base::Month now, world::Plant& plant) const {
    plant.stage = PlantStage::construction;
    if (!facility.opens) {
      plant.left = lenders_.slip * facility.construction.build_months;
    } else {
      const auto said = facility.provenance.known_from.in_month(), date = announced_opening(*facility.opens);
      plant.left = date - now + std::max(0, date - said) * (lenders_.slip - 1);
    }
    if (plant.left > 0) return;
    open(facility, plant);
    // It has run since then.
    const double months = std::max(1, facility.construction.ramp_months);
    plant.ramp = std::min(1.0, ramp_start_ - (1 - ramp_start_) * plant.left / months);
    plant.left = 0;
  }

  /// The permit is granted when construction must begin for the date, if the developer applied in time.
  static void begin_planned(const world::Facility& facility, base::Month now, world::Plant& plant) {
    if (!facility.opens) return;  // nobody has said when: a prospect
    plant.left = announced_opening(*facility.opens) - now - facility.construction.build_months;
    plant.stage = plant.left > 0 ? PlantStage::permitting : PlantStage::financing;
    plant.left = std::max(0.0, plant.left);
  }

  void open(const world::Facility& facility, world::Plant& plant) const {
    plant.stage = PlantStage::ramp_up;
    plant.stall = Stall::none;
    plant.installed = facility.planned_capacity;
    plant.ramp = ramp_start_;
  }

  void handle_permits(const world::World& world, world::State& state) const {
    std::fill(waiting_.begin(), waiting_.end(), 0.0);
    for (const std::size_t f : all_)
      if (applied(world.facilities[f], state.plants[f])) ++waiting_[world.facilities[f].region.index()];
    for (const std::size_t f : all_) {
      auto& plant = state.plants[f];
      if (plant.stage != PlantStage::permitting) continue;
      const bool queues = applied(world.facilities[f], plant);
      plant.stall = queues ? Stall::permit : Stall::none;
      plant.left -= queues ? pace(world.facilities[f], state, f) : 1;
      if (plant.left > 0) continue;
      plant.left = 0;
      plant.stage = PlantStage::financing;
    }
  }

  /// Months of a permit done in one: fewer in a queue and under protest, more where the law was made shorter.
  double pace(const world::Facility& facility, const world::State& state, std::size_t f) const {
    const std::size_t region = facility.region.index();
    const double slots = slots_ + state.measures.permit_slots[region], anger = state.backlash[region];
    const double usual = facility.construction.permit_months, off = state.measures.permit_months[f];
    const bool reformed = off > 0 && usual > kShortestPermit;
    const double shorter = reformed ? usual / std::max(kShortestPermit, usual - off) : 1;
    return shorter * std::min(1.0, slots / waiting_[region]) / (1 + protest_ * anger);
  }

  /// Before that the developer has time.
  static bool applied(const world::Facility& facility, const world::Plant& plant) {
    return plant.stage == PlantStage::permitting && plant.left <= facility.construction.permit_months;
  }

  /// Whoever is worth most is served first.
  void finance(const world::World& world, const world::Equilibrium& equilibrium, world::State& state) const {
    double fear = 0, count = 0;
    for (const std::size_t f : all_) {
      worth_[f] = 0;
      if (state.plants[f].stage != PlantStage::financing) continue;
      fear += lenders_.fear(state.project_risk[f]);
      ++count;
      judge(world, f, state);
    }
    const double calm = count > 0 ? lenders_.hurdle / (lenders_.hurdle + fear / count) : 1;
    const double saved = saving_ * turnover_;
    state.private_capital = std::min(kMostCapital * saved, state.private_capital + calm * saved);
    for (std::size_t best = next(); best != world.facilities.size() && worth_[best] >= 1; best = next()) {
      decide(world, best, equilibrium, state);
      worth_[best] = 0;
    }
  }

  [[nodiscard]] std::size_t next() const {
    const auto best = std::max_element(worth_.begin(), worth_.end());
    return *best > 0 ? static_cast<std::size_t>(best - worth_.begin()) : worth_.size();
  }

  // A project that would pay without what lenders fear lacks money; one that would not lacks the price.
  void judge(const world::World& world, std::size_t f, world::State& state) const {
    const auto& facility = world.facilities[f];
    part_[f] = offered(world, f, state);
    const auto earned = earnings(world, facility, state.normal_price);
    const double margin = earned.margin(), cash = state.cash_cost[f];
    const auto& rule = state.plant_rules[f];
    const double threatened = lenders_.flood_premium * flood_feared(earned, cash, rule.price_cut);
    const double estranged = state.camp_premium.empty() ? 0.0 : state.camp_premium[f];
    const double asked = lenders_.rate(facility, state.project_risk[f]) + rule.risk_premium + threatened + estranged;
    const double rate = asked - part_[f].guarantee * (asked - lenders_.hurdle);
    worth_[f] = lenders_.worth(facility, margin, cash, rate, part_[f]);
    const bool without_fear = lenders_.worth(facility, margin, cash, lenders_.hurdle, part_[f]) >= 1;
    if (worth_[f] < 1) state.plants[f].stall = without_fear ? Stall::money : Stall::price;
  }

  /// How far below its cash cost a flood would bring prices, in logarithms, that is threatened but not there.
  static double flood_feared(const Earnings& normal, double cash, double cut) {
    if (!(cut > 0) || !(normal.revenue > 0)) return 0;
    return std::max(0.0, std::log((normal.inputs + cash) / normal.revenue) + cut);
  }

  // Grants and then loans, equity and guarantees, together at most what it costs, each as far as its purse goes.
  PublicPart offered(const world::World& world, std::size_t f, const world::State& state) const {
    PublicPart part;
    const auto& facility = world.facilities[f];
    for (const auto& offer : state.offers) {
      if (offer.facility != f) continue;
      switch (offer.kind) {
        case Support::promise: {
          const auto& process = world.processes[facility.process.index()];
          part.promise +=
              world::promised(process, offer, state.normal_price[world.node(offer.product, facility.region)]);
          part.promise_years = std::max(part.promise_years, offer.years);
          part.reversal = std::max(part.reversal, offer.reversal < 0 ? lenders_.reversal : offer.reversal);
          if (offer.sale) part.sold = std::min(1.0, part.sold + offer.share);
          break;
        }
        case Support::loan: {
          const double share = share_of(offer, part, facility, state);
          part.loan += share;
          part.service += share * service(offer);
          part.loan_years = std::max(part.loan_years, offer.years);
          break;
        }
        case Support::grant:
          part.grant += share_of(offer, part, facility, state);
          break;
        case Support::equity:
          part.equity += share_of(offer, part, facility, state);
          break;
        case Support::guarantee:
          part.guarantee = std::min(1.0, part.guarantee + offer.share);
          break;
      }
    }
    return part;
  }

  /// Of what the project costs: what the offer asks for, what others leave and what the purse holds.
  double share_of(const world::Offer& offer, const PublicPart& part, const world::Facility& facility,
                  const world::State& state) const {
    const double left = 1 - part.grant - part.loan - part.equity;
    const double purse = state.purse[static_cast<std::size_t>(offer.lever)] / lenders_.cost(facility);
    return std::max(0.0, std::min({offer.share, left, purse}));
  }

  /// A year, per unit lent.
  static double service(const world::Offer& offer) {
    return offer.rate > 0 ? offer.rate / (1 - std::pow(1 + offer.rate, -offer.years)) : 1 / offer.years;
  }

  void decide(const world::World& world, std::size_t f, const world::Equilibrium& equilibrium,
              world::State& state) const {
    const auto& facility = world.facilities[f];
    auto& plant = state.plants[f];
    const auto& part = part_[f];
    const double cost = lenders_.cost(facility), asked = cost * (1 - part.grant - part.loan - part.equity);
    if (!can_sell(world, facility, equilibrium, state, part.sold)) {
      plant.stall = Stall::sale;
    } else if (asked > state.plant_rules[f].capital * state.private_capital) {
      plant.stall = Stall::money;
    } else {
      state.private_capital -= asked;
      state.private_invested[facility.region.index()] += asked;
      draw(world, f, state);
      sign(world, f, state);
      plant.stage = PlantStage::construction;
      plant.stall = Stall::none;
      plant.left = lenders_.slip * facility.construction.build_months;
    }
  }

  /// Takes what governments offer, booked to the levers that offer it.
  void draw(const world::World& world, std::size_t f, world::State& state) const {
    const auto& facility = world.facilities[f];
    const double cost = lenders_.cost(facility), owners = 1 - part_[f].grant - part_[f].loan;
    const double guaranteed = owners - part_[f].equity;
    PublicPart taken;
    for (const auto& offer : state.offers) {
      if (offer.facility != f || offer.kind == Support::promise) continue;
      const auto lever = static_cast<std::size_t>(offer.lever);
      if (offer.kind == Support::guarantee) {
        state.claims.push_back({f, offer.lever, offer.kind, offer.share * guaranteed * cost, 12 * lenders_.life});
        continue;
      }
      const double share = share_of(offer, taken, facility, state), money = share * cost;
      if (!(money > 0)) continue;
      (offer.kind == Support::grant ? taken.grant : offer.kind == Support::loan ? taken.loan : taken.equity) += share;
      state.purse[lever] -= money;
      state.public_spent[lever] += money;
      state.public_cost[lever] += money;
      state.public_paid[stage_and_region(world, facility)] += money;
      state.public_invested[facility.region.index()] += money;
      if (offer.kind == Support::loan)
        state.claims.push_back({f, offer.lever, offer.kind, money * service(offer) / 12, 12 * offer.years});
      if (offer.kind == Support::equity && owners > 0)
        state.claims.push_back({f, offer.lever, offer.kind, share / owners, 0});
    }
  }

  /// Users that it could reach sign for a share of what they use, less what others have sold ahead.
  bool can_sell(const world::World& world, const world::Facility& facility, const world::Equilibrium& equilibrium,
                const world::State& state, double sold) const {
    const auto* item = main_output(world, facility, state.normal_price);
    if (item == nullptr) return false;
    const double needed = std::max(0.0, offtake_ - sold) * item->amount * facility.planned_capacity;
    if (!(needed > 0)) return true;  // sold to governments, whatever others sign for
    const auto reaches = [&](world::RegionId region) {
      return region == facility.region || std::any_of(world.arcs.begin(), world.arcs.end(), [&](const world::Arc& arc) {
               return arc.product == item->product && arc.from == facility.region && arc.to == region;
             });
    };
    double use = 0;
    for (std::size_t s = 0; s < world.segments.size(); ++s)
      if (world.segments[s].product == item->product && reaches(world.segments[s].region))
        use += equilibrium.consumption[s];
    for (std::size_t g = 0; g < world.facilities.size(); ++g)
      for (const auto& input : world.processes[world.facilities[g].process.index()].inputs)
        if (input.product == item->product && equilibrium.activity[g] > 0 && reaches(world.facilities[g].region))
          use += input.amount * equilibrium.activity[g];
    const double free = contractable_ * use - state.contracted[item->product.index()];
    return free >= needed;
  }

  void sign(const world::World& world, std::size_t f, world::State& state) const {
    const auto* item = main_output(world, world.facilities[f], world.base_price);
    if (item != nullptr)
      state.contracted[item->product.index()] += offtake_ * item->amount * world.facilities[f].planned_capacity;
  }

  static const world::RecipeItem* main_output(const world::World& world, const world::Facility& facility,
                                              const std::vector<double>& price) {
    const world::RecipeItem* best = nullptr;
    double most = 0;
    for (const auto& item : world.processes[facility.process.index()].outputs) {
      const double value = item.amount * price[world.node(item.product, facility.region)];
      if (value <= most) continue;
      most = value;
      best = &item;
    }
    return best;
  }

  void build(const world::Facility& facility, world::Plant& plant) const {
    if (plant.stage != PlantStage::construction) return;
    plant.left -= 1;
    if (plant.left <= 0) open(facility, plant);
  }

  Lenders lenders_;
  double ramp_start_, slots_, offtake_, contractable_, saving_;
  double protest_;                               // months of a permit that a unit of backlash adds to each
  double turnover_ = 0;                          // USD a month of final use in the base year
  std::vector<std::size_t> all_;                 // facilities that did not stand in the base year
  mutable std::vector<double> waiting_, worth_;  // scratch: regions, facilities
  mutable std::vector<PublicPart> part_;         // scratch: facilities
};

}  // namespace

std::unique_ptr<Mechanism> projects(const world::World& world) {
  return std::make_unique<Projects>(world);
}

}  // namespace lodestone::dynamics
