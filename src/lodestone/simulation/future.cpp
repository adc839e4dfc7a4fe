#include "lodestone/simulation/future.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lodestone/dynamics/mechanism.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/policy/course.hpp"
#include "lodestone/policy/reactions.hpp"
#include "lodestone/simulation/accounts.hpp"

namespace lodestone::simulation {

MonthNotCleared::MonthNotCleared(base::Month month_not_cleared, const std::string& reason)
    : std::runtime_error(fmt::format("{} did not clear: {}", month_not_cleared.text(), reason)),
      month(month_not_cleared) {}

struct Future::Parts {
  struct Phase {
    const char* name;
    void (Parts::*run)();
  };
  // The month, in order. What a phase reads was written by those before it.
  static const std::array<Phase, 9> kPhases;

  const world::World& world;
  policy::Scenario scenario;  // a copy of its own: levers keep queues and balances
  policy::Course course;
  policy::Reactions reactions;
  policy::MarketNeeds needs;
  world::MonthMarket market;
  std::unique_ptr<market::Solver> solver;
  std::vector<std::unique_ptr<dynamics::Mechanism>> mechanisms;
  int done = 0;
  world::State before;  // as the month clears
  world::State state;   // moves
  world::Rules rules;
  market::Solution solution;
  world::Equilibrium equilibrium;
  Accounts accounts;
  MassBook mass_book;
  MassBalance mass;

  Parts(const world::World& a_world, const policy::Scenario& a_scenario, Method method)
      : world(a_world),
        scenario(a_scenario.copy()),
        course(scenario.levers, {scenario.seed, scenario.future}),
        reactions(a_world, scenario.reacting ? &*scenario.reacting : nullptr, scenario.levers,
                  {scenario.seed, scenario.future}),
        needs(course.register_needs(a_world)),
        market(a_world, needs.limits, needs.releases, needs.evadable, needs.bound),
        mass_book(a_world) {
    solver = method == Method::cascade ? market::make_cascade_solver(market.topology())
                                       : market::make_reference_solver(market.topology());
    mechanisms = dynamics::mechanisms(world, scenario.demand_growth);
    state.month = scenario.start;
    size_finance();
    for (const auto& mechanism : mechanisms) mechanism->start(world, state);
    for (const auto& mechanism : mechanisms) mechanism->expect(world, state);  // what announcements are held against
    solution = market::Solution::zeros(market.topology());
    reset_rules();
  }

  // Everything that months will push back has its place before the first.
  void size_finance() {
    for (auto* list : {&state.offers, &before.offers, &rules.offers}) list->reserve(needs.offers);
    for (auto* list : {&state.claims, &before.claims}) list->reserve(needs.offers);
    for (auto* list : {&state.holdings, &before.holdings}) list->reserve(needs.takeovers);
    for (auto* measures : {&state.measures, &before.measures, &rules.measures})
      measures->takeovers.reserve(needs.takeovers);
    for (auto* list : {&state.purse, &state.public_cost, &state.public_spent, &rules.purse})
      list->assign(scenario.levers.size(), 0.0);
  }

  void reset_rules() { rules.reset(world, market.limits().size(), market.releases().size(), scenario.levers.size()); }

  void react() { reactions.decide(state.month); }

  void announce() { course.announce(world, state); }

  void expect() {
    for (const auto& mechanism : mechanisms) mechanism->expect(world, state);
    before = state;
  }

  void decide() {
    reset_rules();
    course.apply(world, before, rules);
    reactions.bound(course, rules);
    for (std::size_t a = 0; a < before.host_tax.size(); ++a) rules.arc_export_tax[a] += before.host_tax[a];
    publish();
  }

  // What mechanisms are to know of the rules.
  void publish() {
    before.refused = state.refused = rules.arc_refused;
    before.withheld = state.withheld = rules.arc_withheld;
    before.offers = state.offers = rules.offers;
    before.purse = state.purse = rules.purse;
    before.plant_rules = state.plant_rules = rules.plant_rules;
    before.demand_share = state.demand_share = rules.demand_share;
    before.measures = state.measures = rules.measures;
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      before.rules_margin[f] = state.rules_margin[f] =
          rules.activity_support[f] + rules.activity_premium[f] - rules.activity_cost[f];
  }

  void clear() {
    market.fill(before, rules);
    const auto first = done == 0 ? market::Start::cold : market::Start::warm;
    if (attempt(first) || (first == market::Start::warm && attempt(market::Start::cold))) return;
    throw MonthNotCleared(before.month, why_not());
  }

  bool attempt(market::Start start) {
    report_ = solver->solve(market.numbers(), solution, start);
    equilibrium.work = report_.work;
    equilibrium.certificate = market::certify(market.topology(), market.numbers(), solution, surplus_);
    return report_.outcome == market::Outcome::solved && equilibrium.certificate.holds(market::kTolerance);
  }

  [[nodiscard]] std::string why_not() const {
    return fmt::format(
        "{} ({})",
        market::explain(equilibrium.certificate, market::kTolerance, market.row_names(), market.column_names()),
        market::to_string(report_.outcome));
  }

  void read() { market.read(solution, equilibrium); }

  void age() {
    for (const auto& mechanism : mechanisms) mechanism->age(world, market, equilibrium, state);
    course.settle(world, equilibrium, before.month);
    reactions.observe({world, before, equilibrium, state, scenario.levers, course.standing()}, course);
    state.month = before.month + 1;
  }

  void keep_books() {
    accounts = keep_accounts(world, market, before, rules, equilibrium);
    mass = mass_book.balance(world, market, before, equilibrium, state.stock);
  }

  void record() {
    const MonthRecord month{before.month, world, market, before,           rules, equilibrium, state.stock,
                            accounts,     mass,  state,  reactions.month()};
    sink->month(month);
    ++done;
  }

  Sink* sink = nullptr;  // of the step under way

 private:
  market::Report report_;
  std::vector<double> surplus_;  // of the certificate's rows
};

const std::array<Future::Parts::Phase, 9> Future::Parts::kPhases{{
    {"reactions", &Parts::react},
    {"announcements", &Parts::announce},
    {"expectations", &Parts::expect},
    {"rules", &Parts::decide},
    {"clearing", &Parts::clear},
    {"reading", &Parts::read},
    {"ageing", &Parts::age},
    {"accounts", &Parts::keep_books},
    {"recording", &Parts::record},
}};

Future::Future(const world::World& world, const policy::Scenario& scenario, Method method)
    : parts_(std::make_unique<Parts>(world, scenario, method)) {}

Future::~Future() = default;

bool Future::step(Sink& sink) {
  if (parts_->done >= parts_->scenario.months) return false;
  parts_->sink = &sink;
  for (const auto& phase : Parts::kPhases) ((*parts_).*phase.run)();
  return true;
}

int Future::run(Sink& sink, const std::function<bool(int done, int total)>& keep_going) {
  while (step(sink))
    if (keep_going && !keep_going(parts_->done, parts_->scenario.months)) break;
  return parts_->done;
}

base::Month Future::month() const {
  return parts_->state.month;
}

int Future::months_total() const {
  return parts_->scenario.months;
}

std::vector<const char*> Future::phases() {
  std::vector<const char*> names;
  names.reserve(Parts::kPhases.size());
  for (const auto& phase : Parts::kPhases) names.push_back(phase.name);
  return names;
}

}  // namespace lodestone::simulation
