// What a government can see of a month: prices, trade, stocks, what is missing, what others do. The table from which
// the reader of rules, their engine and docs/actors.md are made.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

/// A month that is over.
struct Seen {
  const world::World& world;
  const world::State& before;  // as it cleared
  const world::Equilibrium& equilibrium;
  const world::State& after;  // moved on to the next month
  std::span<const std::unique_ptr<Lever>> levers;
  std::span<const Standing> standing;  // of the levers, that month
};

/// What a condition asks about. Which parts an observable reads is in its row.
struct Question {
  std::vector<world::ProductId> products;
  std::vector<world::RegionId> regions, others;
  std::vector<std::string> end_uses;  // empty: all
  std::vector<std::string> by;        // actors whose levers count
  std::vector<std::string> kinds;     // of lever
  int within = 0;                     // months since a lever became known; 0: however long ago
};

/// A number of a month that is over; NaN when there is nothing to go by. Allocates nothing.
using Answer = std::function<double(const Seen&)>;

struct Observable {
  std::string name, unit, help;
  double lowest = 0, highest = 0;  // what it can be
  int lag = 1;                     // months until it is published, when a condition does not say
  bool others = false, end_uses = false, levers = false;
  /// The answer for one product of the question; `levers` are asked about once, with all products.
  Answer (*answer)(const world::World& world, const Question& question, world::ProductId product);
};

std::span<const Observable> observables();

}  // namespace lodestone::policy
