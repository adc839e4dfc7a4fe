// Random numbers for tests.
#pragma once

#include <cstdint>
#include <random>

namespace lodestone::market::test {

/// Random numbers from a seed, the same on every machine: the standard distributions differ between libraries.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed * 0x9e3779b97f4a7c15u + 1) {}
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(engine_() >> 11) * 0x1p-53;
  }
  double normal() {  // nearly: the sum of twelve, without a library's logarithms
    double sum = -6;
    for (int k = 0; k < 12; ++k) sum += between(0, 1);
    return sum;
  }
  bool chance(double p) { return between(0, 1) < p; }
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace lodestone::market::test
