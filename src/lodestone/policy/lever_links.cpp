#include "lodestone/policy/lever_links.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lodestone/dataset/toml_reader.hpp"

namespace lodestone::policy {
namespace {

using base::Diagnostics;
using base::Place;
using dataset::place_of;

class LinkChecker {
 public:
  LinkChecker(const std::vector<std::unique_ptr<Lever>>& levers, const std::map<std::string, Place>& ids,
              Diagnostics& diagnostics)
      : levers_(levers), ids_(ids), diagnostics_(diagnostics) {
    for (const auto& [id, place] : ids) names_.push_back(id);
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
  const std::map<std::string, Place>& ids_;
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
    if (!ids_.contains(name)) {
      wrong(fmt::format("unknown lever '{:.60}'", name), "the id of another lever", base::nearest_name(name, names_));
      return;
    }
    if (std::find(lever.head().levers.begin(), before, name) != before)
      wrong(fmt::format("'{:.60}' a second time", name), "every lever once");
    const auto place = find_lever(levers_, name);
    if (!place) return;  // its own errors are told
    const Lever& other = *levers_[*place];
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

  static bool acts_on_levers(const std::string& name) {
    const auto kinds = lever_kinds();
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](const LeverKind& kind) { return kind.name == name && kind.acts == Acts::on_levers; });
  }
};

}  // namespace

void check_links(const std::vector<std::unique_ptr<Lever>>& levers, const std::vector<const toml::table*>& tables,
                 const std::map<std::string, Place>& ids, Diagnostics& diagnostics) {
  LinkChecker checker(levers, ids, diagnostics);
  for (std::size_t l = 0; l < levers.size(); ++l)
    if (tables[l]->contains("levers")) checker.check(*levers[l], *tables[l]);
}

}  // namespace lodestone::policy
