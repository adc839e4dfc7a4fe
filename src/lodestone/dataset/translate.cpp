#include "lodestone/dataset/translate.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <sstream>

#include "lodestone/dataset/composition.hpp"
#include "lodestone/dataset/construction.hpp"
#include "lodestone/dataset/hierarchy.hpp"

namespace lodestone::dataset {
namespace {

using Processes = std::map<std::string, world::ProcessId>;

void add_places(const RawDataset& raw, world::World& world) {
  for (const auto& row : raw.regions) world.regions.push_back({row.id, row.name, row.rest});
  std::map<std::string, std::size_t> index;
  for (const auto& row : raw.groups) {
    const auto [it, fresh] = index.emplace(row.group, world.groups.size());
    if (fresh) world.groups.push_back({row.group, row.name, {}});
    world.groups[it->second].members.push_back(
        {world.find_region(row.region), row.provenance.valid_from, row.provenance.valid_to});
  }
}

void add_goods(const RawDataset& raw, world::World& world) {
  for (const auto& row : raw.elements) world.elements.push_back({row.id, row.name});
  const auto contents = compositions(raw);
  for (const auto& row : raw.products)
    world.products.push_back({row.id, row.name, row.stage, row.basis, contents.at(row.id), row.provenance, {}, {}});
}

Processes add_processes(const RawDataset& raw, world::World& world) {
  Processes index;
  for (const auto& row : raw.processes) {
    index.emplace(row.id, world::ProcessId(world.processes.size()));
    world::Process process;
    process.id = row.id;
    process.name = row.name;
    process.stage = row.stage;
    process.lag = row.lag_months;
    process.provenance = row.provenance;
    world.processes.push_back(std::move(process));
  }
  for (const auto& row : raw.recipes) {
    auto& process = world.processes[index.at(row.process).index()];
    (row.output ? process.outputs : process.inputs).push_back({world.find_product(row.product), row.amount});
  }
  return index;
}

/// The row that speaks most closely for a place; null when none does.
template <class R>
const R* speaking(const std::vector<R>& rows, const std::string& region, const Places& places) {
  const R* best = nullptr;
  int best_rank = -1;
  for (const R& row : rows) {
    const int rank = places.closeness(row.region, region);
    if (rank > best_rank) {
      best = &row;
      best_rank = rank;
    }
  }
  return best;
}

void add_governance(const RawDataset& raw, const Places& places, world::World& world) {
  for (auto& region : world.regions)
    if (const auto* row = speaking(raw.governance, region.id, places)) region.governance = row->score;
}

// The leader belongs to its camp whatever the rows say; a place that no row speaks for belongs to none.
void add_camps(const RawDataset& raw, const Places& places, world::World& world) {
  for (const auto& row : raw.alignment) {
    const auto same = [&](const world::Camp& camp) { return camp.id == row.camp; };
    if (std::any_of(world.camps.begin(), world.camps.end(), same)) continue;
    world::Camp camp{row.camp, world.find_region(row.leader), {}, row.provenance};
    std::vector<AlignmentRow> rows;
    std::copy_if(raw.alignment.begin(), raw.alignment.end(), std::back_inserter(rows),
                 [&](const auto& other) { return other.camp == row.camp; });
    for (const auto& region : world.regions) {
      const auto* said = speaking(rows, region.id, places);
      camp.membership.push_back(said == nullptr ? 0 : said->membership);
    }
    for (const auto& other : rows)
      if (other.provenance.confidence > camp.provenance.confidence) camp.provenance = other.provenance;
    camp.membership[camp.leader.index()] = 1;
    world.camps.push_back(std::move(camp));
  }
}

// Nothing between places of one camp: a row says so. The investor is who controls the plant.
double bloc_premium(const RawDataset& raw, const Places& places, const FacilityRow& plant) {
  if (plant.control == plant.region) return 0;
  int best = -1;
  double premium = 0;
  for (const auto& row : raw.bloc_risk) {
    const int from = places.closeness(row.investor, plant.control), to = places.closeness(row.host, plant.region);
    if (from < 0 || to < 0 || 3 * from + to <= best) continue;
    best = 3 * from + to;
    premium = row.premium;
  }
  return premium;
}

double compliance(const RawDataset& raw, const Places& places, world::Stage stage, const std::string& region) {
  std::vector<EnvironmentRow> rows;
  std::copy_if(raw.environment.begin(), raw.environment.end(), std::back_inserter(rows),
               [&](const auto& row) { return row.stage == stage; });
  const auto* row = speaking(rows, region, places);
  return row == nullptr ? 0 : row->compliance;
}

world::Facility facility_of(const FacilityRow& row, const Figures& net, const Processes& processes,
                            const world::World& world) {
  world::Facility facility;
  facility.id = row.id;
  facility.name = row.name;
  facility.region = world.find_region(row.region);
  facility.process = processes.at(row.process);
  facility.owner_operator = row.owner_operator;
  facility.control = world.find_region(row.control);
  facility.aggregate = row.aggregate;
  facility.status = row.status;
  facility.capacity_kind = row.kind;
  facility.opens = row.opens;
  facility.planned_capacity = row.in_place() ? 0 : row.capacity;
  facility.capacity = net.capacity;
  facility.base_activity = net.base_output;
  facility.cash_cost = row.cash_cost;
  facility.provenance = row.provenance;
  return facility;
}

void add_facilities(const RawDataset& raw, const Processes& processes, world::World& world) {
  const auto net = net_of_children(raw);
  const auto parent = parents(raw);
  const Places places(raw);
  std::map<std::string, std::size_t> index;
  for (std::size_t f = 0; f < net.size(); ++f) {
    index.emplace(raw.facilities[f].id, f);
    world.facilities.push_back(facility_of(raw.facilities[f], net[f], processes, world));
    auto& facility = world.facilities.back();
    facility.construction = construction_of(
        construction_rows(raw, places, world.processes[facility.process.index()].stage, raw.facilities[f].region));
    facility.construction.bloc_premium = bloc_premium(raw, places, raw.facilities[f]);
    facility.compliance =
        compliance(raw, places, world.processes[facility.process.index()].stage, raw.facilities[f].region);
    if (parent[f]) facility.parent = world::FacilityId(*parent[f]);
  }
  for (const auto& row : raw.stakes)
    world.facilities[index.at(row.facility)].stakes.push_back(
        {row.owner, world.find_region(row.owner_region), row.share, row.held(), row.provenance});
}

void add_history(const RawDataset& raw, world::World& world) {
  constexpr std::array kIncoterms{"exw", "fob", "cif"};
  const auto quoted = [&](const PriceRow& row) {
    return world::QuotedPrice{world.find_product(row.product),
                              world.find_region(row.region),
                              row.date,
                              row.price,
                              kIncoterms[static_cast<std::size_t>(row.incoterm)],
                              row.vat_included,
                              row.duty_included,
                              row.grade,
                              row.provenance};
  };
  for (const auto& row : raw.prices) world.base_quotes.push_back(quoted(row));
  for (const auto& row : raw.price_history) world.past_prices.push_back(quoted(row));
  for (const auto& row : raw.trade_history)
    world.past_flows.push_back({world.find_product(row.product), world.find_region(row.from), world.find_region(row.to),
                                row.held(), row.flow, row.provenance});
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ';');)
    if (!part.empty()) parts.push_back(part);
  return parts;
}

