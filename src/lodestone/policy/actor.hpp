// Governments and the rules by which they react: data/actors/*.toml, one file each; docs/actors.md. A rule looks at
// what its government could know when the month begins, waits its political delay, and brings levers.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/option.hpp"
#include "lodestone/policy/lever.hpp"
#include "lodestone/policy/observables.hpp"

namespace lodestone::policy {

/// `value > threshold` (or below) in `months` published months in a row.
struct Condition {
  const Observable* observable = nullptr;
  Question question;
  bool above = true;
  double threshold = 0;
  int months = 1;    // in a row
  int average = 1;   // months that each value is the mean of
  int lag = 1;       // months until a month is published
  std::string text;  // "refused(dysprosium-oxide; JPN) > 0.3"
};

/// Users that press their government: p' = 1 - (1 - p) exp(-strength loss).
struct Lobby {
  Question question;
  double strength = 0;  // per unit of loss (observable `loss`)
  int lag = 1;          // months
};

/// A lever that a rule brings, one for each time that it may act.
struct PackagedLever {
  std::string id, kind;          // id within the rule
  int after = 0, notice = 0;     // months from the act to its start; that it is known of before its start
  std::vector<std::string> ids;  // in the run, one per time
};

struct Rule {
  std::string id, title, actor, response, source;
  base::Date known;  // since when its evidence was public
  std::vector<Condition> when;
  std::optional<Lobby> lobby;
  double probability = 1;  // a month, while its conditions hold
  int delay = 0;           // months from the decision to the act
  int times = 1;           // most acts in a run
  int cooldown = 0;        // months between two acts
  double cost = 0;         // USD: must be left in the year's budget, and is set aside
  std::vector<PackagedLever> levers;
  std::vector<std::string> withdraws;  // rules of the same actor whose levers end with the act
  std::string left_out;                // why it plays no part in this run; else empty
};

struct Actor {
  std::string id, name, budget_source, file;
  std::vector<std::string> goals;
  double budget = 0;  // USD a calendar year
  std::vector<Rule> rules;
};

/// What a scenario asks for: `actors = ["USA", "CHN"]` or `["all"]`.
struct ActorOrder {
  std::vector<std::string> actors;
  std::vector<std::string> without;  // rules that do not act
  base::Month from;                  // first month in which rules may decide
};

/// The actors of a run. Copies share nothing.
struct Reacting {
  ActorOrder order;
  std::vector<Actor> actors;  // in the order of the dataset's files
};

// Keys of the tables of an actor's file.
std::span<const base::OptionSpec> actor_options();
std::span<const base::OptionSpec> rule_options();
std::span<const base::OptionSpec> condition_options();
std::span<const base::OptionSpec> lobby_options();
std::span<const base::OptionSpec> packaged_options();  // beside those of [[levers]] that are left

inline constexpr const char* kAllActors = "all";
/// A lever that is held ready and has not begun starts here.
inline constexpr base::Month kNotYet = base::Month::of(2180, 1);

/// Ids of the dataset's actors, from their files' names.
std::vector<std::string> actor_names(const world::World& world);

/// Reads the actors that are asked for, every error at once, and holds their levers ready: head().rule names the rule
/// and they start at kNotYet. `start` is that of the run: groups have the members that they have then. A rule is left
/// out (and says why) when its evidence was not known as of the world's date, when it names what it says the dataset
/// lacks, or when this base year lacks what it needs.
std::vector<std::unique_ptr<Lever>> read_actors(const world::World& world, base::Month start, Reacting& reacting,
                                                base::Diagnostics& diagnostics);

}  // namespace lodestone::policy
