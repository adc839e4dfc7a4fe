// The acts of the chronicle as levers of a run: what happened from its start to a day. data/chronicle/levers.toml holds
// one table [[acts]] for each lever, with the keys of [[levers]] and the event that it comes from; docs/chronicle.md.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/option.hpp"
#include "lodestone/policy/lever.hpp"
#include "lodestone/policy/lever_reader.hpp"

namespace lodestone::policy {

/// What a scenario asks for: `chronicle = "through 2026-07-31"`, `chronicle-without = ["E154"]`.
struct ReplayOrder {
  base::Date through;                // the last day whose events are history
  std::vector<std::string> without;  // events that do not happen
};

/// What became of an act in a run.
struct ActFate {
  std::string event, lever, kind;
  std::vector<std::string> amended_by;  // events and dates of the amendments that hold
  bool replayed = false;
  std::string why;         // of one that is not replayed, or replayed in part; else empty
  base::Month start, end;  // in the run; of one that is not replayed as the file has them
};

struct Replayed {
  ReplayOrder order;
  std::vector<ActFate> acts;  // in the order of the files
};

/// Keys of [[acts]] beside those of [[levers]], and of [[acts.amendments]] beside those that they change.
std::span<const base::OptionSpec> act_options();
std::span<const base::OptionSpec> amendment_options();

/// Reads "through 2026-07-31"; nothing when it is not that.
std::optional<base::Date> parse_through(const std::string& text);

/// The levers of a run from `start` on. Whatever is wrong with the files is an error, whether it is replayed or not.
/// An act is left out (and its fate says why) when it was not known as of the world's date or happened after the
/// order's day, is over when the run starts, names what the base year lacks, or was in force for half of the base year
/// or more: the calibrated figures hold it then. Money for plants is never in those figures.
std::vector<std::unique_ptr<Lever>> replay(const world::World& world, base::Month start, Replayed& replayed,
                                           base::Diagnostics& diagnostics);

}  // namespace lodestone::policy
