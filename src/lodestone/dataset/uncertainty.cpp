#include "lodestone/dataset/uncertainty.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::dataset {
namespace {

bool meets(const std::string& of, const std::string& name) {
  return of == "all" || of == name;
}

std::string id_of(const UncertaintyRow& row) {
  return fmt::format("{} of {}", kUncertainKindNames[static_cast<std::size_t>(row.kind)], row.of);
}

UncertainFigure figure_of(const UncertaintyRow& row) {
  return {row.kind == UncertainKind::parameter ? "parameter " + row.of : id_of(row),
          row.kind,
          row.of,
          {row.shape, row.low, row.central, row.high},
          row.group,
          row.correlation.value_or(0),
          row.meaning,
          row.provenance};
}

// What a row may speak of, besides all.
std::vector<std::string> names_for(UncertainKind kind, const RawDataset& raw) {
  std::set<std::string> names;
  switch (kind) {
    case UncertainKind::parameter:
      for (const auto& row : raw.parameters) names.insert(row.id);
      break;
    case UncertainKind::short_elasticity:
    case UncertainKind::long_elasticity:
    case UncertainKind::choke_price:
      for (const auto& row : raw.end_uses) names.insert(row.end_use);
      break;
    case UncertainKind::cash_cost:
    case UncertainKind::capex:
    case UncertainKind::build_time:
      for (const auto& stage : stage_names()) names.insert(stage);
      break;
    case UncertainKind::stock_cover:
      for (const auto& row : raw.products) names.insert(row.id);
      break;
    case UncertainKind::permit_time:
      names = {"mine", "plant"};
      break;
    case UncertainKind::country_premium:
      for (const auto& row : raw.regions) names.insert(row.id);
      break;
    case UncertainKind::expectation_rule:
    case UncertainKind::stock_rule:
    case UncertainKind::evasion_rule:
    case UncertainKind::substitution:
      break;  // a rule is everybody's
  }
  return {names.begin(), names.end()};
}

std::string stage_of_process(const RawDataset& raw, const std::string& process) {
  for (const auto& row : raw.processes)
    if (row.id == process) return stage_names()[static_cast<std::size_t>(row.stage)];
  return {};
}

void scale_end_uses(const UncertainFigure& figure, double factor, RawDataset& raw) {
  for (auto& row : raw.end_uses) {
    if (!meets(figure.of, row.end_use)) continue;
    if (figure.kind == UncertainKind::short_elasticity) row.short_elasticity *= factor;
    if (figure.kind == UncertainKind::long_elasticity) row.long_elasticity *= factor;
    // A response is never stronger at once than in the long run.
    row.long_elasticity = std::min(row.long_elasticity, row.short_elasticity);
    if (figure.kind == UncertainKind::choke_price) row.choke_multiple = 1 + (row.choke_multiple - 1) * factor;
  }
}

// The parameters that a structural rule works through: at 0 it does not exist.
void scale_parameters(const std::set<std::string>& ids, double factor, RawDataset& raw) {
  for (auto& row : raw.parameters)
    if (ids.contains(row.id)) row.value *= factor;
}

void check_row(const UncertaintyRow& row, const RawDataset& raw, base::Diagnostics& diagnostics) {
  const auto names = names_for(row.kind, raw);
  const bool all = row.of == "all" && row.kind != UncertainKind::parameter;
  if (!all && std::find(names.begin(), names.end(), row.of) == names.end())
    diagnostics.error(row.place("of"), fmt::format("'{:.60}'", row.of),
                      names.empty() ? std::string("all")
                                    : fmt::format("{}{}", row.kind == UncertainKind::parameter ? "" : "all, or ",
                                                  names.size() <= 8 ? fmt::format("one of {}", fmt::join(names, ", "))
                                                                    : "a name of the dataset"),
                      names.empty() ? "all" : base::nearest_name(row.of, names));
  if (!(row.low <= row.central && row.central <= row.high && row.low < row.high))
    diagnostics.error(row.place("low"), fmt::format("low {}, central {}, high {}", row.low, row.central, row.high),
                      "low <= central <= high, and low < high");
  else if (row.shape == base::Shape::log_uniform && !(row.low > 0))
    diagnostics.error(row.place("low"), fmt::format("low {} of a log-uniform figure", row.low), "a number above 0");
  if (row.kind != UncertainKind::parameter && row.low < 0)
    diagnostics.error(row.place("low"), fmt::format("a factor of {}", row.low), "a factor of at least 0");
  const bool correlated = row.correlation.value_or(0) != 0;
  if (row.group.empty() == correlated)
    diagnostics.error(row.place("correlation"),
                      row.group.empty() ? fmt::format("correlation {} without a group", *row.correlation)
                                        : fmt::format("group '{}' without a correlation", row.group),
                      "both a group and a correlation other than 0, or neither");
}

}  // namespace

