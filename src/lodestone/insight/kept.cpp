#include "lodestone/insight/kept.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lodestone/insight/expression_leaves.hpp"
#include "lodestone/insight/propositions.hpp"

namespace lodestone::insight {
namespace {

using base::Diagnostics;

// The region outside `inside` that uses most of a product; the largest of all when nobody is inside.
std::string largest_user(const world::World& world, world::ProductId product,
                         const std::vector<world::RegionId>& inside) {
  std::vector<double> use(world.regions.size(), 0.0);
  for (const auto& arc : world.arcs)
    if (arc.product == product) use[arc.to.index()] += arc.base_flow;
  for (const auto& segment : world.segments)
    if (segment.product == product) use[segment.region.index()] += segment.base_quantity;
  for (const auto region : inside) use[region.index()] = -1;
  const auto best = std::max_element(use.begin(), use.end());
  return *best > 0 ? world.regions[static_cast<std::size_t>(best - use.begin())].id : std::string();
}

// Prices at the largest user outside the acting countries, and what users go without.
std::vector<std::string> usual_keep(const world::World& world, const policy::Scenario& scenario) {
  std::vector<bool> hit(world.products.size(), scenario.levers.empty());
  std::vector<world::RegionId> inside;
  for (const auto& lever : scenario.levers) {
    for (const auto product : lever->head().products) hit[product.index()] = true;
    if (const auto region = world.find_region(lever->head().actor); region.valid()) inside.push_back(region);
  }
  std::vector<std::string> out;
  for (std::size_t p = 0; p < world.products.size(); ++p) {
    if (!hit[p]) continue;
    const auto user = largest_user(world, world::ProductId(p), inside);
    if (!user.empty()) out.push_back(fmt::format("price({}, {})", world.products[p].id, user));
  }
  for (std::size_t p = 0; p < world.products.size(); ++p) {
    const bool used = std::any_of(world.segments.begin(), world.segments.end(),
                                  [&](const auto& segment) { return segment.product.index() == p; });
    if (hit[p] && used) out.push_back(fmt::format("wanted({0}, all) - consumption({0}, all)", world.products[p].id));
  }
  return out;
}

std::string unit_of_type(const Type& type) {
  if (type.kind == Kind::truth) return "1 = yes";
  if (type.kind == Kind::month) return "month, counted from year 0";
  return unit_of(type.dimension);
}

/// Compiles what is kept, in the order in which it is stored.
class Wishes {
 public:
  Wishes(const Grounds& grounds, Diagnostics& diagnostics) : grounds_(grounds), diagnostics_(diagnostics) {}

  void asked(const std::string& text, const base::Place& place) {
    const auto expression = compiled(text, place, grounds_);
    if (expression) add(*expression, place, text);
  }

  void proposition(const Prediction& p) {
    if (p.expression.empty()) return;
    Grounds open = grounds_;
    open.may_leave_run = true;
    const auto expression = compiled(p.expression, p.place, open);
    if (!expression) return;
    if (expression->type.kind != Kind::truth || expression->type.series) {
      diagnostics_.error(p.place, to_string(expression->type),
                         "a condition that holds or does not: ever(...), always(...)");
      return;
    }
    const bool inside = !(expression->earliest && *expression->earliest < grounds_.start) &&
                        !(expression->latest && *expression->latest > grounds_.last());
    if (inside) add(*expression, p.place, "proposition " + p.id, kProposition, p.id);
  }

  // In the order of ProjectNumber.
  void project(const world::Facility& facility) {
    const std::string id = "'" + facility.id + "'";
    const base::Month last_year = std::max(grounds_.start, grounds_.last() + -11);
    std::vector<std::pair<std::string, std::string>> texts{
        {"opened", fmt::format("first_month(project({}, producing) > 0)", id)},
        {"output", fmt::format("mean(activity({}), {} .. {})", id, last_year.text(), grounds_.last().text())},
        {"npv", fmt::format("mean(npv({}))", id)}};
    for (const auto stall : kStalls)
      texts.emplace_back(to_string(stall), fmt::format("sum(stalled({}, {}))", id, to_string(stall)));
    const base::Place place{facility.id, 1, 1};
    for (const auto& [what, text] : texts)
      if (const auto expression = compiled(text, place, grounds_))
        add(*expression, place, fmt::format("project {} {}", facility.id, what), kProject, facility.id);
  }

  std::vector<Wish> take() {
    std::vector<std::string> texts;
    for (const auto& wish : all_) texts.push_back(wish.kept.name);
    const auto names = ensemble::variable_names(texts);
    for (std::size_t k = 0; k < all_.size(); ++k) all_[k].kept.name = names[k];
    return std::move(all_);
  }

 private:
  const Grounds& grounds_;
  Diagnostics& diagnostics_;
  Probes probes_;
  std::vector<Wish> all_;

  std::optional<Expression> compiled(const std::string& text, const base::Place& place, const Grounds& grounds) {
    auto expression = compile(text, place, grounds, probes_, diagnostics_);
    if (expression && expression->uses_period)
      diagnostics_.error(place, "the word period", "dates: period is the date of an observed figure");
    return expression;
  }

  // `name` becomes the variable's.
  void add(const Expression& expression, const base::Place& place, const std::string& name,
           const std::string& role = "", const std::string& subject = "") {
    all_.push_back(
        {{name, expression.text, unit_of_type(expression.type), expression.type.series, role, subject}, place});
  }
};

}  // namespace

std::vector<Wish> wishes_of(const EnsembleRequest& request, const Grounds& grounds, const policy::Scenario& scenario) {
  Diagnostics diagnostics;
  Wishes wishes(grounds, diagnostics);
  for (const auto& keep : scenario.ensemble.keep) wishes.asked(keep.text, keep.place);
  if (scenario.ensemble.keep.empty())
    for (const auto& usual : usual_keep(grounds.world, scenario)) wishes.asked(usual, {"usual", 1, 1});
  for (const auto& keep : request.keep) wishes.asked(keep, {"--keep", 1, 1});
  if (!request.propositions.empty()) {
    const auto propositions = read_propositions(request.propositions, request.propositions_file, diagnostics);
    // Nothing is said of times before they were made.
    if (grounds.last() >= propositions.made.in_month())
      for (const auto& proposition : propositions.all) wishes.proposition(proposition);
  }
  if (request.projects)
    for (const auto& facility : grounds.world.facilities)
      if (facility.planned_capacity > 0) wishes.project(facility);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return wishes.take();
}

Grounds grounds_of(const world::World& world, const dataset::Money& money, const policy::Scenario& scenario) {
  Grounds grounds{world, money, scenario.start, scenario.months};
  for (const auto& lever : scenario.levers) grounds.actors.push_back(lever->head().actor);
  return grounds;
}

}  // namespace lodestone::insight
