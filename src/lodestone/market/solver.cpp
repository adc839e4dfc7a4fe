#include "lodestone/market/solver.hpp"

#include <array>

namespace lodestone::market {

Work& Work::operator+=(const Work& other) {
  newton_steps += other.newton_steps;
  factorisations += other.factorisations;
  line_search_passes += other.line_search_passes;
  pivots += other.pivots;
  outer_rounds += other.outer_rounds;
  interior_steps += other.interior_steps;
  breakpoints += other.breakpoints;
  return *this;
}

std::string to_string(Outcome outcome) {
  constexpr std::array<const char*, 4> kNames{"solved", "iteration limit", "numerical failure", "too large"};
  return kNames[static_cast<std::size_t>(outcome)];
}

}  // namespace lodestone::market
