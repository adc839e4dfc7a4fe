// The rules of governments at work in one run: what they see of the months, what they decide, what it brings. A month
// in which rules look or act allocates nothing: every lever that a rule may bring is held ready from the start.
#pragma once

#include <memory>
#include <vector>

#include "lodestone/policy/actor.hpp"
#include "lodestone/policy/chance.hpp"
#include "lodestone/policy/course.hpp"
#include "lodestone/world/reactions.hpp"

namespace lodestone::policy {

class Reactions {
 public:
  /// Finds the levers that rules hold ready among `levers`; a counterfactual may have left some out. Both must outlive
  /// it. `reacting` may be null: nobody reacts.
  Reactions(const world::World& world, const Reacting* reacting, const std::vector<std::unique_ptr<Lever>>& levers,
            const Chance& chance);

  /// Before announcements: rules look at months that are over, decide, and what was decided begins.
  void decide(base::Month month);
  /// After rules were written: money that the year's budgets do not have is not held out.
  void bound(const Course& course, world::Rules& rules) const;
  /// When the month is over: what can be seen of it is noted, and what was spent.
  void observe(const Seen& seen, const Course& course);
  [[nodiscard]] const world::ReactionsMonth& month() const { return month_; }

 private:
  /// What a condition or a lobby asks, product by product, in the months that are over.
  struct Watched {
    std::vector<Answer> answers;               // per product; of levers one
    std::vector<int> products;                 // places in World::products; -1 of levers
    std::vector<std::vector<double>> history;  // per answer: the newest months, a ring
    int next = 0, kept = 0, average = 1;
    void note(const Seen& seen);
    /// Mean of `average` months that end `back` months before the newest; NaN when they are not all there.
    [[nodiscard]] double at(std::size_t answer, int back) const;
  };
  struct Ready {
    const Rule* rule = nullptr;
    std::size_t actor = 0;
    std::vector<Watched> when;
    std::size_t first_condition = 0;  // in ReactionsMonth::conditions
    std::unique_ptr<Watched> lobby;
    std::vector<std::vector<Lever*>> levers;  // per time
    std::vector<std::size_t> withdraws;       // places of rules
    int times = 0;
    base::Month last = kNotYet, acts = kNotYet;  // of the last decision, and of its act
  };
  struct Purse {
    double budget = 0, set_aside = 0, spent = 0;  // USD, this calendar year
    std::vector<std::size_t> levers;              // places of what its rules hold ready
  };

  const std::vector<std::unique_ptr<Lever>>& run_levers_;
  Chance chance_;
  base::Month from_;
  std::vector<Ready> rules_;
  std::vector<Purse> purses_;  // per actor
  world::ReactionsMonth month_;

  static Watched watch(const world::World& world, const Observable& observable, const Question& question, int months,
                       int average);
  void add(const world::World& world, const Rule& rule, std::size_t actor);
  bool look(const Ready& ready, bool& known);
  [[nodiscard]] bool idle(const Ready& ready, base::Month month) const;
  [[nodiscard]] double odds(const Ready& ready) const;
  void decide(std::size_t r, base::Month month);
  void begin(Ready& ready, base::Month month);
  void withdraw(const Ready& ready, base::Month month);
};

}  // namespace lodestone::policy
