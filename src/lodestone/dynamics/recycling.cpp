// Goods come back when their life is over, and part of them is collected as scrap. docs/model.md section 3.17.
//
//   discarded_s = sum over years j of I_s,j (F(A + 1/12) - F(A)),   F(a) = 1 - exp(-(a / l)^k),   l = mean / Gamma(1 +
//   1/k) collectable = m * sum over segments of yield * discarded
//
// I bought in a year, A its age (half a year when it is over), m most that is collected. How much of it is, the price
// decides in the month's market (supply curve of the places of collection); a mandate equips places for its share at
// least. What is not collected is lost.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr std::size_t kYears = 40;  // of purchases that are remembered; what is older than that is discarded
constexpr std::size_t kMonths = 12 * kYears;

/// Share discarded in each month after the end of the year of purchase.
std::vector<double> discards(const world::Lifetime& life) {
  const double scale = life.mean / std::tgamma(1 + 1 / life.shape);
  const auto gone = [&](std::size_t month) {
    if (month == 0) return 0.0;
    if (month >= kMonths) return 1.0;
    const double age = (static_cast<double>(month) + 6) / 12;
    return 1 - std::exp(-std::pow(age / scale, life.shape));
  };
  std::vector<double> share(kMonths);
  for (std::size_t m = 0; m < kMonths; ++m) share[m] = gone(m + 1) - gone(m);
  return share;
}

class Recycling final : public Mechanism {
 public:
  explicit Recycling(const world::World& world)
      : ceiling_(world.parameter("collection-ceiling")),
        price_(world.parameter("collection-price")),
        build_up_(world.parameter("collection-build-up")) {
    for (const auto& life : world.lifetimes) discards_.push_back(discards(life));
    for (std::size_t s = 0; s < world.segments.size(); ++s)
      if (const auto* life = world.lifetime_of(world.segments[s]))
        keepers_.push_back({s, static_cast<std::size_t>(life - world.lifetimes.data())});
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      if (world.facilities[f].transfer == world::Transfer::collection) add_place(world, f);
  }
  [[nodiscard]] const char* name() const override { return "recycling"; }

  // Purchases of the years before grew to those of the base year at the rate of the end use.
  void start(const world::World& world, world::State& state) const override {
    state.purchases.assign(keepers_.size() * kYears, 0.0);
    state.bought.assign(keepers_.size(), 0.0);
    state.bought_months = 0;
    state.discarded.assign(world.segments.size(), 0.0);
    state.collecting.assign(world.facilities.size(), 0.0);
    for (std::size_t k = 0; k < keepers_.size(); ++k) {
      const double a_year = 12 * world.segments[keepers_[k].segment].base_quantity;
      const double growth = world.lifetimes[keepers_[k].life].growth;
      for (std::size_t j = 0; j < kYears; ++j)
        state.purchases[k * kYears + j] = a_year * std::pow(1 + growth, -static_cast<double>(j + 1));
    }
  }

  void expect(const world::World& world, world::State& state) const override {
    const auto month = static_cast<std::size_t>(state.bought_months);
    for (std::size_t k = 0; k < keepers_.size(); ++k) {
      const auto& share = discards_[keepers_[k].life];
      double gone = 0;
      for (std::size_t j = 0; j < kYears; ++j) gone += state.purchases[k * kYears + j] * share[12 * j + month];
      state.discarded[keepers_[k].segment] = gone;
    }
    for (const auto& place : places_) {
      double scrap = 0;
      for (const std::size_t k : place.keepers)
        scrap += world.lifetimes[keepers_[k].life].yield * state.discarded[keepers_[k].segment];
      const double worth_it = ceiling_ * state.collecting[place.facility];
      state.capacity[place.facility] = std::max(worth_it, state.measures.collected[place.facility]) * scrap;
    }
  }

  void age(const world::World&, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (const auto& place : places_) {
      const double rise = std::max(0.0, state.normal_price[place.node] / place.base_price - 1);
      double& equipped = state.collecting[place.facility];
      equipped += build_up_ * (1 - std::exp(-rise / price_) - equipped);
    }
    for (std::size_t k = 0; k < keepers_.size(); ++k) state.bought[k] += equilibrium.consumption[keepers_[k].segment];
    if (++state.bought_months < 12) return;
    state.bought_months = 0;
    for (std::size_t k = 0; k < keepers_.size(); ++k) {
      const auto first = state.purchases.begin() + static_cast<std::ptrdiff_t>(k * kYears);
      std::copy_backward(first, first + kYears - 1, first + kYears);
      *first = state.bought[k];
      state.bought[k] = 0;
    }
  }

 private:
  struct Keeper {
    std::size_t segment, life;
  };
  struct Place {
    std::size_t facility, node;
    double base_price;                 // of the scrap, USD/t
    std::vector<std::size_t> keepers;  // those that give it scrap
  };

  void add_place(const world::World& world, std::size_t f) {
    const auto& facility = world.facilities[f];
    const auto scrap = world.processes[facility.process.index()].outputs.front().product;
    Place place{f, world.node(scrap, facility.region), facility.cash_cost, {}};
    for (std::size_t k = 0; k < keepers_.size(); ++k)
      if (world.segments[keepers_[k].segment].region == facility.region &&
          world.lifetimes[keepers_[k].life].scrap == scrap)
        place.keepers.push_back(k);
    places_.push_back(std::move(place));
  }

  double ceiling_;                             // share of what is discarded
  double price_, build_up_;                    // multiple of the base price; per month
  std::vector<std::vector<double>> discards_;  // per lifetime, by month
  std::vector<Keeper> keepers_;                // segments with a lifetime
  std::vector<Place> places_;
};

}  // namespace

std::unique_ptr<Mechanism> recycling(const world::World& world) {
  return std::make_unique<Recycling>(world);
}

}  // namespace lodestone::dynamics
