// A run opened again from its folder: the same world, scenario and months, and what would have been without a lever.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "lodestone/policy/scenario.hpp"
#include "lodestone/simulation/sink.hpp"
#include "lodestone/store/results.hpp"
#include "lodestone/store/run_folder.hpp"

namespace lodestone::insight {

using Look = std::function<void(const simulation::MonthRecord&)>;

class Replay {
 public:
  /// Reads the run's dataset, scenario and results. Throws base::InputError when one is missing or was altered.
  explicit Replay(const store::RunFolder& folder);
  /// A replay without a folder: of a world and scenario in memory.
  Replay(std::unique_ptr<world::World> world, policy::Scenario scenario);

  [[nodiscard]] const world::World& world() const { return *world_; }
  [[nodiscard]] const policy::Scenario& scenario() const { return scenario_; }
  /// Null for a replay in memory.
  [[nodiscard]] const store::Results* results() const { return results_.get(); }

  /// Runs the scenario up to `month` and shows that month. Throws base::InputError when the run does not reach it.
  void at(base::Month month, const Look& look) const;
  /// The same without one lever (index into the scenario's levers), or without any (-1).
  void at_without(int lever, base::Month month, const Look& look) const;
  /// The same without one rule of an actor: others may then do otherwise, with the same luck.
  void at_without_rule(const std::string& rule, base::Month month, const Look& look) const;
  /// Shows every month up to the run's last.
  void all(const Look& look) const;

 private:
  std::unique_ptr<world::World> world_;
  policy::Scenario scenario_;
  std::unique_ptr<store::Results> results_;
  bool reference_method_ = false;

  void run(const policy::Scenario& scenario, base::Month month, const Look& look) const;
};

/// The facts stored with a run of this scenario.
store::RunFacts facts_of(const world::World& world, const policy::Scenario& scenario, const std::string& method);

}  // namespace lodestone::insight
