// Camps of states: membership is moved by what the camps' investors and leaders do in a place, and comes back slowly.
// docs/model.md section 3.31.
//
//   won    a <- a + (1 - a) (1 - e^(-I / G))      I USD committed there by investors of the camp
//   lost   a <- a e^(-k L / G)                    L USD of their plants closed there, and royalties raised on them
//   anger  a <- a (1 - b B f)                     B protest, f share of what stands there that they control
//   press  a <- a (1 - p w)                       w share of the place's usual imports that the leader withholds
//   back   a <- a + (a0 - a) (1 - 2^(-1/h))
//   money  s <- s + v (t a - s)                   t share of the place's trade that is with the leader
//
// An investor counts by its own membership in the camp. What it does, all of it times the switch `alignment-effect`,
// which is 0 unless asked for (nobody has measured these numbers):
//
//   friction  = P (F (d - d0) - S (s - s0))       on routes, USD/t, not money; the second on routes to or from the
//   leader premium   = K (d - d0)                        on projects, fraction a year hosts ask faster: speed x (1 + H
//   (d - d0))    host_bargaining.cpp
//
// d distance between the places (camps.hpp), d0 at the start, P price at the destination in the base year.
#include <algorithm>
#include <cmath>

#include "lodestone/base/units.hpp"
#include "lodestone/dynamics/camps.hpp"
#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {

double camp_distance(const std::vector<double>& alignment, std::size_t regions, world::RegionId a, world::RegionId b) {
  if (a == b) return 0;
  double together = 0;
  for (std::size_t first = 0; first < alignment.size(); first += regions)
    together = std::max(together, std::min(alignment[first + a.index()], alignment[first + b.index()]));
  return 1 - together;
}

std::vector<double> alignment_at_start(const world::World& world) {
  std::vector<double> out;
  for (const auto& camp : world.camps) out.insert(out.end(), camp.membership.begin(), camp.membership.end());
  return out;
}

double estranged(const world::World& world, const std::vector<double>& alignment, world::RegionId a,
                 world::RegionId b) {
  if (a == b) return 0;
  double before = 0, now = 0;
  for (std::size_t c = 0; c < world.camps.size(); ++c) {
    const auto& start = world.camps[c].membership;
    const double* const moved = alignment.data() + c * world.regions.size();
    before = std::max(before, std::min(start[a.index()], start[b.index()]));
    now = std::max(now, std::min(moved[a.index()], moved[b.index()]));
  }
  return before - now;
}

namespace {

using world::PlantStage;

using base::kMillion;

class Alignment final : public Mechanism {
 public:
  explicit Alignment(const world::World& world)
      : effect_(world.parameter("alignment-effect")),
        invested_(kMillion * world.parameter("goodwill-investment")),
        loss_(world.parameter("goodwill-loss")),
        backlash_(world.parameter("goodwill-backlash")),
        pressure_(world.parameter("goodwill-pressure")),
        back_(1 - std::exp2(-1 / world.parameter("alignment-half-life"))),
        settling_(world.parameter("settlement-speed")),
        friction_(world.parameter("camp-friction")),
        saving_(world.parameter("settlement-saving")),
        premium_(world.parameter("camp-premium")),
        start_(alignment_at_start(world)),
        regions_(world.regions.size()) {
    imports_.assign(regions_, 0.0);
    for (const auto& arc : world.arcs) imports_[arc.to.index()] += value(world, arc, arc.base_flow);
    withheld_.assign(start_.size(), 0.0);
    with_ = withheld_;
    held_ = withheld_;
    all_.assign(regions_, 0.0);
    standing_ = all_;
    for (std::size_t a = 0; a < world.arcs.size(); ++a) count_trade(world, a, world.arcs[a].base_flow);
    settled_.resize(start_.size());
    for (std::size_t k = 0; k < start_.size(); ++k) settled_[k] = start_[k] * share_with_leader(k);
  }
  [[nodiscard]] const char* name() const override { return "alignment"; }

  void start(const world::World& world, world::State& state) const override {
    state.alignment = start_;
    state.settlement = settled_;
    state.courted.assign(start_.size(), 0.0);
    state.followed.clear();
    for (const auto& plant : state.plants) state.followed.push_back(plant.stage);
    state.friction.assign(world.arcs.size(), 0.0);
    state.camp_premium.assign(world.facilities.size(), 0.0);
  }

