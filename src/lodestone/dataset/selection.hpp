// Which rows speak: what is known at a date, and of several rows for one thing the one that holds in the base year.
#pragma once

#include <optional>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/names.hpp"
#include "lodestone/dataset/table_spec.hpp"

namespace lodestone::dataset {

struct Moment {
  std::optional<base::Date> as_of;        // what was published later is hidden; nothing: all is known
  std::optional<base::Period> base_year;  // nothing: it could not be read, and rows are not chosen by it
  std::vector<base::Period> made_for;     // every base year that the files have figures for, in order
};

/// Keeps the rows of a file that speak, in their order; the others are removed. Of revisions of one figure the one
/// known last remains; in files without history only what holds in the base year, which is a warning where nothing
/// takes its place and it holds in no other base year either. What refers to a name that is not `present` goes with it.
/// Returns how many were left out.
LeftOut select_rows(const TableSpec& table, const Moment& moment, const Names& present, RawDataset& raw,
                    base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
