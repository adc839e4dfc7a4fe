// A scenario: when a run starts and ends, and the levers that act in it. Read from TOML against the table of options.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lodestone/base/option.hpp"
#include "lodestone/policy/actor.hpp"
#include "lodestone/policy/chronicle.hpp"
#include "lodestone/policy/ensemble_options.hpp"
#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

struct Scenario {
  std::string id, title, question, description;
  std::string text;  // as read (a byte order mark taken off), stored with every run
  base::Month start;
  int months = 0;
  std::uint64_t seed = 1;
  std::uint32_t future = 0;                      // which of an ensemble's: what chance decides depends on it
  std::string demand_growth = world::kNoGrowth;  // path of demand, one of the world's or kNoGrowth
  std::vector<std::unique_ptr<Lever>> levers;
  EnsembleOptions ensemble;
  std::optional<Replayed> chronicle;  // whose levers come before those of the file; nothing: none is replayed
  std::optional<Reacting> reacting;   // whose levers come after them, held ready; nothing: nobody reacts

  /// A copy whose levers share nothing with this one's.
  [[nodiscard]] Scenario copy() const;
  /// The same scenario without one lever (an index), or without any: the counterfactuals of `why`.
  [[nodiscard]] Scenario without(int lever) const;
  [[nodiscard]] Scenario without_levers() const;
  /// The same without one rule of an actor.
  [[nodiscard]] Scenario without_rule(const std::string& rule) const;
};

/// The base year that a scenario asks for, which the world has to be read with; nothing when it names none. Whatever is
/// wrong with the file is left to read_scenario.
std::optional<int> base_year_of(const std::filesystem::path& file);

/// Sets the path on which demand moves. Throws base::InputError when the dataset has none of that name.
void choose_growth(Scenario& scenario, const world::World& world, const std::string& path);

/// The options of the [run] table.
std::span<const base::OptionSpec> run_options();

/// Reads and validates a scenario; throws base::InputError with every diagnostic. `file_name` stands in them.
Scenario read_scenario(const std::filesystem::path& file, const world::World& world);
/// `drawn` takes the place of what the text says (of a text that was read without errors).
Scenario parse_scenario(const std::string& text, const std::string& file_name, const world::World& world,
                        std::span<const DrawnOption> drawn = {});

/// The reference: no levers, `months` long from `start`. Throws base::InputError when the world cannot start there.
Scenario reference_scenario(const world::World& world, base::Month start, int months);

}  // namespace lodestone::policy
