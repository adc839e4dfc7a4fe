// Usual partners: what a route is used to carrying follows what it carries. docs/model.md section 3.3.
//
//   y <- y + (flow - y) / T
#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

class Switching final : public Mechanism {
 public:
  explicit Switching(double months) : months_(months) {}
  [[nodiscard]] const char* name() const override { return "switching"; }

  void start(const world::World& world, world::State& state) const override {
    state.usual_flow.clear();
    for (const auto& arc : world.arcs) state.usual_flow.push_back(arc.base_flow);
  }

  void age(const world::World&, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t a = 0; a < state.usual_flow.size(); ++a)
      state.usual_flow[a] += (equilibrium.arc_flow[a] - state.usual_flow[a]) / months_;
  }

 private:
  double months_;  // re-contracting time, at least 1
};

}  // namespace

std::unique_ptr<Mechanism> switching(const world::World& world) {
  return std::make_unique<Switching>(world.parameter("recontracting-time"));
}

}  // namespace lodestone::dynamics
