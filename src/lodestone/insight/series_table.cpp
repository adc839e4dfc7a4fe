#include "lodestone/insight/series_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::insight {
namespace {

using store::Results;

/// The columns of names that describe one dimension: heading and labels, e.g. arc -> product, from, to.
std::vector<std::pair<std::string, std::string>> names_of(const std::string& dimension) {
  if (dimension == "arc") return {{"product", "arc_product"}, {"from", "arc_from"}, {"to", "arc_to"}};
  if (dimension == "segment")
    return {{"product", "segment_product"}, {"region", "segment_region"}, {"end-use", "segment_end_use"}};
  if (dimension == "stock")
    return {{"product", "stock_product"}, {"region", "stock_region"}, {"holder", "stock_holder"}};
  if (dimension == "industry")
    return {{"end-use", "industry_end_use"}, {"region", "industry_region"}, {"sector", "industry_sector"}};
  if (dimension == "facility")
    return {{"facility", "facility"}, {"region", "facility_region"}, {"stage", "facility_stage"}};
  return {{dimension, dimension}};
}

struct Axis {
  std::vector<const std::vector<std::string>*> labels;
  std::vector<bool> keep;
};

}  // namespace

Table series_table(const Results& results, const std::string& variable, const Filters& filters) {
  const auto& series = results.variable(variable);
  Table table{"series", series.long_name, {}, {}, ""};
  const bool monthly = !series.dimensions.empty() && series.dimensions.front() == "time";
  if (monthly) table.columns.push_back({"month", "month", ""});
  std::vector<Axis> axes;
  std::vector<std::string> known;
  base::Diagnostics wrong;
  for (std::size_t d = monthly ? 1 : 0; d < series.dimensions.size(); ++d) {
    Axis axis;
    axis.keep.assign(series.shape[d], true);
    for (const auto& [heading, labels] : names_of(series.dimensions[d])) {
      const auto& names = results.labels(labels);
      table.columns.push_back({heading, heading, ""});
      axis.labels.push_back(&names);
      known.push_back(heading);
      const auto filter = filters.find(heading);
      if (filter == filters.end()) continue;
      for (const auto& wanted : filter->second)
        if (std::find(names.begin(), names.end(), wanted) == names.end())
          wrong.error({}, fmt::format("{} '{}'", heading, wanted), fmt::format("a {} of {}", heading, variable),
                      base::nearest_name(wanted, names));
      for (std::size_t i = 0; i < axis.keep.size(); ++i)
        if (std::find(filter->second.begin(), filter->second.end(), names[i]) == filter->second.end())
          axis.keep[i] = false;
    }
    axes.push_back(std::move(axis));
  }
  for (const auto& [name, values] : filters)
    if (std::find(known.begin(), known.end(), name) == known.end())
      wrong.error({}, fmt::format("--{}", name),
                  known.empty() ? fmt::format("no filter: {} is one number a month", variable)
                                : fmt::format("one of --{} for {}", fmt::join(known, ", --"), variable));
  if (wrong.has_errors()) throw base::InputError(std::move(wrong));
  table.columns.push_back({"value", "value", series.units});

  const std::size_t months = monthly ? series.shape[0] : 1;
  const std::size_t stride = months == 0 ? 0 : series.values.size() / months;
  for (std::size_t m = 0; m < months; ++m)
    for (std::size_t entry = 0; entry < stride; ++entry) {
      std::vector<std::size_t> at(axes.size());
      std::size_t rest = entry;
      bool keep = true;
      for (std::size_t d = axes.size(); d-- > 0;) {
        at[d] = rest % axes[d].keep.size();
        rest /= axes[d].keep.size();
        keep = keep && axes[d].keep[at[d]];
      }
      if (!keep) continue;
      std::vector<Cell> row;
      if (monthly) row.emplace_back(results.months()[m].text());
      for (std::size_t d = 0; d < axes.size(); ++d)
        for (const auto* labels : axes[d].labels) row.emplace_back((*labels)[at[d]]);
      const double value = series.values[m * stride + entry];
      row.push_back(std::isnan(value) ? Cell{} : Cell(value));
      table.rows.push_back(std::move(row));
    }
  return table;
}

Table series_list(const Results& results) {
  Table table{"series",
              fmt::format("Series of {}", results.facts().id),
              {{"variable", "variable", ""},
               {"meaning", "meaning", ""},
               {"unit", "unit", ""},
               {"dimensions", "dimensions", ""}},
              {},
              ""};
  for (const auto& name : results.variable_names()) {
    const auto& series = results.variable(name);
    table.rows.push_back({name, series.long_name, series.units == "1" ? std::string() : series.units,
                          fmt::format("{}", fmt::join(series.dimensions, ", "))});
  }
  return table;
}

}  // namespace lodestone::insight
