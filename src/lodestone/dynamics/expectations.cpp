// What prices are held to be normal, and what traders and processors expect to get when goods arrive.
// docs/model.md section 3.4.
//
//   ln Pn <- ln Pn + a (ln p - ln Pn)          normal price
//   E = p_last^w Pn^(1 - w)                    expected on arrival
//
// Where a price is 0 (a surplus that nobody wants) the same is done without logarithms.
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

double blend(double a, double b, double weight_of_a) {
  if (a == b) return a;
  return a > 0 && b > 0 ? b * std::pow(a / b, weight_of_a) : weight_of_a * a + (1 - weight_of_a) * b;
}

class Expectations final : public Mechanism {
 public:
  Expectations(double adaptation, double weight_of_last) : adaptation_(adaptation), weight_(weight_of_last) {}
  [[nodiscard]] const char* name() const override { return "expectations"; }

  void start(const world::World& world, world::State& state) const override {
    state.last_price = world.base_price;
    state.normal_price = world.base_price;
    state.expected_price = world.base_price;
  }

  void expect(const world::World& world, world::State& state) const override {
    for (std::size_t n = 0; n < world.nodes(); ++n)
      state.expected_price[n] = blend(state.last_price[n], state.normal_price[n], weight_);
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t n = 0; n < world.nodes(); ++n) {
      state.last_price[n] = shown_price(equilibrium, n, state.last_price[n]);
      state.normal_price[n] = blend(state.last_price[n], state.normal_price[n], adaptation_);
    }
  }

 private:
  double adaptation_;  // per month
  double weight_;      // of the last price, 0..1
};

}  // namespace

std::unique_ptr<Mechanism> expectations(const world::World& world) {
  return std::make_unique<Expectations>(world.parameter("normal-price-adaptation"),
                                        world.parameter("expectation-weight"));
}

}  // namespace lodestone::dynamics
