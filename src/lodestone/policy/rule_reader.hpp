// The parts of a rule: what it looks at, who presses it, which levers it brings.
#pragma once

#include <toml++/toml.h>

#include <memory>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/policy/actor.hpp"

namespace lodestone::policy {

/// The tables under a key; null (and an error when it is something else) when there are none.
toml::array* tables(toml::table& parent, const char* key, const char* expected, base::Diagnostics& diagnostics);

/// The kind of this name; null when there is none.
const LeverKind* kind_named(const std::string& name);
std::vector<std::string> kind_names();

/// Reads the tables of one rule of `actor` against a world, every error at once. `start` is that of the run.
class RuleReader {
 public:
  RuleReader(const world::World& world, base::Month start, std::string actor, base::Diagnostics& diagnostics)
      : world_(world), start_(start), actor_(std::move(actor)), diagnostics_(diagnostics) {}

  /// [[rules.when]]
  void read_conditions(toml::table& table, Rule& rule);
  /// [rules.lobby]
  void read_lobby(toml::table& table, Rule& rule);
  /// [[rules.levers]]: those of the run go to `ready`. `has_cost`: the rule says what they cost.
  void read_levers(toml::table& table, bool has_cost, Rule& rule, std::vector<std::unique_ptr<Lever>>& ready);

 private:
  const world::World& world_;
  base::Month start_;
  std::string actor_;
  base::Diagnostics& diagnostics_;

  [[nodiscard]] base::Date date() const { return {start_.year(), start_.month(), 1}; }
  const Observable* observable_of(const toml::table& table, const base::OptionValues& values);
  Condition read_condition(const toml::table& table);
  void check_keys(const toml::table& table, const Observable& what);
  void read_threshold(const toml::table& table, const base::OptionValues& values, Condition& out);
  [[nodiscard]] std::string text_of(const toml::table& table, const Condition& condition) const;
  void read_lever(toml::table& table, const LeverKind* kind, Rule& rule, std::vector<std::unique_ptr<Lever>>& ready);
  void refuse_keys(const toml::table& table, const LeverKind* kind);
};

}  // namespace lodestone::policy
