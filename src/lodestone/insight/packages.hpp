// Packages of levers with one magnitude each, as they stand in a file: the pillars of a thesis, the catalogue of what
// could have been done. Each magnitude runs from 0 (nothing) to 1 (the most that is thought possible).
#pragma once

#include <toml++/toml.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/option.hpp"
#include "lodestone/policy/lever_reader.hpp"

namespace lodestone::insight {

struct Package {
  std::string id, title, pays, source;  // pays: the actor of its levers
  base::Month earliest, latest;         // first months in which it may begin
};

/// A package as it is tried.
struct Chosen {
  std::size_t package = 0;
  double magnitude = 0;
  base::Month start;
};

struct PackageLevers {
  std::vector<std::unique_ptr<policy::Lever>> levers;
  std::vector<std::size_t> owner;  // per lever: its package
};

class Packages {
 public:
  Packages() = default;
  /// The tables [[`table`]] of a document that was parsed from `text`, and takes them out of it.
  Packages(toml::table& document, std::string text, std::string file, std::string table,
           base::Diagnostics& diagnostics);

  [[nodiscard]] const std::vector<Package>& all() const { return all_; }
  /// Throws base::InputError with the nearest id.
  [[nodiscard]] std::size_t find(const std::string& id) const;
  /// Leaves out every other package. Throws base::InputError with the nearest id.
  void keep_only(const std::vector<std::string>& ids);
  /// No package begins after `last`, unless its first month is later already.
  void begin_by(base::Month last);
  /// Every package at its smallest and its largest magnitude, from its first month on, is made once; what is wrong with
  /// its levers goes to `diagnostics`.
  void check(const world::World& world, const policy::RunFrame& frame, base::Diagnostics& diagnostics) const;
  /// Levers of what was chosen. Throws base::InputError when they are wrong here.
  [[nodiscard]] PackageLevers make(std::span<const Chosen> chosen, const world::World& world,
                                   const policy::RunFrame& frame) const;

 private:
  std::string text_, file_, table_;
  std::vector<Package> all_;
  std::vector<std::size_t> place_;  // in the file, per package

  void read_one(toml::table& table, std::size_t place, base::Diagnostics& diagnostics);
  PackageLevers make(std::span<const Chosen> chosen, const world::World& world, const policy::RunFrame& frame,
                     base::Diagnostics& diagnostics) const;
};

/// Keys of a package beside its tables of levers.
std::span<const base::OptionSpec> package_options();

}  // namespace lodestone::insight
