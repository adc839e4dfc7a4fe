// What a results file holds, month by month: one table from which the file is written and its docs are made.
#pragma once

#include <array>
#include <span>

#include "lodestone/simulation/sink.hpp"

namespace lodestone::store {

/// What a series has one number for, each month.
enum class Axis {
  month,
  node,
  arc,
  facility,
  segment,
  stock,
  limit,
  release,
  account,
  region,
  workforce,
  lever,
  industry,
  camp,
  rule,
  condition
};

struct Series {
  const char* name;
  const char* long_name;
  const char* units;
  Axis axis;
  void (*read)(const simulation::MonthRecord& record, std::span<double> out);
};

std::span<const Series> series();

/// Number of entries of an axis in a record.
std::size_t size_of(Axis axis, const simulation::MonthRecord& record);

inline constexpr std::array kAccounts{"consumers", "producers",   "traders",   "stockholders", "governments",
                                      "carriers",  "rent_owners", "middlemen", "imbalance"};

/// Stages that plants work in, in the order of world::Stage.
inline constexpr std::array kWorkStages{"mining", "separation", "finishing", "metal", "magnet", "recycling"};

}  // namespace lodestone::store
