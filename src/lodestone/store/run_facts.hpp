// What a run was made from; stored with its results.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lodestone/base/calendar.hpp"

namespace lodestone::store {

struct LeverFacts {
  std::string id, kind, actor;
  base::Month start, end;  // first month in force, first month no longer in force
  std::string what;        // "dysprosium-oxide from CHN to all"
  std::string rule = {};   // of an actor, that held it ready; then start and end are what the run made of them
  /// False while no rule has brought it.
  [[nodiscard]] bool begins() const { return start < end; }
};

/// A rule by which a government reacts.
struct RuleFacts {
  std::string id, actor, title, source, left_out;
  std::vector<std::string> conditions;  // in words
};

struct RunFacts {
  std::string id;  // of the run
  std::string scenario, title, question, scenario_text;
  std::string dataset, dataset_title, dataset_hash;
  int base_year = 0;     // of the dataset that the run starts from
  std::string as_of;     // "2025-05-31"; empty when nothing was left out for being published later
  std::string overlays;  // ids, from below, joined by ", "
  std::string version;   // of the program
  std::uint64_t seed = 0;
  base::Month start;
  int months = 0;             // asked for
  std::string method;         // "cascade", "reference"
  std::string demand_growth;  // path of demand, "none" when it does not grow
  std::vector<LeverFacts> levers;
  std::vector<RuleFacts> rules;  // of the actors that take part
};

}  // namespace lodestone::store
