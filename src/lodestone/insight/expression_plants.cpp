#include "lodestone/insight/expression_plants.hpp"

#include "lodestone/dynamics/projects.hpp"
#include "lodestone/insight/expression_terms.hpp"

namespace lodestone::insight {
namespace {

using simulation::MonthRecord;
using world::PlantStage;
using world::World;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// Facilities that make any of the products in the regions.
std::vector<std::size_t> makers(const World& world, const LeafArguments& arguments) {
  std::vector<std::size_t> out;
  for (const auto& [f, weight] : plants(world, arguments, &world::Process::outputs).items) out.push_back(f);
  return out;
}

bool is_due(const world::Facility& facility, base::Month month) {
  return facility.opens && dynamics::announced_opening(*facility.opens) <= month;
}

bool is_so_far(const MonthRecord& record, std::size_t f, Status status) {
  const PlantStage stage = record.before.plants[f].stage;
  switch (status) {
    case Status::announced:
      return true;
    case Status::due:
      return is_due(record.world.facilities[f], record.month);
    case Status::permitted:
      return stage >= PlantStage::financing;
    case Status::financed:
      return stage >= PlantStage::construction;
    case Status::producing:
      return stage == PlantStage::ramp_up || stage == PlantStage::operating;
    case Status::suspended:
      return stage == PlantStage::suspended;
    case Status::closed:
      return stage == PlantStage::closed;
  }
  return false;
}

double price_of(const MonthRecord& record, std::size_t node) {
  return dynamics::shown_price(record.equilibrium, node, record.before.last_price[node]);
}

/// USD per t of activity.
double margin_of(const MonthRecord& record, std::size_t f) {
  const auto& facility = record.world.facilities[f];
  const auto& process = record.world.processes[facility.process.index()];
  double margin = -record.before.cash_cost[f];
  for (const auto& item : process.outputs)
    margin += item.amount * price_of(record, record.world.node(item.product, facility.region));
  for (const auto& item : process.inputs)
    margin -= item.amount * price_of(record, record.world.node(item.product, facility.region));
  return margin;
}

Reading sum_over(std::vector<std::size_t> entries, std::vector<double> world::State::*list, bool after) {
  return [entries = std::move(entries), list, after](const MonthRecord& record) {
    double sum = 0;
    for (const std::size_t entry : entries) sum += ((after ? record.after : record.before).*list)[entry];
    return sum;
  };
}

std::vector<std::size_t> indices_of(const std::vector<world::RegionId>& regions) {
  std::vector<std::size_t> out;
  for (const auto region : regions) out.push_back(region.index());
  return out;
}

}  // namespace

Reading cash_cost(const World& world, const LeafArguments& arguments) {
  return [all = makers(world, arguments)](const MonthRecord& record) {
    Mean mean;
    for (const std::size_t f : all) mean.add(record.before.cash_cost[f], record.equilibrium.activity[f]);
    return mean.value();
  };
}

Reading margin(const World& world, const LeafArguments& arguments) {
  return [all = makers(world, arguments)](const MonthRecord& record) {
    double sum = 0;
    for (const std::size_t f : all)
      if (record.equilibrium.activity[f] > 0) sum += record.equilibrium.activity[f] * margin_of(record, f);
    return sum;
  };
}

Reading projects(const World& world, const LeafArguments& arguments) {
  std::vector<std::size_t> all = makers(world, arguments);
  std::erase_if(all, [&](std::size_t f) { return !(world.facilities[f].planned_capacity > 0); });
  return [all = std::move(all), status = arguments.status](const MonthRecord& record) {
    return static_cast<double>(
        std::count_if(all.begin(), all.end(), [&](std::size_t f) { return is_so_far(record, f, status); }));
  };
}

Reading project(const World&, const LeafArguments& arguments) {
  return [f = arguments.facility.index(), status = arguments.status](const MonthRecord& record) {
    return is_so_far(record, f, status) ? 1.0 : 0.0;
  };
}

Reading stalled(const World&, const LeafArguments& arguments) {
  return [f = arguments.facility.index(), stall = arguments.stall](const MonthRecord& record) {
    return record.before.plants[f].stall == stall ? 1.0 : 0.0;
  };
}

Reading net_present_value(const World& world, const LeafArguments& arguments) {
  const auto& facility = world.facilities[arguments.facility.index()];
  if (!(facility.planned_capacity > 0)) return [](const MonthRecord&) { return kMissing; };
  return [f = arguments.facility.index(), lenders = dynamics::Lenders(world)](const MonthRecord& record) {
    const auto& project = record.world.facilities[f];
    const double earned = dynamics::earnings(record.world, project, record.before.normal_price).margin();
    const double rate = lenders.rate(project, record.before.project_risk[f]);
    const double worth = lenders.worth(project, earned, record.before.cash_cost[f], rate);
    return (worth - 1) * lenders.cost(project);
  };
}

Reading public_cost(const World&, const LeafArguments& arguments) {
  return sum_over(arguments.levers, &world::State::public_cost, true);
}

Reading public_investment(const World&, const LeafArguments& arguments) {
  return sum_over(indices_of(arguments.here), &world::State::public_invested, true);
}

Reading private_investment(const World&, const LeafArguments& arguments) {
  return sum_over(indices_of(arguments.here), &world::State::private_invested, true);
}

}  // namespace lodestone::insight
