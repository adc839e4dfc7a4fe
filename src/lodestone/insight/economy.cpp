#include "lodestone/insight/economy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "lodestone/dataset/csv_table.hpp"
#include "lodestone/market/dense_lu.hpp"

namespace lodestone::insight {
namespace {

constexpr std::array kOutput{"region", "sector", "gross_output", "value_added"};
constexpr std::array kFlows{"region", "sector", "to"};
constexpr std::array kCommon{"source", "confidence", "valid_from", "valid_to", "known_from"};

std::vector<std::string> distinct(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const auto& name : names)
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  return out;
}

template <class Names>
void append(std::vector<std::string>& columns, const Names& names) {
  columns.insert(columns.end(), names.begin(), names.end());
}

double number_in(const dataset::CsvCell& cell, const std::string& file, base::Diagnostics& diagnostics) {
  double value = 0;
  const char* const end = cell.text.data() + cell.text.size();
  const auto [stop, error] = std::from_chars(cell.text.data(), end, value);
  if (error != std::errc() || stop != end)
    diagnostics.error({file, cell.line, cell.column}, fmt::format("'{}'", cell.text), "a number, million USD");
  return value;
}

}  // namespace

std::size_t Economy::entry(const std::string& region_name, const std::string& sector_name) const {
  for (std::size_t i = 0; i < size(); ++i)
    if (region[i] == region_name && sector[i] == sector_name) return i;
  return size();
}

std::vector<std::string> Economy::regions() const {
  return distinct(region);
}

namespace {

void read_output(const EconomyFile& file, Economy& economy, base::Diagnostics& diagnostics) {
  std::vector<std::string> columns;
  append(columns, kOutput);
  append(columns, kCommon);
  for (const auto& row : dataset::parse_csv(file.text, file.name, columns, diagnostics).rows) {
    if (!row.whole) continue;
    const auto& cells = row.cells;
    if (economy.entry(cells[0].text, cells[1].text) < economy.size())
      diagnostics.error({file.name, cells[0].line, cells[0].column},
                        fmt::format("'{}' of '{}' again", cells[1].text, cells[0].text),
                        "one row per sector of a region");
    economy.region.push_back(cells[0].text);
    economy.sector.push_back(cells[1].text);
    economy.output.push_back(number_in(cells[2], file.name, diagnostics));
    economy.value_added.push_back(number_in(cells[3], file.name, diagnostics));
  }
}

void read_flows(const EconomyFile& file, Economy& economy, base::Diagnostics& diagnostics) {
  const auto sectors = distinct(economy.sector), regions = economy.regions();
  std::vector<std::string> columns;
  append(columns, kFlows);
  append(columns, sectors);
  append(columns, kCommon);
  economy.flow.assign(economy.size() * economy.size(), 0.0);
  for (const auto& row : dataset::parse_csv(file.text, file.name, columns, diagnostics).rows) {
    if (!row.whole) continue;
    const auto& cells = row.cells;
    const std::size_t from = economy.entry(cells[0].text, cells[1].text);
    if (from == economy.size())
      diagnostics.error({file.name, cells[1].line, cells[1].column},
                        fmt::format("'{}' of '{}'", cells[1].text, cells[0].text), "a sector of a region with output");
    if (std::find(regions.begin(), regions.end(), cells[2].text) == regions.end())
      diagnostics.error({file.name, cells[2].line, cells[2].column}, fmt::format("'{}'", cells[2].text),
                        "a region with output", base::nearest_name(cells[2].text, regions));
    for (std::size_t s = 0; s < sectors.size(); ++s) {
      const double value = number_in(cells[kFlows.size() + s], file.name, diagnostics);
      const std::size_t to = economy.entry(cells[2].text, sectors[s]);
      if (from < economy.size() && to < economy.size()) economy.flow[from * economy.size() + to] += value;
    }
  }
}

}  // namespace

Economy read_economy(const EconomyFile& output, const EconomyFile& flows, base::Diagnostics& diagnostics) {
  Economy economy;
  read_output(output, economy, diagnostics);
  if (!diagnostics.has_errors()) read_flows(flows, economy, diagnostics);
  return economy;
}

std::string economy_region(const Economy& economy, const world::World& world, world::RegionId region) {
  const auto names = economy.regions();
  for (const auto& name : names)
    if (world.regions[region.index()].id == name) return name;
  for (const auto& name : names) {
    const auto members = world.expand_regions(name, base::Date{world.start.year(), world.start.month(), 1});
    if (std::find(members.begin(), members.end(), region) != members.end()) return name;
  }
  return std::find(names.begin(), names.end(), "ROW") == names.end() ? std::string() : std::string("ROW");
}

namespace {

enum class Way { suppliers, customers };

/// Output lost of every entry: that of those that lose as given, the others' as it follows.
std::vector<double> output_lost(const Economy& economy, std::vector<double> lost, Way way) {
  const std::size_t n = economy.size();
  market::DenseLu system(static_cast<market::Index>(n));
  system.set_zero();
  for (std::size_t i = 0; i < n; ++i) {
    const auto row = static_cast<market::Index>(i);
    system.add(row, row, 1);
    if (lost[i] > 0 || !(economy.output[i] > 0)) continue;
    for (std::size_t j = 0; j < n; ++j) {
      const double flow = way == Way::suppliers ? economy.flow[i * n + j] : economy.flow[j * n + i];
      if (flow > 0 && economy.output[j] > 0) system.add(row, static_cast<market::Index>(j), -flow / economy.output[j]);
    }
  }
  if (!system.factor()) throw base::InputError("the input-output table has sectors that sell to themselves alone");
  system.solve(lost);
  return lost;
}

}  // namespace

Spread spread(const Economy& economy, const std::vector<double>& lost) {
  const std::size_t n = economy.size();
  std::vector<double> ratio(n, 0.0), output(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    if (economy.output[i] > 0) ratio[i] = std::max(0.0, economy.value_added[i]) / economy.output[i];
    if (lost[i] > 0 && ratio[i] > 0) output[i] = lost[i] / ratio[i];
  }
  Spread out{lost, output_lost(economy, output, Way::suppliers), output_lost(economy, output, Way::customers)};
  for (auto* rest : {&out.suppliers, &out.customers})
    for (std::size_t i = 0; i < n; ++i) (*rest)[i] = output[i] > 0 ? 0 : (*rest)[i] * ratio[i];
  return out;
}

}  // namespace lodestone::insight
