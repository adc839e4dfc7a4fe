// Usual partners: what a route is used to carrying follows what it carries, once the importer has tried it out.
// docs/model.md section 3.3.
//
//   q <- min(1, q + 1 / Tq)  in every month with a trial lot      qualification, 1 for the partners of the base year
//   y <- y + q (flow - y) / T                                     usual flow
//
// Tq months of qualification: `qualification-shortest` for what mines sell, `qualification-longest` for magnets, stages
// between them evenly spaced.
#include <algorithm>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kTrial = 1e-3;  // of what the importer usually uses: a lot to try

/// Scrap is tried out like what mines sell.
double qualification(world::Stage stage, double shortest, double longest) {
  const double way =
      stage > world::Stage::magnet ? 0.0 : static_cast<double>(stage) / static_cast<double>(world::Stage::magnet);
  return shortest + way * (longest - shortest);
}

class Switching final : public Mechanism {
 public:
  Switching(const world::World& world, double months, double shortest, double longest) : months_(months) {
    for (const auto& arc : world.arcs) {
      const auto stage = world.products[arc.product.index()].stage;
      trial_months_.push_back(std::max(1.0, qualification(stage, shortest, longest)));
    }
  }
  [[nodiscard]] const char* name() const override { return "switching"; }

  void start(const world::World& world, world::State& state) const override {
    state.usual_flow.clear();
    state.qualified.clear();
    for (const auto& arc : world.arcs) {
      state.usual_flow.push_back(arc.base_flow);
      state.qualified.push_back(arc.base_flow > 0 ? 1 : 0);
    }
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t a = 0; a < state.usual_flow.size(); ++a) {
      const double flow = equilibrium.arc_flow[a];
      double& qualified = state.qualified[a];
      if (qualified < 1) {
        const double use = state.usual_use[world.node(world.arcs[a].product, world.arcs[a].to)];
        if (flow > 0 && flow >= kTrial * use) qualified = std::min(1.0, qualified + 1 / trial_months_[a]);
      }
      state.usual_flow[a] += qualified * (flow - state.usual_flow[a]) / months_;
    }
  }

 private:
  double months_;                     // re-contracting time, at least 1
  std::vector<double> trial_months_;  // per arc
};

}  // namespace

std::unique_ptr<Mechanism> switching(const world::World& world) {
  return std::make_unique<Switching>(world, world.parameter("recontracting-time"),
                                     world.parameter("qualification-shortest"),
                                     world.parameter("qualification-longest"));
}

}  // namespace lodestone::dynamics
