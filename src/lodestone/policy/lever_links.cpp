#include "lodestone/policy/lever_links.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/dataset/toml_reader.hpp"

namespace lodestone::policy {
namespace {

using base::Diagnostics;
using base::Place;
using dataset::place_of;

class LinkChecker {
 public:
  LinkChecker(const std::vector<std::unique_ptr<Lever>>& levers, std::span<const std::unique_ptr<Lever>> others,
              const std::map<std::string, Place>& ids, Diagnostics& diagnostics)
      : levers_(levers), others_(others), diagnostics_(diagnostics) {
    for (const auto& [id, place] : ids) names_.push_back(id);
    for (const auto& other : others) {
      names_.push_back(other->head().id);
      if (!other->brings_about()) continue;
      for (const auto& measure : other->head().levers) brought_.emplace(measure, other->head().id);
    }
  }

  void check(const Lever& lever, const toml::table& table) {
    const int errors_before = diagnostics_.errors();
    const auto& list = *table.get("levers")->as_array();
    if (list.empty()) diagnostics_.error(place_of(list), "no lever", "the id of at least one other lever");
    std::vector<const Lever*> named;
    for (std::size_t k = 0; k < list.size(); ++k) check_name(lever, *list.get(k), k, named);
    if (diagnostics_.errors() > errors_before || named.size() < list.size()) return;
    for (const WrongOption& wrong : lever.conflicts(named)) {
      const auto* node = wrong.key.empty() ? nullptr : table.get(wrong.key);
      diagnostics_.error(node == nullptr ? place_of(table) : place_of(*node), wrong.found, wrong.expected,
                         wrong.nearest);
    }
  }

 private:
  const std::vector<std::unique_ptr<Lever>>& levers_;
  std::span<const std::unique_ptr<Lever>> others_;
  Diagnostics& diagnostics_;
  std::vector<std::string> names_;
  std::map<std::string, std::string> brought_;  // lever -> the one that brings it about

  void check_name(const Lever& lever, const toml::node& node, std::size_t k, std::vector<const Lever*>& named) {
    const std::string& name = lever.head().levers[k];
    const auto before = lever.head().levers.begin() + static_cast<std::ptrdiff_t>(k);
    const auto wrong = [&](std::string found, std::string expected, std::string nearest = {}) {
      diagnostics_.error(place_of(node), std::move(found), std::move(expected), std::move(nearest));
    };
    if (name == lever.head().id) {
      wrong(fmt::format("'{:.60}' names itself", name), "the id of another lever: nothing may depend on itself");
      return;
    }
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) {
      wrong(fmt::format("unknown lever '{:.60}'", name), "the id of another lever", base::nearest_name(name, names_));
      return;
    }
    if (std::find(lever.head().levers.begin(), before, name) != before)
      wrong(fmt::format("'{:.60}' a second time", name), "every lever once");
    const Lever* found = find(name);
    if (found == nullptr) return;  // its own errors are told
    const Lever& other = *found;
    if (!other.head().levers.empty() || acts_on_levers(other.head().kind))
      wrong(fmt::format("'{:.60}', a lever of kind {}", name, other.head().kind),
            "a lever that acts on the market: those that act on levers are not nested");
    if (lever.brings_about()) {
      const auto [first, is_new] = brought_.emplace(name, lever.head().id);
      if (!is_new)
        wrong(fmt::format("'{:.60}', which '{:.60}' brings about already", name, first->second),
              "a lever that no other brings about");
    }
    named.push_back(&other);
  }

  [[nodiscard]] const Lever* find(const std::string& name) const {
    if (const auto place = find_lever(levers_, name)) return levers_[*place].get();
    const auto place = find_lever(others_, name);
    return place ? others_[*place].get() : nullptr;
  }

  static bool acts_on_levers(const std::string& name) {
    const auto kinds = lever_kinds();
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](const LeverKind& kind) { return kind.name == name && kind.acts == Acts::on_levers; });
  }
};

/// The first plant that one gives money to and the other keeps it from, in months in which both are in force.
const world::Facility* torn(const Lever& a, const Lever& b, const world::World& world) {
  if (a.head().actor != b.head().actor || a.head().end <= b.head().start || b.head().end <= a.head().start)
    return nullptr;
  for (const auto& [one, other] : {std::pair{&a, &b}, std::pair{&b, &a}})
    for (const std::size_t f : one->supported())
      if (std::find(other->blockaded().begin(), other->blockaded().end(), f) != other->blockaded().end())
        return &world.facilities[f];
  return nullptr;
}

void check_contradiction(const Lever& lever, const Lever& earlier, const toml::table& table, const world::World& world,
                         Diagnostics& diagnostics) {
  if (const auto* plant = torn(lever, earlier, world))
    diagnostics.error(place_of(table),
                      fmt::format("'{:.60}' and '{:.60}' of {}: one gives money to {}, the other keeps it from it",
                                  earlier.head().id, lever.head().id, lever.head().actor, plant->id),
                      "one of the two in any month, or other plants");
}

}  // namespace

void check_links(const std::vector<std::unique_ptr<Lever>>& levers, const std::vector<const toml::table*>& tables,
                 const std::map<std::string, Place>& ids, std::span<const std::unique_ptr<Lever>> others,
                 const world::World& world, Diagnostics& diagnostics) {
  LinkChecker checker(levers, others, ids, diagnostics);
  for (std::size_t l = 0; l < levers.size(); ++l)
    if (tables[l]->contains("levers")) checker.check(*levers[l], *tables[l]);
  for (std::size_t l = 0; l < levers.size(); ++l) {
    for (const auto& other : others) check_contradiction(*levers[l], *other, *tables[l], world, diagnostics);
    for (std::size_t k = 0; k < l; ++k) check_contradiction(*levers[l], *levers[k], *tables[l], world, diagnostics);
  }
}

}  // namespace lodestone::policy
