#include "lodestone/market/solver.hpp"

#include <array>

namespace lodestone::market {

std::string to_string(Outcome outcome) {
  constexpr std::array<const char*, 4> kNames{"solved", "iteration limit", "numerical failure", "too large"};
  return kNames[static_cast<std::size_t>(outcome)];
}

}  // namespace lodestone::market
