// What `lodestone check` says about a dataset: errors, counts, and grades of its sources.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset {

/// How many rows (each states one figure or one group of figures of a single source) rest on what.
struct Evidence {
  int rows = 0;
  std::array<int, 4> by_confidence{};  // indexed by world::Confidence: high, medium, low, assumed
  int recalled = 0;                    // "recalled, unverified"
  int derived = 0;
  int assumed = 0;  // rests on no document: confidence assumed, or recalled (Provenance::assumed)
  void add(const world::Provenance& provenance);
  [[nodiscard]] double share(world::Confidence confidence) const;  // 0 without rows
  [[nodiscard]] double assumed_share() const;                      // 0 without rows
};

struct FileSummary {
  std::string file;
  Evidence evidence;
  LeftOut left_out;
  int overlaid = 0;  // rows that come from overlays
};

/// Everything that bears on a product: its own figures, and those of all that it is made from.
struct ChainGrade {
  std::string product;
  Evidence evidence;
  char grade = 'D';  // A: at most 10 % assumed, B: 25 %, C: 50 %, D: more
};

/// Facilities of the base year by what they are in it.
struct FacilityCount {
  int plants = 0, aggregates = 0;
};

struct CheckReport {
  std::string id, title, hash;
  int base_year = 0;
  std::optional<base::Date> as_of;
  std::vector<OverlayFacts> overlays;
  std::vector<FileSummary> files;  // in the order of docs/data.md
  Evidence total;
  std::vector<ChainGrade> chains;             // in the order of products.csv
  std::array<FacilityCount, 4> facilities{};  // indexed by world::FacilityStatus
  base::Diagnostics diagnostics;              // errors and warnings, in the order of the files
  [[nodiscard]] bool passed() const { return !diagnostics.has_errors(); }
};

char grade_of(double assumed_share);

/// The report's counts and grades of a dataset that was read (with or without errors).
CheckReport summarise(const RawDataset& raw);

/// Reads a dataset, builds its world when there are no errors, and reports. Wrong input ends up in the report.
CheckReport check(const std::filesystem::path& folder, const ReadOptions& options = {});

}  // namespace lodestone::dataset
