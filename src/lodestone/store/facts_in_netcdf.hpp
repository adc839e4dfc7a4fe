// How results files say what they were made from and when their months are: shared by writers and readers.
#pragma once

#include "lodestone/base/calendar.hpp"
#include "lodestone/store/netcdf_file.hpp"
#include "lodestone/store/run_facts.hpp"

namespace lodestone::store {

/// Global attributes, all but the levers.
void write_facts(NetcdfFile& file, const RunFacts& facts);
RunFacts read_facts(const NetcdfFile& file);

/// The coordinate `time` over its dimension: days since 1970-01-01, first day of each month.
int define_time(NetcdfFile& file, int dimension);
double days_since_1970(base::Month month);
base::Month month_of(double days_since_1970);

}  // namespace lodestone::store
