// One future: the monthly loop as a list of named phases. A month is a pure function of world, state and rules.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>

#include "lodestone/policy/scenario.hpp"
#include "lodestone/simulation/sink.hpp"

namespace lodestone::simulation {

/// A month that missed its certificate: stops the future, names the market and the cause.
class MonthNotCleared : public std::runtime_error {
 public:
  MonthNotCleared(base::Month month, const std::string& reason);
  base::Month month;
};

enum class Method { cascade, reference };

class Future {
 public:
  /// `world` and `scenario` must outlive the future.
  Future(const world::World& world, const policy::Scenario& scenario, Method method = Method::cascade);
  ~Future();
  /// Clears and ages one month and hands it to the sink. Throws MonthNotCleared. False when the scenario is over.
  bool step(Sink& sink);
  /// Runs to the end; `keep_going` is asked after every month (Ctrl-C, progress). Returns the months cleared.
  int run(Sink& sink, const std::function<bool(int done, int total)>& keep_going = {});
  [[nodiscard]] base::Month month() const;
  [[nodiscard]] int months_total() const;
  /// The names of the phases in the order they run.
  static std::vector<const char*> phases();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace lodestone::simulation
