#include "bench/support/sequences.hpp"

#include "lodestone/simulation/future.hpp"

namespace lodestone::bench {
namespace {

const std::string kSource = LODESTONE_SOURCE_DIR;

class Keeper : public simulation::Sink {
 public:
  explicit Keeper(store::ProblemSequence& out) : out_(out) {}
  void month(const simulation::MonthRecord& record) override {
    out_.topology = record.market.topology();
    out_.row_names = record.market.row_names();
    out_.column_names = record.market.column_names();
    out_.periods.push_back({record.month.text(), record.market.numbers(), {}});
  }

 private:
  store::ProblemSequence& out_;
};

}  // namespace

store::ProblemSequence shared_sequence(const std::string& name) {
  return store::read_problems(kSource + "/tests/market/instances/sequences/" + name + "_s1.json");
}

store::ProblemSequence kept_real_chain() {
  return store::read_problems(kSource + "/tests/market/instances/sequences/real_chain.json");
}

std::string data_folder() {
  return kSource + "/data";
}

std::string licence_scenario() {
  return kSource + "/scenarios/licence-2025.toml";
}

store::ProblemSequence months_of(const world::World& world, const policy::Scenario& scenario) {
  store::ProblemSequence out;
  out.name = scenario.id;
  Keeper keeper(out);
  simulation::Future future(world, scenario);
  future.run(keeper);
  return out;
}

}  // namespace lodestone::bench