  void expect(const world::World& world, world::State& state) const override {
    if (effect_ == 0) return;
    for (std::size_t a = 0; a < world.arcs.size(); ++a) {
      const auto& arc = world.arcs[a];
      double part = friction_ * estranged(world, state.alignment, arc.from, arc.to);
      for (std::size_t c = 0; c < world.camps.size(); ++c) {
        const auto leader = world.camps[c].leader;
        if (arc.from != leader && arc.to != leader) continue;
        const std::size_t k = c * regions_ + (arc.from == leader ? arc.to : arc.from).index();
        part -= saving_ * (state.settlement[k] - settled_[k]);
      }
      state.friction[a] = effect_ * part * world.base_price[world.node(arc.product, arc.to)];
    }
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& facility = world.facilities[f];
      state.camp_premium[f] = effect_ * premium_ * estranged(world, state.alignment, state.control[f], facility.region);
    }
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    count_month(world, equilibrium, state);
    std::copy(state.alignment.begin(), state.alignment.end(), state.courted.begin());
    for (std::size_t f = 0; f < world.facilities.size(); ++f) follow(world, f, equilibrium, state);
    for (std::size_t c = 0; c < world.camps.size(); ++c)
      for (std::size_t r = 0; r < regions_; ++r) {
        const std::size_t k = c * regions_ + r;
        if (world.camps[c].leader.index() == r) {
          state.alignment[k] = 1;
          continue;
        }
        double& a = state.alignment[k];
        const double controlled = standing_[r] > 0 ? held_[k] / standing_[r] : 0;
        a *= 1 - std::min(1.0, backlash_ * state.backlash[r] * controlled);
        if (imports_[r] > 0) a *= 1 - std::min(1.0, pressure_ * withheld_[k] / imports_[r]);
        a = std::clamp(a + back_ * (start_[k] - a), 0.0, 1.0);
        state.settlement[k] += settling_ * (a * share_with_leader(k) - state.settlement[k]);
      }
    for (std::size_t k = 0; k < start_.size(); ++k) state.courted[k] = state.alignment[k] - state.courted[k];
  }

 private:
  static double value(const world::World& world, const world::Arc& arc, double flow) {
    return flow * world.base_price[world.node(arc.product, arc.to)];
  }

  void count_trade(const world::World& world, std::size_t a, double flow) const {
    const auto& arc = world.arcs[a];
    const double worth = value(world, arc, flow);
    all_[arc.from.index()] += worth;
    all_[arc.to.index()] += worth;
    for (std::size_t c = 0; c < world.camps.size(); ++c) {
      const auto leader = world.camps[c].leader;
      if (arc.from == leader) with_[c * regions_ + arc.to.index()] += worth;
      if (arc.to == leader) with_[c * regions_ + arc.from.index()] += worth;
    }
  }

  /// Of a region's trade in the chain, at prices of the base year.
  [[nodiscard]] double share_with_leader(std::size_t k) const {
    const double all = all_[k % regions_];
    return all > 0 ? std::min(1.0, with_[k] / all) : 0;
  }

  /// Trade, what leaders withhold, and whose plants stand where.
  void count_month(const world::World& world, const world::Equilibrium& equilibrium, const world::State& state) const {
    for (auto* list : {&all_, &with_, &withheld_, &held_, &standing_}) std::fill(list->begin(), list->end(), 0.0);
    for (std::size_t a = 0; a < world.arcs.size(); ++a) {
      count_trade(world, a, equilibrium.arc_flow[a]);
      if (!(state.withheld[a] > 0)) continue;
      const auto& arc = world.arcs[a];
      for (std::size_t c = 0; c < world.camps.size(); ++c)
        if (world.camps[c].leader == arc.from)
          withheld_[c * regions_ + arc.to.index()] += value(world, arc, state.withheld[a]);
    }
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& facility = world.facilities[f];
      const auto stage = world.processes[facility.process.index()].stage;
      if (!facility.makes_something() || (stage != world::Stage::mining && stage != world::Stage::separation)) continue;
      standing_[facility.region.index()] += state.plants[f].installed;
      if (state.control[f] == facility.region) continue;
      for (std::size_t c = 0; c < world.camps.size(); ++c)
        held_[c * regions_ + facility.region.index()] +=
            state.alignment[c * regions_ + state.control[f].index()] * state.plants[f].installed;
    }
  }

  /// What investors of a camp put into a place, and what they lose there.
  void follow(const world::World& world, std::size_t f, const world::Equilibrium& equilibrium,
              world::State& state) const {
    const auto before = state.followed[f], now = state.plants[f].stage;
    state.followed[f] = now;
    const auto& facility = world.facilities[f];
    if (state.control[f] == facility.region || !facility.makes_something()) return;
    const double cost = 12 * facility.construction.capex * facility.full_capacity();
    const bool begun = before < PlantStage::construction && now >= PlantStage::construction;
    const double won = begun && now != PlantStage::closed ? cost : 0;
    double lost =
        now == PlantStage::closed && before != PlantStage::closed && before >= PlantStage::construction ? cost : 0;
    lost += std::max(0.0, state.royalty_due[f]) * equilibrium.activity[f];
    if (!(won > 0) && !(lost > 0)) return;
    for (std::size_t c = 0; c < world.camps.size(); ++c) {
      const double investor = state.alignment[c * regions_ + state.control[f].index()];
      double& a = state.alignment[c * regions_ + facility.region.index()];
      a += (1 - a) * (1 - std::exp(-investor * won / invested_));
      a *= std::exp(-loss_ * investor * lost / invested_);
    }
  }

  double effect_, invested_, loss_, backlash_, pressure_, back_, settling_, friction_, saving_, premium_;
  std::vector<double> start_, settled_, imports_;  // camp-major; camp-major; regions, USD a month
  std::size_t regions_;
  // scratch: regions or camp-major, then regions
  mutable std::vector<double> withheld_, with_, held_, all_, standing_;
};

}  // namespace

std::unique_ptr<Mechanism> alignment(const world::World& world) {
  return std::make_unique<Alignment>(world);
}

}  // namespace lodestone::dynamics
