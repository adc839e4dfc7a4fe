// What is kept of every future of an ensemble: what the scenario and the command line ask for, a yes or no for each
// proposition, and what became of each project.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/ensemble/ensemble_file.hpp"
#include "lodestone/insight/expression.hpp"
#include "lodestone/policy/scenario.hpp"

namespace lodestone::insight {

/// What an ensemble is asked to be; what is missing comes from the scenario, then from what is usual.
struct EnsembleRequest {
  std::optional<int> members, months;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> sampling, demand_growth;
  std::vector<std::string> keep;                // expressions beside the scenario's
  std::string propositions, propositions_file;  // text of a file of propositions, and its name; empty: none
  bool projects = false;                        // keep what becomes of each project
};

/// Roles of kept numbers; what people ask for by expression has none.
inline const std::string kProposition = "proposition", kProject = "project";

/// Numbers that are kept of every project, in this order.
enum class ProjectNumber { opened, output, npv, permit, money, skill, price, sale };
inline constexpr std::size_t kProjectNumbers = 8;

struct Wish {
  ensemble::Kept kept;
  base::Place place;  // of its expression
};

/// Propositions whose dates lie outside the run are left out. Throws base::InputError with every diagnostic.
std::vector<Wish> wishes_of(const EnsembleRequest& request, const Grounds& grounds, const policy::Scenario& scenario);

/// What expressions of a run of this scenario are compiled against.
Grounds grounds_of(const world::World& world, const dataset::Money& money, const policy::Scenario& scenario);

}  // namespace lodestone::insight
