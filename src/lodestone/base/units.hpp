// Factors between the units that files and answers use and those of the model.
#pragma once

namespace lodestone::base {

inline constexpr double kMillion = 1e6;  // USD per million USD
inline constexpr double kMonths = 12;    // of a year
inline constexpr double kKilogramsPerTonne = 1000;

}  // namespace lodestone::base
