// Goods under way: at sea and in process. What enters this month arrives after the lag. docs/model.md section 3.1.
#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

class Transit final : public Mechanism {
 public:
  [[nodiscard]] const char* name() const override { return "transit"; }

  void start(const world::World& world, world::State& state) const override {
    std::vector<int> sea, process;
    for (const auto& arc : world.arcs) sea.push_back(arc.lag);
    for (const auto& facility : world.facilities) process.push_back(world.processes[facility.process.index()].lag);
    state.at_sea.resize(sea);
    state.in_process.resize(process);
    for (std::size_t a = 0; a < world.arcs.size(); ++a) state.at_sea.fill(a, world.arcs[a].base_flow);
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      state.in_process.fill(f, world.facilities[f].base_activity);
  }

  void age(const world::World&, const world::MonthMarket& market, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    state.at_sea.advance(equilibrium.arc_flow);
    for (const world::ArcId arc : market.evadable())
      state.at_sea.add_entering(arc.index(), equilibrium.evaded_flow[arc.index()]);
    state.in_process.advance(equilibrium.activity);
  }
};

}  // namespace

std::unique_ptr<Mechanism> transit() {
  return std::make_unique<Transit>();
}

}  // namespace lodestone::dynamics
