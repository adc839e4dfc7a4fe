// What price is held to be normal: it follows the price of the day, and the price at which goods for arrival are sold.
// docs/model.md section 3.4.
//
//   ln Pn <- ln Pn + a (ln p - ln Pn),   then + f (ln F - ln Pn) where F < p
//   Pe = F where goods are sold for arrival, else Pn
//
// F counts only as far as somebody could pay it: above twice what products made of the good would fetch (worth.cpp) and
// the highest choke price of its users it says that stores bid against each other for goods that nobody sends.
//
// Where a price is 0 (a surplus that nobody wants) the same is done without logarithms.
#include <algorithm>
#include <cmath>
#include <vector>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kBeyondUse = 2;  // times what a good is worth: nobody uses it at that price (orders.cpp)

double nearer(double normal, double price, double share) {
  if (price == normal) return normal;
  return price > 0 && normal > 0 ? normal * std::pow(price / normal, share) : normal + share * (price - normal);
}

class Expectations final : public Mechanism {
 public:
  Expectations(const world::World& world, double adaptation, double forward)
      : adaptation_(adaptation), forward_(forward), choke_(world.nodes(), 0.0) {
    for (const auto& segment : world.segments) {
      double& choke = choke_[world.node(segment.product, segment.region)];
      choke = std::max(choke, segment.choke_price);
    }
  }
  [[nodiscard]] const char* name() const override { return "expectations"; }

  void start(const world::World& world, world::State& state) const override {
    state.last_price = world.base_price;
    state.normal_price = world.base_price;
    state.expected_price = world.base_price;
  }

  void age(const world::World& world, const world::MonthMarket& market, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t n = 0; n < world.nodes(); ++n) {
      state.last_price[n] = shown_price(equilibrium, n, state.last_price[n]);
      const double normal = nearer(state.normal_price[n], state.last_price[n], adaptation_);
      const double most = kBeyondUse * std::max(state.worth[n], choke_[n]);
      const bool late = market.forward_row(n) >= 0 && equilibrium.forward_price[n] <= most;
      // A price for arrival above that of the day says that arrivals are short, which the day's price shows already.
      const bool relief = late && equilibrium.forward_price[n] < state.last_price[n];
      state.normal_price[n] = relief ? nearer(normal, equilibrium.forward_price[n], forward_) : normal;
      // The price at which goods for arrival were sold is the market's own expectation; a price of 0 says that nothing
      // was wanted, and tells nothing of what use would pay.
      state.expected_price[n] =
          late && equilibrium.forward_price[n] > 0 ? equilibrium.forward_price[n] : state.normal_price[n];
    }
  }

 private:
  double adaptation_, forward_;  // per month
  std::vector<double> choke_;    // nodes, USD/t: the highest of their users'
};

}  // namespace

std::unique_ptr<Mechanism> expectations(const world::World& world) {
  return std::make_unique<Expectations>(world, world.parameter("normal-price-adaptation"),
                                        world.parameter("forward-price-adaptation"));
}

}  // namespace lodestone::dynamics