std::vector<UncertainFigure> uncertain_figures(const RawDataset& raw) {
  std::vector<UncertainFigure> out;
  for (const auto& row : raw.parameters) {
    const auto own = std::find_if(raw.uncertainty.begin(), raw.uncertainty.end(), [&](const UncertaintyRow& other) {
      return other.kind == UncertainKind::parameter && other.of == row.id;
    });
    if (own != raw.uncertainty.end())
      out.push_back(figure_of(*own));
    else if (row.low < row.high)
      out.push_back({"parameter " + row.id,
                     UncertainKind::parameter,
                     row.id,
                     {base::Shape::triangular, row.low, row.value, row.high},
                     "",
                     0,
                     row.meaning,
                     row.provenance});
  }
  for (const auto& row : raw.uncertainty)
    if (row.kind != UncertainKind::parameter) out.push_back(figure_of(row));
  return out;
}

void apply(const UncertainFigure& figure, double value, RawDataset& raw) {
  switch (figure.kind) {
    case UncertainKind::parameter:
      for (auto& row : raw.parameters)
        if (row.id == figure.of) row.value = value;
      break;
    case UncertainKind::short_elasticity:
    case UncertainKind::long_elasticity:
    case UncertainKind::choke_price:
      scale_end_uses(figure, value, raw);
      break;
    case UncertainKind::cash_cost:
      for (auto& row : raw.facilities)
        if (meets(figure.of, stage_of_process(raw, row.process))) row.cash_cost *= value;
      break;
    case UncertainKind::stock_cover:
      for (auto& row : raw.stocks)
        if (row.cover_months && meets(figure.of, row.product)) *row.cover_months *= value;
      break;
    case UncertainKind::capex:
    case UncertainKind::build_time:
      for (auto& row : raw.construction) {
        if (!meets(figure.of, stage_names()[static_cast<std::size_t>(row.stage)])) continue;
        if (figure.kind == UncertainKind::capex) row.capex *= value;
        if (figure.kind == UncertainKind::build_time)
          row.build_months = static_cast<int>(std::max(1.0, row.build_months * value + 0.5));
      }
      break;
    case UncertainKind::permit_time:
      for (auto& row : raw.permits)
        if (meets(figure.of, row.plant ? "plant" : "mine")) row.months = static_cast<int>(row.months * value + 0.5);
      break;
    case UncertainKind::country_premium:
      for (auto& row : raw.country_risk)
        if (meets(figure.of, row.region)) row.premium *= value;
      break;
    case UncertainKind::expectation_rule:
      scale_parameters({"forward-price-adaptation"}, value, raw);
      break;
    case UncertainKind::stock_rule:
      scale_parameters({"risk-cover", "speculation-pace"}, value, raw);
      break;
    case UncertainKind::evasion_rule:
      scale_parameters({"evasion-start"}, value, raw);
      break;
    case UncertainKind::substitution:
      for (auto& row : raw.end_uses)
        row.long_elasticity = row.short_elasticity + value * (row.long_elasticity - row.short_elasticity);
      break;
  }
}

void check_uncertainty(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.uncertainty) check_row(row, raw, diagnostics);
}

}  // namespace lodestone::dataset
