// A lever: what a government does to the market, from a month to a month. One object whether scripted, reactive or
// chosen; each kind is one file with its table of options.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/base/option.hpp"
#include "lodestone/policy/chance.hpp"
#include "lodestone/world/equilibrium.hpp"
#include "lodestone/world/month_market.hpp"

namespace lodestone::policy {

/// What every lever states: who, when, on what, why we believe it. Empty origins mean every region that is not a
/// destination, empty destinations every region that is not an origin.
struct LeverHead {
  std::string id, kind, actor;  // actor = region or group id
  base::Month start, end;       // first month in force, first month no longer in force
  base::Month announced;        // month in which the public learns of it, at most `start`
  std::vector<world::ProductId> products;
  std::vector<world::RegionId> origins, destinations;
  std::string source;
  std::vector<std::string> levers = {};  // ids of the levers that it acts on, of a kind that acts on levers
  std::string rule = {};  // of an actor, that holds it ready; empty when the scenario or the chronicle has it
};

/// What a lever asks of the market before the first month: rows and columns it may ever need.
struct MarketNeeds {
  std::vector<world::GroupLimit> limits;
  std::vector<world::ReleasePoint> releases;
  std::size_t offers = 0;              // most that are held out to plants at once
  std::vector<world::ArcId> evadable;  // routes that it restricts
  std::vector<world::ArcId> bound;     // routes whose licences it binds to end users
  std::size_t takeovers = 0;           // most that are asked for at once
};

/// What one month makes of a lever: as its own dates have it, until others move that.
struct Standing {
  bool acts = true;  // false while it is suspended, taken back or only threatened
  double news = 0;   // how much of what it is said to cut becomes known this month; below 0: is taken back
  double reversal = world::Offer::kUsualReversal;  // chance a year that what it promises is taken back
  double expected = 0;  // of what does not act yet: the chance that it will, as the public sees it
  base::Month comes;    // and when it would
};

/// An option that is right by itself but not with others, the head or the world.
struct WrongOption {
  std::string key;  // of the lever's table; empty = the lever as a whole
  std::string found, expected, nearest;
};

class Lever {
 public:
  explicit Lever(LeverHead head) : head_(std::move(head)) {}
  virtual ~Lever() = default;
  [[nodiscard]] const LeverHead& head() const { return head_; }
  [[nodiscard]] bool in_force(base::Month month) const { return month >= head_.start && month < head_.end; }
  /// Moves start, end and announcement: a rule that holds it ready acts.
  void move_to(base::Month start, base::Month announced) {
    head_.end = start + (head_.end - head_.start);
    head_.start = start;
    head_.announced = announced;
  }
  /// It is taken back: from `month` on no longer in force, and never, when it had not begun.
  void end_with(base::Month month) { head_.end = std::max(head_.start, std::min(head_.end, month)); }
  void belongs_to(std::string rule) { head_.rule = std::move(rule); }
  [[nodiscard]] virtual std::unique_ptr<Lever> clone() const = 0;
  /// Whether the levers that it names would not come without it.
  [[nodiscard]] virtual bool brings_about() const { return false; }
  /// Plants that it gives money or promises, and plants that it keeps money from.
  [[nodiscard]] virtual std::span<const std::size_t> supported() const { return {}; }
  [[nodiscard]] virtual std::span<const std::size_t> blockaded() const { return {}; }
  /// What is wrong between it and the levers that it names, in their order; they are right by themselves.
  [[nodiscard]] virtual std::vector<WrongOption> conflicts(std::span<const Lever* const> /*named*/) const { return {}; }

  /// Finds the levers that it acts on in the run's and draws what chance decides; called once, before all else. Those
  /// that it names may be missing: a counterfactual leaves them out.
  virtual void connect(std::span<const std::unique_ptr<Lever>> /*levers*/, const Chance&) {}
  /// Moves what this month makes of other levers, one entry each in the order of the scenario. Allocates nothing.
  virtual void govern(base::Month, std::span<Standing>) const {}

  /// Registers the limits and releases it needs, and the routes that may be evaded; called once, before the market is
  /// built.
  virtual void register_needs(const world::World&, MarketNeeds&) {}
  /// When something of it becomes known: adds to `news` (per node) `weight` times the share of the node's supply that
  /// it is said to cut. Called before expectations, with last month's state. Allocates nothing.
  virtual void announce(const world::World&, const world::State&, double /*weight*/,
                        std::vector<double>& /*news*/) const {}
  /// While it is expected: adds to `rise` (per node) `chance` times the relative change of price that it would bring.
  /// Called with announce. Allocates nothing.
  virtual void foresee(const world::World&, const world::State&, double /*chance*/,
                       std::vector<double>& /*rise*/) const {}
  /// While it is expected: writes into the month's rules what those who pay for projects fear of it, as much as
  /// `chance` says. Called with apply. Allocates nothing.
  virtual void foreshadow(double /*chance*/, world::Rules&) const {}
  /// Before clearing, once a month: writes this lever's part of the month's rules, which were reset before the first
  /// lever. `index` is its place in the scenario. Allocates nothing.
  virtual void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) = 0;
  /// After clearing, once a month: moves its own balances (queues, quotas, what is left to sell). Allocates nothing.
  virtual void settle(const world::World&, const world::Equilibrium&, base::Month) {}
  /// One line for reports: "approvals 12 t, queue 40 t".
  [[nodiscard]] virtual std::string status() const { return {}; }

 private:
  LeverHead head_;
};

/// What a kind acts on, and with it what its actor has power over: its own exports, imports, stocks or
/// plants; those may be helped (or hit) anywhere. Acts on levers name these and no products or regions, agreements
/// their members and no other regions.
enum class Acts { on_exports, on_imports, on_stocks, on_plants, on_own_plants, on_levers, on_agreements };

/// A kind of lever: the row of the one table from which list, scenario reader and docs are made.
struct LeverKind {
  std::string name;  // "export-licence"
  std::string help;  // one sentence
  std::string rule_for_overlap;
  Acts acts = Acts::on_exports;
  std::vector<base::OptionSpec> options;  // beside the common ones
  /// Throws WrongOptions when options do not fit each other, the head or the world.
  std::unique_ptr<Lever> (*make)(LeverHead head, const base::OptionValues& values, const world::World& world);
  std::string model;             // what it does to a month, for docs/levers.md: equations, units, sources
  std::string public_cost = {};  // what is booked to the government that acts, in words; "none" and why
  std::string example = {};      // keys beside id, kind, start, end and source, on the reference dataset; of acts on
                                 // levers also the tables of those that they name
};

/// Thrown by LeverKind::make; whoever reads the file adds the places.
class WrongOptions : public std::runtime_error {
 public:
  explicit WrongOptions(std::vector<WrongOption> all);
  [[nodiscard]] const std::vector<WrongOption>& all() const { return all_; }

 private:
  std::vector<WrongOption> all_;
};

/// A whole scenario that shows the kind: January 2025 to December 2026 on the reference dataset.
std::string example_scenario(const LeverKind& kind);

/// All kinds, in alphabetical order.
std::span<const LeverKind> lever_kinds();
/// What an act on levers reads beside the common options; `required` when it must name some.
base::OptionSpec levers_option(bool required, std::string help);
/// Place of a lever in a run; nothing when it is not there.
std::optional<std::size_t> find_lever(std::span<const std::unique_ptr<Lever>> levers, const std::string& id);
/// Options that every lever has, as far as its kind acts on such things: id, kind, actor, start, end, announced,
/// products, origins, destinations, source.
std::span<const base::OptionSpec> common_lever_options();

}  // namespace lodestone::policy
