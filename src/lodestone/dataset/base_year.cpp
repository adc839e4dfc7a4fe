#include "lodestone/dataset/base_year.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

constexpr std::array kParameters{"trade-elasticity", "supply-elasticity",    "qualification-cost",
                                 "contracted-trade", "contract-least-route", "contract-ceiling"};

// False when a parameter that the base year rests on is missing or not above 0.
bool check_parameters(const RawDataset& raw, base::Diagnostics& diagnostics) {
  bool good = true;
  std::vector<std::string> names;
  for (const auto& row : raw.parameters) names.push_back(row.id);
  for (const std::string id : kParameters) {
    const auto row =
        std::find_if(raw.parameters.begin(), raw.parameters.end(), [&](const auto& r) { return r.id == id; });
    if (row == raw.parameters.end())
      diagnostics.error({(std::filesystem::path(raw.folder) / "parameters.csv").string()},
                        fmt::format("no parameter '{}'", id), "a row with this id", base::nearest_name(id, names));
    else if (!(row->value > 0))
      diagnostics.error(row->place("value"), fmt::format("{} = {}", id, row->value), "a value above 0");
    else
      continue;
    good = false;
  }
  return good;
}

}  // namespace

world::Provenance derived_from(const std::string& how, const std::vector<const world::Provenance*>& figures) {
  world::Provenance out;
  out.source = "derived: " + how;
  out.confidence = world::Confidence::high;
  out.derived = true;
  for (const world::Provenance* figure : figures) {
    if (figure->confidence > out.confidence || out.place.file.empty()) out.place = figure->place;
    out.confidence = std::max(out.confidence, figure->confidence);
    out.recalled = out.recalled || figure->recalled;
    out.valid_from = std::max(out.valid_from, figure->valid_from);
    out.valid_to = std::min(out.valid_to, figure->valid_to);
    out.known_from = std::max(out.known_from, figure->known_from);
  }
  return out;
}

void complete_base_year(const RawDataset& raw, world::World& world, base::Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  BaseYear base{raw, world, diagnostics, Places(raw), {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  if (!check_parameters(raw, diagnostics)) return;
  find_places(base);
  count_quantities(base);
  add_segments(base);
  add_routes(base);
  average_quotes(base);
  if (diagnostics.errors() > errors_before) return;
  match_known_flows(base);
  if (!reconcile(base)) {
    report_unbalanced(base);
    return;
  }
  note_moves(base);
  balance_trade(base);
  price_nodes(base);
  price_segments(base);
  split_access_classes(base);
  if (diagnostics.errors() > errors_before) return;
  add_industries(base);
  add_collection(base);
  add_reserves(base);
  calibrate_routes(base);
  add_contracts(base);
  calibrate_facilities(base);
  add_growth(base);
  add_stocks(base);
}

}  // namespace lodestone::dataset
