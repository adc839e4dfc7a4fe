// What one month made of the rules by which governments react: plain data, written by policy/, kept by store/.
#pragma once

#include <string>
#include <vector>

namespace lodestone::world {

/// Why a rule did or did not decide this month.
enum class Verdict {
  left_out,    // it plays no part in this run
  before,      // rules do not act yet
  unknown,     // what it looks at is not yet published
  quiet,       // its conditions do not all hold
  waiting,     // it acted too recently
  exhausted,   // it acted as often as it may
  no_money,    // the budget of the year does not reach
  drawn_away,  // the conditions hold, chance says no
  decided
};
std::string to_string(Verdict verdict);

/// A condition as the actor sees it when the month begins.
struct ConditionMonth {
  double value = 0;  // as published; NaN: nothing to go by
  int product = -1;  // of several the one that holds most, or is nearest to it: its place in World::products
  bool holds = false;
};

struct RuleMonth {
  Verdict verdict = Verdict::before;
  double probability = 0;  // that it decides this month; NaN when chance is not asked
  double draw = 0;         // uniform in (0, 1); NaN when chance is not asked
  int times = 0;           // acts so far, one decided this month included
  bool acts = false;       // what was decided begins this month
};

/// Every rule of the run and every condition of every rule, in their order; every lever.
struct ReactionsMonth {
  std::vector<RuleMonth> rules;
  std::vector<ConditionMonth> conditions;
  std::vector<bool> in_force;  // per lever, whoever brought it
};

}  // namespace lodestone::world
