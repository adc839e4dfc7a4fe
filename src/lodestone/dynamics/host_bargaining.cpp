// Hosts of mines that others control ask for more when the mines earn more than they did when they were agreed on, and
// for processing at home when the world depends on them. docs/model.md section 3.20.
//
//   z = 1 - (inputs + c) / revenue at normal prices,   aim = s [z - z0]+,   q <- q + k (aim - q), a quarter as fast
//   down D = share of the world's shipments of mined goods,   H <- H + k (f [D - D0]+ / (1 - D0) - H), a quarter as
//   fast down
//
// q royalty beyond that of the base year (share of revenue, part of the cash cost), s share of the new rent that the
// host aims at, k speed. H demand for processing at home, f share of the host's mines that others control; mined goods
// that leave pay an export charge of H x `home-processing-charge`. z0 and D0 those of the base year.
// Where alignment acts, k is faster for mines of those from whom the host has been estranged (alignment.cpp).
#include <algorithm>

#include "lodestone/dynamics/camps.hpp"
#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kRatchet = 0.25;   // what was won is given back this much more slowly
constexpr double kRounding = 1e-6;  // of a share: no change

double moved(double from, double aim, double speed) {
  return from + (aim > from ? speed : kRatchet * speed) * (aim - from);
}

class HostBargaining final : public Mechanism {
 public:
  explicit HostBargaining(const world::World& world)
      : share_(world.parameter("royalty-share")),
        speed_(world.parameter("bargaining-speed")),
        charge_(world.parameter("home-processing-charge")),
        estranged_(world.camps.empty() ? 0.0
                                       : world.parameter("alignment-effect") * world.parameter("camp-bargaining")) {
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& facility = world.facilities[f];
      if (world.processes[facility.process.index()].stage != world::Stage::mining) continue;
      mines_.push_back({f, rent(world, f, world.base_price, facility.cash_cost)});
    }
    standing_.assign(world.regions.size(), 0.0);
    foreign_ = standing_;
    for (std::size_t a = 0; a < world.arcs.size(); ++a)
      if (world.products[world.arcs[a].product.index()].stage == world::Stage::mining) routes_.push_back(a);
    base_share_.assign(world.regions.size(), 0.0);
    shipped_ = base_share_;
    shares(
        world, [&](std::size_t a) { return world.arcs[a].base_flow; }, base_share_);
  }
  [[nodiscard]] const char* name() const override { return "host bargaining"; }

  void start(const world::World& world, world::State& state) const override {
    state.royalty.assign(world.facilities.size(), 0.0);
    state.royalty_due.assign(world.facilities.size(), 0.0);
    state.home_demand.assign(world.regions.size(), 0.0);
    state.host_tax.assign(world.arcs.size(), 0.0);
  }

  void expect(const world::World& world, world::State& state) const override {
    for (const auto& mine : mines_) {
      const double revenue = state.royalty[mine.facility] > 0
                                 ? earnings(world, world.facilities[mine.facility], state.normal_price).revenue
                                 : 0.0;
      state.royalty_due[mine.facility] = state.royalty[mine.facility] * revenue;
      state.cash_cost[mine.facility] += state.royalty_due[mine.facility];
    }
    for (const std::size_t a : routes_) state.host_tax[a] = charge_ * state.home_demand[world.arcs[a].from.index()];
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (const auto& mine : mines_) {
      const std::size_t f = mine.facility;
      if (own(world, state, f)) state.royalty[f] = 0;
      if (own(world, state, f) || !(state.plants[f].installed > 0)) continue;  // nothing is sunk yet
      const double now = rent(world, f, state.normal_price, state.cash_cost[f] - state.royalty_due[f]);
      const double aim = now - mine.base_rent > kRounding ? share_ * (now - mine.base_rent) : 0.0;
      state.royalty[f] = moved(state.royalty[f], aim, std::clamp(speed_ * impatience(world, f, state), 0.0, 1.0));
    }
    shares(
        world, [&](std::size_t a) { return equilibrium.arc_flow[a]; }, shipped_);
    count_foreign(world, state);
    for (std::size_t r = 0; r < shipped_.size(); ++r) {
      const double more = shipped_[r] - base_share_[r];
      const double aim = more > kRounding ? foreign_[r] * more / (1 - base_share_[r]) : 0.0;
      state.home_demand[r] = moved(state.home_demand[r], aim, speed_);
    }
  }

 private:
  struct Mine {
    std::size_t facility;
    double base_rent;  // share of its revenue
  };

  static bool own(const world::World& world, const world::State& state, std::size_t f) {
    return state.control[f] == world.facilities[f].region;
  }

  static double rent(const world::World& world, std::size_t f, const std::vector<double>& price, double cash_cost) {
    const auto earned = earnings(world, world.facilities[f], price);
    return earned.revenue > 0 ? 1 - (earned.inputs + cash_cost) / earned.revenue : 0;
  }

  /// How much faster than usual the host asks.
  double impatience(const world::World& world, std::size_t f, const world::State& state) const {
    const auto host = world.facilities[f].region;
    return estranged_ > 0 ? 1 + estranged_ * estranged(world, state.alignment, state.control[f], host) : 1;
  }

  /// Share of a host's mines that others control, as they stand.
  void count_foreign(const world::World& world, const world::State& state) const {
    std::fill(standing_.begin(), standing_.end(), 0.0);
    std::fill(foreign_.begin(), foreign_.end(), 0.0);
    for (const bool others : {false, true})  // the host's own first
      for (const auto& mine : mines_) {
        if (own(world, state, mine.facility) == others) continue;
        const std::size_t r = world.facilities[mine.facility].region.index();
        standing_[r] += state.plants[mine.facility].installed;
        if (others) foreign_[r] += state.plants[mine.facility].installed;
      }
    for (std::size_t r = 0; r < foreign_.size(); ++r) foreign_[r] = standing_[r] > 0 ? foreign_[r] / standing_[r] : 0;
  }

  template <class Flow>
  void shares(const world::World& world, const Flow& flow, std::vector<double>& out) const {
    std::fill(out.begin(), out.end(), 0.0);
    double all = 0;
    for (const std::size_t a : routes_) {
      out[world.arcs[a].from.index()] += flow(a);
      all += flow(a);
    }
    for (double& share : out) share = all > 0 ? share / all : 0;
  }

  double share_, speed_, charge_;  // 1, per month, ad valorem
  double estranged_;               // of the speed, per unit of distance from the controller
  std::vector<Mine> mines_;
  std::vector<std::size_t> routes_;                           // of mined goods
  std::vector<double> base_share_;                            // regions: share of the world's shipments of mined goods
  mutable std::vector<double> shipped_, standing_, foreign_;  // regions, scratch
};

}  // namespace

std::unique_ptr<Mechanism> host_bargaining(const world::World& world) {
  return std::make_unique<HostBargaining>(world);
}

}  // namespace lodestone::dynamics
