// A lever on the tiny world, month by month, with flows and sales chosen by the test instead of a market.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../support/tiny_world.hpp"
#include "lodestone/policy/course.hpp"
#include "lodestone/policy/scenario.hpp"

namespace lodestone::policy::test {

using lodestone::test::tiny_world;
namespace tiny = lodestone::test::tiny;

/// A scenario of 2025 and 2026 with these levers, each a text of keys and values.
inline std::string scenario_text(const std::vector<std::string>& levers) {
  std::string text =
      "[run]\nid = \"test\"\ntitle = \"Test\"\nquestion = \"What happens?\"\nstart = \"2025-01\"\nmonths = 24\n";
  for (const auto& lever : levers) text += "[[levers]]\n" + lever;
  return text;
}

/// Keys of a lever of China on dysprosium oxide, April 2025 to March 2026; `more` adds the kind's own.
inline std::string lever_text(const std::string& kind, const std::string& more = {}, const std::string& id = "act") {
  return "id = \"" + id + "\"\nkind = \"" + kind +
         "\"\nactor = \"CHN\"\nstart = \"2025-04\"\nend = \"2026-04\"\n"
         "products = [\"dysprosium-oxide\"]\nsource = \"assumption: test\"\n" +
         more;
}

/// The levers of a scenario in a world whose flows the test decides.
class PlayedMonths {
 public:
  explicit PlayedMonths(const std::vector<std::string>& levers, world::World world = tiny_world())
      : world_(std::move(world)), scenario_(parse_scenario(scenario_text(levers), "test.toml", world_)) {
    needs_ = course_.register_needs(world_);
    state_.news.assign(world_.nodes(), 0.0);
    state_.price_rise.assign(world_.nodes(), 0.0);
    state_.month = base::Month::of(2025, 1);
    for (const auto& arc : world_.arcs) state_.usual_flow.push_back(arc.base_flow);
    state_.last_price = world_.base_price;
    state_.public_spent.assign(scenario_.levers.size(), 0.0);
    state_.measures.reset(world_, scenario_.levers.size());
    for (const auto& facility : world_.facilities) {
      state_.control.push_back(facility.control);
      state_.cash_cost.push_back(facility.cash_cost);
    }
    for (const auto& facility : world_.facilities) state_.capacity.push_back(facility.capacity);
    state_.refused.assign(world_.arcs.size(), 0.0);
    for (const auto& stock : world_.stocks) state_.stock.push_back(stock.quantity);
    state_.usual_use.assign(world_.nodes(), 0.0);
    for (const auto& arc : world_.arcs) state_.usual_use[world_.node(arc.product, arc.to)] += arc.base_flow;
    equilibrium_.arc_flow.assign(world_.arcs.size(), 0.0);
    equilibrium_.government_release.assign(needs_.releases.size(), 0.0);
    equilibrium_.group_rent.assign(needs_.limits.size(), 0.0);
  }

  [[nodiscard]] const world::World& world() const { return world_; }
  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] const MarketNeeds& needs() const { return needs_; }
  [[nodiscard]] const world::Rules& rules() const { return rules_; }
  [[nodiscard]] world::State& state() { return state_; }
  [[nodiscard]] world::Equilibrium& equilibrium() { return equilibrium_; }

  /// Moves to a month without playing those between.
  void jump_to(int year, int month) { state_.month = base::Month::of(year, month); }

  /// News of this month at a node.
  double news(const std::string& of, const std::string& in) {
    course_.announce(world_, state_);
    return state_.news[world_.node(tiny::product(world_, of), tiny::region(world_, in))];
  }

  /// Relative change of price that buyers at a node expect this month of measures to come.
  double rise(const std::string& of, const std::string& in) {
    course_.announce(world_, state_);
    return state_.price_rise[world_.node(tiny::product(world_, of), tiny::region(world_, in))];
  }

  /// Resets the rules and lets every lever that stands write its part.
  const world::Rules& open() {
    course_.announce(world_, state_);
    rules_.reset(world_, needs_.limits.size(), needs_.releases.size(), scenario_.levers.size());
    course_.apply(world_, state_, rules_);
    return rules_;
  }

  /// The month is cleared with the flows and sales set in equilibrium(); stocks sold from fall.
  void close() {
    course_.settle(world_, equilibrium_, state_.month);
    for (std::size_t r = 0; r < needs_.releases.size(); ++r)
      for (std::size_t s = 0; s < world_.stocks.size(); ++s)
        if (world_.stocks[s].holder == world::Holder::government &&
            world_.stocks[s].product == needs_.releases[r].product &&
            world_.stocks[s].region == needs_.releases[r].region)
          state_.stock[s] -= equilibrium_.government_release[r];
    state_.month = state_.month + 1;
  }

  [[nodiscard]] std::size_t arc(const std::string& of, const std::string& from, const std::string& to) const {
    return tiny::arc(world_, of, from, to).index();
  }
  [[nodiscard]] double limit(const std::string& of, const std::string& from, const std::string& to) const {
    return rules_.arc_limit[arc(of, from, to)];
  }
  double& flow(const std::string& of, const std::string& from, const std::string& to) {
    return equilibrium_.arc_flow[arc(of, from, to)];
  }

 private:
  world::World world_;
  Scenario scenario_;
  Course course_{scenario_.levers, {scenario_.seed, scenario_.future}};
  MarketNeeds needs_;
  world::State state_;
  world::Rules rules_;
  world::Equilibrium equilibrium_;
};

}  // namespace lodestone::policy::test
