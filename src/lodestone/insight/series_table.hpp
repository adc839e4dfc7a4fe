// A series of a run as a table in long form: one row a month and entry.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lodestone/insight/report.hpp"
#include "lodestone/store/results.hpp"

namespace lodestone::insight {

/// Which entries to keep, by a name beside the dimension: {"product": {...}, "region": {...}, "from": ..., "to": ...,
/// "end-use": ..., "facility": ...}. A filter that the variable has no names for is an error; so is an unknown name.
using Filters = std::map<std::string, std::vector<std::string>>;

Table series_table(const store::Results& results, const std::string& variable, const Filters& filters);
/// Name, meaning, unit and dimensions of every series.
Table series_list(const store::Results& results);

}  // namespace lodestone::insight
