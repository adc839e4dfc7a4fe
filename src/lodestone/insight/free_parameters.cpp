// The list of parameters that may be fitted: cases/free_parameters.toml.
#include <fmt/format.h>

#include <algorithm>

#include "lodestone/dataset/toml_reader.hpp"
#include "lodestone/insight/calibration.hpp"

namespace lodestone::insight {
namespace {

using base::OptionType;

const std::vector<base::OptionSpec>& options() {
  static const std::vector<base::OptionSpec> list{
      {"parameter", OptionType::text, "", 0, -1, true, "", "a parameter of parameters.csv"},
      {"low", OptionType::number, "", 0, -1, false, "", "smallest value tried"},
      {"high", OptionType::number, "", 0, -1, false, "", "largest value tried"},
      {"why", OptionType::text, "", 0, -1, true, "", "why it is fitted, and where the range comes from"}};
  return list;
}

// One table [[free]]; nothing is added when it is wrong.
void read_one(const toml::table& table, const dataset::RawDataset& data, std::vector<FreeParameter>& out,
              base::Diagnostics& diagnostics) {
  const auto values = dataset::read_options(table, options(), diagnostics);
  if (!values.has("parameter") || !values.has("why")) return;
  const auto& id = values.text("parameter");
  const auto place = dataset::place_of(*table.get("parameter"));
  std::vector<std::string> ids;
  for (const auto& row : data.parameters) ids.push_back(row.id);
  const auto known = std::find(ids.begin(), ids.end(), id);
  if (known == ids.end()) {
    diagnostics.error(place, fmt::format("parameter = '{:.60}'", id), "a parameter of parameters.csv",
                      base::nearest_name(id, ids));
    return;
  }
  const auto& row = data.parameters[static_cast<std::size_t>(known - ids.begin())];
  FreeParameter parameter{id, values.has("low") ? values.number("low") : row.low,
                          values.has("high") ? values.number("high") : row.high, row.value, values.text("why")};
  if (std::any_of(out.begin(), out.end(), [&](const FreeParameter& other) { return other.id == id; }))
    diagnostics.error(place, fmt::format("'{}' again", id), "each parameter once");
  else if (!(parameter.low < parameter.high))
    diagnostics.error(place, fmt::format("the range {} to {} of '{}'", parameter.low, parameter.high, id),
                      "low below high");
  else
    out.push_back(std::move(parameter));
}

}  // namespace

std::vector<FreeParameter> read_free_parameters(const std::filesystem::path& file, const CaseFile& any_case,
                                                base::Diagnostics& diagnostics) {
  std::vector<FreeParameter> out;
  const auto document = dataset::read_toml(file, diagnostics);
  if (!document) return out;
  for (const auto& [key, node] : *document)
    if (key != "free")
      diagnostics.error(dataset::place_of(key), fmt::format("unknown table '{:.60}'", key.str()), "tables [[free]]");
  const auto* list = document->get("free");
  if (list == nullptr || !list->is_array() || list->as_array()->empty()) {
    diagnostics.error({file.string(), 1, 1}, "no tables [[free]]", "at least one, with parameter and why");
    return out;
  }
  for (const auto& item : *list->as_array()) {
    if (const auto* table = item.as_table())
      read_one(*table, any_case.data, out, diagnostics);
    else
      diagnostics.error(dataset::place_of(item), dataset::describe(item), "a table [[free]]");
  }
  if (out.size() > kMostFree)
    diagnostics.error({file.string(), 1, 1}, fmt::format("{} free parameters", out.size()),
                      fmt::format("at most {}", kMostFree));
  return out;
}

}  // namespace lodestone::insight
