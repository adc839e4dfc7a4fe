// Runs of the toy world, written to a results file and read back, as answers see them.
#pragma once

#include <memory>
#include <string>

#include "lodestone/dataset/dataset.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/policy/scenario.hpp"
#include "lodestone/simulation/future.hpp"
#include "lodestone/store/results.hpp"
#include "lodestone/store/results_writer.hpp"

namespace lodestone::insight {

inline world::World toy_world() {
  return dataset::load(std::string(LODESTONE_SOURCE_DIR) + "/tests/insight/toy");
}

inline policy::Scenario toy_scenario(const world::World& world, const std::string& levers, int months = 18) {
  const auto text =
      "[run]\nid = \"toy\"\ntitle = \"Toy\"\nquestion = \"What happens?\"\nstart = \"2024-01\"\nmonths = " +
      std::to_string(months) + "\n" + levers;
  return policy::parse_scenario(text, "toy.toml", world);
}

/// A second mine far away like the first, not yet standing.
inline world::Facility plan_like(const world::World& world, const std::string& id, world::FacilityStatus status) {
  auto plan = world.facilities[1];  // far-mine
  plan.id = id;
  plan.status = status;
  plan.planned_capacity = 10;
  plan.capacity = plan.base_activity = plan.support = 0;
  plan.cash_cost = 100;
  plan.step_quantity = {10};
  plan.step_cost = {95, 105};
  plan.construction = {.capex = 10,
                       .permit_months = 6,
                       .build_months = 4,
                       .ramp_months = 6,
                       .labour = 0,
                       .country_premium = 0,
                       .provenance = {}};
  return plan;
}

/// A licence on Dy oxide out of HOM from 2024-04 to 2025-04; no application is approved.
inline std::string licence(const std::string& id = "licence") {
  return "[[levers]]\nid = \"" + id +
         "\"\nkind = \"export-licence\"\nactor = \"HOM\"\nproducts = [\"dy-oxide\"]\norigins = [\"HOM\"]\n"
         "destinations = [\"all\"]\nstart = \"2024-04\"\nend = \"2025-04\"\napproval-rate = 0.0\ndelay = 2\nexpiry = "
         "6\nsource = \"test\"\n";
}

inline store::Results written(const world::World& world, const policy::Scenario& scenario,
                              const std::filesystem::path& file, const std::string& status = "complete",
                              const std::string& message = "") {
  store::ResultsWriter writer(file, facts_of(world, scenario, "cascade"));
  simulation::Future future(world, scenario);
  future.run(writer);
  writer.finish(status, message);
  return store::Results(file);
}

}  // namespace lodestone::insight
