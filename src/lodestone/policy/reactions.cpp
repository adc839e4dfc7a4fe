#include "lodestone/policy/reactions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace lodestone::policy {
namespace {

using world::Verdict;

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

const Observable& loss() {
  const auto all = observables();
  return *std::find_if(all.begin(), all.end(), [](const Observable& o) { return o.name == "loss"; });
}

}  // namespace

void Reactions::Watched::note(const Seen& seen) {
  const auto size = static_cast<int>(history.front().size());
  for (std::size_t a = 0; a < answers.size(); ++a) history[a][static_cast<std::size_t>(next)] = answers[a](seen);
  next = (next + 1) % size;
  kept = std::min(kept + 1, size);
}

double Reactions::Watched::at(std::size_t answer, int back) const {
  if (back + average > kept) return kNothing;
  const auto size = static_cast<int>(history[answer].size());
  double sum = 0;
  for (int k = back; k < back + average; ++k)
    sum += history[answer][static_cast<std::size_t>((next - 1 - k + 2 * size) % size)];
  return sum / average;
}

Reactions::Watched Reactions::watch(const world::World& world, const Observable& observable, const Question& question,
                                    int months, int average) {
  Watched out;
  out.average = average;
  if (observable.levers) {
    out.answers.push_back(observable.answer(world, question, {}));
    out.products.push_back(-1);
  } else {
    for (const auto product : question.products) {
      out.answers.push_back(observable.answer(world, question, product));
      out.products.push_back(static_cast<int>(product.index()));
    }
  }
  out.history.assign(out.answers.size(), std::vector<double>(static_cast<std::size_t>(months), kNothing));
  return out;
}

Reactions::Reactions(const world::World& world, const Reacting* reacting,
                     const std::vector<std::unique_ptr<Lever>>& levers, const Chance& chance)
    : run_levers_(levers), chance_(chance) {
  month_.in_force.assign(levers.size(), false);
  if (reacting == nullptr) return;
  from_ = reacting->order.from;
  for (const auto& actor : reacting->actors) {
    purses_.push_back({actor.budget, 0, 0, {}});
    for (const auto& rule : actor.rules) add(world, rule, purses_.size() - 1);
  }
  for (auto& ready : rules_)
    for (const auto& other : ready.rule->withdraws)
      for (std::size_t r = 0; r < rules_.size(); ++r)
        if (rules_[r].rule->id == other) ready.withdraws.push_back(r);
}

void Reactions::add(const world::World& world, const Rule& rule, std::size_t actor) {
  Ready ready;
  ready.rule = &rule;
  ready.actor = actor;
  ready.first_condition = month_.conditions.size();
  for (const auto& condition : rule.when) {
    ready.when.push_back(watch(world, *condition.observable, condition.question,
                               condition.lag + condition.months + condition.average, condition.average));
    month_.conditions.push_back({kNothing, -1, false});
  }
  if (rule.lobby)
    ready.lobby = std::make_unique<Watched>(watch(world, loss(), rule.lobby->question, rule.lobby->lag, 1));
  ready.levers.resize(static_cast<std::size_t>(rule.times));
  for (const auto& packaged : rule.levers)
    for (std::size_t time = 0; time < packaged.ids.size(); ++time)
      if (const auto place = find_lever(run_levers_, packaged.ids[time])) {
        ready.levers[time].push_back(run_levers_[*place].get());
        purses_[actor].levers.push_back(*place);
      }
  rules_.push_back(std::move(ready));
  month_.rules.emplace_back();
}

// Whether a rule that only takes back has something to take back.
bool Reactions::idle(const Ready& ready, base::Month month) const {
  if (!ready.rule->levers.empty()) return false;
  for (const std::size_t r : ready.withdraws)
    for (const auto& levers : rules_[r].levers)
      for (const Lever* lever : levers)
        if (lever->head().start < kNotYet && lever->head().end > month) return false;
  return true;
}

// Whether all conditions hold in what is published; false in `known` when something is not.
bool Reactions::look(const Ready& ready, bool& known) {
  known = true;
  bool all = true;
  for (std::size_t c = 0; c < ready.when.size(); ++c) {
    const auto& condition = ready.rule->when[c];
    const auto& watched = ready.when[c];
    const double sign = condition.above ? 1 : -1;
    auto& shown = month_.conditions[ready.first_condition + c];
    shown = {kNothing, -1, false};
    for (std::size_t a = 0; a < watched.answers.size(); ++a) {
      // The month in which it held least, of those that must all hold.
      double least = std::numeric_limits<double>::infinity();
      for (int m = 0; m < condition.months; ++m) {
        const double value = sign * watched.at(a, condition.lag - 1 + m);
        least = std::isnan(value) ? value : std::min(least, value);
        if (std::isnan(least)) break;
      }
      if (std::isnan(least) || (!std::isnan(shown.value) && least <= sign * shown.value)) continue;
      shown = {sign * least, watched.products[a], least > sign * condition.threshold};
    }
    known = known && !std::isnan(shown.value);
    all = all && shown.holds;
  }
  return all;
}

