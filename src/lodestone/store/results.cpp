#include "lodestone/store/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/store/facts_in_netcdf.hpp"
#include "lodestone/store/netcdf_file.hpp"
#include "lodestone/store/results_writer.hpp"

namespace lodestone::store {

Results::Results(const std::filesystem::path& file) : file_(file) {
  const auto nc = NetcdfFile::open(file);
  const auto global = [&](const char* name) { return nc.attribute_text(NetcdfFile::kGlobal, name); };
  if (global("lodestone_file") != "results")
    throw base::InputError(fmt::format("{}: a netCDF file that 'lodestone run' did not write", file.string()));
  if (const auto schema = global("schema_version"); schema != std::to_string(kResultsSchema))
    throw base::InputError(fmt::format(
        "{}: found results of schema version {}, expected {}; run the scenario again with this version of lodestone",
        file.string(), schema.empty() ? "unknown" : schema, kResultsSchema));
  facts_ = read_facts(nc);
  status_ = global("status");
  message_ = global("message");
  try {
    for (const auto& info : nc.variables()) {
      if (info.words) {
        labels_[info.name] = nc.read_words(info);
      } else if (info.name == "time") {
        for (const double day : nc.read_numbers(info)) months_.push_back(month_of(day));
      } else {
        variables_[info.name] = {info.name,
                                 nc.attribute_text(info.number, "long_name"),
                                 nc.attribute_text(info.number, "units"),
                                 info.dimensions,
                                 info.shape,
                                 nc.read_numbers(info)};
      }
    }
  } catch (const std::runtime_error& error) {
    throw base::InputError(fmt::format("{}; the file is damaged", error.what()));
  }
  const auto& ids = labels("lever");
  const auto& held = labels("lever_rule");  // runs of earlier versions have none
  for (std::size_t i = 0; i < ids.size(); ++i)
    facts_.levers.push_back({ids[i], labels("lever_kind")[i], labels("lever_actor")[i],
                             base::parse_month(labels("lever_start")[i]).value_or(base::Month{}),
                             base::parse_month(labels("lever_end")[i]).value_or(base::Month{}), labels("lever_what")[i],
                             i < held.size() ? held[i] : std::string()});
  const auto& rules = labels("rule");
  for (std::size_t r = 0; r < rules.size(); ++r) {
    facts_.rules.push_back({rules[r],
                            labels("rule_actor")[r],
                            labels("rule_title")[r],
                            labels("rule_source")[r],
                            labels("rule_left_out")[r],
                            {}});
    for (std::size_t c = 0; c < labels("condition").size(); ++c)
      if (labels("condition_rule")[c] == rules[r]) facts_.rules.back().conditions.push_back(labels("condition")[c]);
  }
  date_levers();
}

// What a rule held ready has the dates that the run gave it.
void Results::date_levers() {
  if (!has("lever_in_force")) return;
  const auto& in_force = variable("lever_in_force");
  for (std::size_t l = 0; l < facts_.levers.size(); ++l) {
    auto& lever = facts_.levers[l];
    if (lever.rule.empty()) continue;
    bool begun = false;
    for (std::size_t m = 0; m < months_.size(); ++m)
      if (in_force.at(m, l) > 0) {
        if (!begun) lever.start = months_[m];
        lever.end = months_[m] + 1;
        begun = true;
      }
  }
}

const std::vector<std::string>& Results::labels(const std::string& name) const {
  static const std::vector<std::string> none;
  const auto it = labels_.find(name);
  return it == labels_.end() ? none : it->second;
}

const Variable& Results::variable(const std::string& name) const {
  if (const auto it = variables_.find(name); it != variables_.end()) return it->second;
  base::Diagnostics diagnostics;
  diagnostics.error({file_.string()}, fmt::format("no variable '{}'", name),
                    fmt::format("one of {}", fmt::join(variable_names(), ", ")),
                    base::nearest_name(name, variable_names()));
  throw base::InputError(std::move(diagnostics));
}

std::vector<std::string> Results::variable_names() const {
  std::vector<std::string> names;
  for (const auto& [name, variable] : variables_) names.push_back(name);
  return names;
}

std::size_t Results::index(const std::string& dimension, const std::string& name) const {
  const auto& all = labels(dimension);
  const auto it = std::find(all.begin(), all.end(), name);
  if (it != all.end()) return static_cast<std::size_t>(it - all.begin());
  base::Diagnostics diagnostics;
  diagnostics.error(
      {}, fmt::format("{} '{}'", dimension, name),
      all.size() <= 40 ? fmt::format("one of {}", fmt::join(all, ", ")) : fmt::format("a {} of the run", dimension),
      base::nearest_name(name, all));
  throw base::InputError(std::move(diagnostics));
}

std::size_t Results::month_index(base::Month month) const {
  const auto it = std::find(months_.begin(), months_.end(), month);
  if (it != months_.end()) return static_cast<std::size_t>(it - months_.begin());
  if (months_.empty()) throw base::InputError(fmt::format("{}: holds no months", file_.string()));
  throw base::InputError(fmt::format("month {} is not in run {}; expected {} to {}", month.text(), facts_.id,
                                     months_.front().text(), months_.back().text()));
}

}  // namespace lodestone::store