void add_chronicle(const RawDataset& raw, world::World& world) {
  auto& chronicle = world.chronicle;
  for (const auto& row : raw.events)
    chronicle.events.push_back({row.event, split(row.actors), split(row.targets), split(row.materials), row.stage,
                                row.act, row.magnitude, row.unit, row.status, row.reason, row.series, row.summary,
                                row.held(), row.provenance.known_from, row.provenance.source,
                                to_string(row.provenance.confidence), row.provenance.place.line});
  chronicle.all_events = raw.all_events;
  chronicle.all_products = raw.all_products;
  chronicle.all_plants = raw.all_facilities;
  chronicle.levers = raw.chronicle_levers;
  chronicle.usual = raw.base_year == raw.usual_year && !raw.as_of;
}

}  // namespace

world::World translate(const RawDataset& raw) {
  world::World world;
  world.id = raw.id;
  world.title = raw.title;
  world.base_year = raw.base_year;
  world.start = base::Month::of(raw.base_year, 1);
  world.hash = raw.hash;
  world.as_of = raw.as_of;
  for (const auto& overlay : raw.overlays) world.overlays.push_back(overlay.id);
  add_places(raw, world);
  add_goods(raw, world);
  add_governance(raw, Places(raw), world);
  add_camps(raw, Places(raw), world);
  add_facilities(raw, add_processes(raw, world), world);
  add_history(raw, world);
  add_chronicle(raw, world);
  world.actors = raw.actors;
  for (const auto& row : raw.parameters)
    world.parameters.push_back({row.id, row.unit, row.value, row.low, row.high, row.provenance});
  for (const auto& row : raw.published_shares)
    world.published.push_back(
        {row.stage, row.measure, world.find_region(row.region), row.year, row.share, row.provenance});
  return world;
}

}  // namespace lodestone::dataset