double Reactions::odds(const Ready& ready) const {
  const double plain = ready.rule->probability;
  if (!ready.lobby) return plain;
  double worst = 0;
  for (std::size_t a = 0; a < ready.lobby->answers.size(); ++a)
    worst = std::fmax(worst, ready.lobby->at(a, ready.rule->lobby->lag - 1));
  return 1 - (1 - plain) * std::exp(-ready.rule->lobby->strength * worst);
}

void Reactions::decide(base::Month month) {
  for (auto& purse : purses_)
    if (month.month() == 1) purse.set_aside = purse.spent = 0;
  for (std::size_t r = 0; r < rules_.size(); ++r) decide(r, month);
}

void Reactions::decide(std::size_t r, base::Month month) {
  Ready& ready = rules_[r];
  const Rule& rule = *ready.rule;
  auto& out = month_.rules[r];
  out = {Verdict::quiet, kNothing, kNothing, ready.times, false};
  bool known = false;
  const bool holds = look(ready, known) && !idle(ready, month);
  Purse& purse = purses_[ready.actor];
  if (!rule.left_out.empty()) {
    out.verdict = Verdict::left_out;
  } else if (month < from_) {
    out.verdict = Verdict::before;
  } else if (ready.times >= rule.times) {
    out.verdict = Verdict::exhausted;
  } else if (!known) {
    out.verdict = Verdict::unknown;
  } else if (holds && ready.times > 0 && month - ready.last < std::max(rule.cooldown, 1)) {
    out.verdict = Verdict::waiting;
  } else if (holds && rule.cost > purse.budget - std::max(purse.set_aside, purse.spent)) {
    out.verdict = Verdict::no_money;
  } else if (holds) {
    out.probability = odds(ready);
    out.draw = chance_.draw("reaction", rule.id, month);
    out.verdict = out.draw < out.probability ? Verdict::decided : Verdict::drawn_away;
  }
  if (out.verdict == Verdict::decided) {
    purse.set_aside += rule.cost;
    begin(ready, month);
    out.times = ready.times;
  }
  out.acts = ready.acts == month;
  if (out.acts) withdraw(ready, month);
}

// The levers of this time get their dates; announcements come when they are due.
void Reactions::begin(Ready& ready, base::Month month) {
  ready.last = month;
  ready.acts = month + ready.rule->delay;
  const auto time = static_cast<std::size_t>(ready.times++);
  for (Lever* lever : ready.levers[time])
    for (const auto& packaged : ready.rule->levers)
      if (packaged.ids[time] == lever->head().id) {
        const base::Month start = ready.acts + packaged.after;
        lever->move_to(start, start + -packaged.notice);
      }
}

void Reactions::withdraw(const Ready& ready, base::Month month) {
  for (const std::size_t r : ready.withdraws)
    for (const auto& levers : rules_[r].levers)
      for (Lever* lever : levers)
        if (lever->head().start < kNotYet) lever->end_with(month);
}

void Reactions::bound(const Course& course, world::Rules& rules) const {
  for (const auto& purse : purses_) {
    const double left = std::max(0.0, purse.budget - purse.spent);
    int sharers = 0;
    for (const std::size_t l : purse.levers) {
      if (rules.purse[l] > 0) ++sharers;
      for (const std::size_t r : course.purchases(l))
        if (rules.release[r] > 0) ++sharers;
    }
    for (const std::size_t l : purse.levers) {
      rules.purse[l] = std::min(rules.purse[l], left / std::max(sharers, 1));
      for (const std::size_t r : course.purchases(l))
        if (rules.release_floor[r] > 0)
          rules.release[r] = std::min(rules.release[r], left / std::max(sharers, 1) / rules.release_floor[r]);
    }
  }
}

void Reactions::observe(const Seen& seen, const Course& course) {
  for (std::size_t l = 0; l < seen.levers.size(); ++l)
    month_.in_force[l] = seen.standing[l].acts && seen.levers[l]->in_force(seen.before.month);
  for (auto& ready : rules_) {
    for (auto& watched : ready.when) watched.note(seen);
    if (ready.lobby) ready.lobby->note(seen);
  }
  for (auto& purse : purses_)
    for (const std::size_t l : purse.levers) {
      purse.spent += std::max(0.0, seen.after.public_cost[l]);
      for (const std::size_t r : course.purchases(l))
        purse.spent +=
            std::max(0.0, -seen.equilibrium.government_release[r]) * seen.equilibrium.price[course.node_of(r)];
    }
}

}  // namespace lodestone::policy
