// What price is held to be normal: it follows the price of the day, and the price at which goods for arrival are sold.
// docs/model.md section 3.4.
//
//   ln Pn <- ln Pn + a (ln p - ln Pn) + f (ln F - ln Pn)
//   Pe = F where goods are sold for arrival, else Pn
//
// Where a price is 0 (a surplus that nobody wants) the same is done without logarithms.
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

double nearer(double normal, double price, double share) {
  if (price == normal) return normal;
  return price > 0 && normal > 0 ? normal * std::pow(price / normal, share) : normal + share * (price - normal);
}

class Expectations final : public Mechanism {
 public:
  Expectations(double adaptation, double forward) : adaptation_(adaptation), forward_(forward) {}
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
      const bool late = market.forward_row(n) >= 0;
      state.normal_price[n] = late ? nearer(normal, equilibrium.forward_price[n], forward_) : normal;
      // The price at which goods for arrival were sold is the market's own expectation; a price of 0 says that nothing
      // was wanted, and tells nothing of what use would pay.
      state.expected_price[n] =
          late && equilibrium.forward_price[n] > 0 ? equilibrium.forward_price[n] : state.normal_price[n];
    }
  }

 private:
  double adaptation_, forward_;  // per month
};

}  // namespace

std::unique_ptr<Mechanism> expectations(const world::World& world) {
  return std::make_unique<Expectations>(world.parameter("normal-price-adaptation"),
                                        world.parameter("forward-price-adaptation"));
}

}  // namespace lodestone::dynamics
