// Points in the unit cube, one for each future. A point depends on the seed and the number of its future alone, so that
// futures can be made in any order, by anybody, again.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lodestone::ensemble {

enum class Sampling { sobol, latin_hypercube, monte_carlo };
inline constexpr std::array<std::string_view, 3> kSamplingNames{"sobol", "latin-hypercube", "monte-carlo"};

/// Dimensions that the Sobol sequence is tabulated for (Joe and Kuo, 2008, as in Boost.Random).
inline constexpr std::size_t kMostDimensions = 3000;

class Sampler {
 public:
  /// `members` is the size of the design; a Latin hypercube has just as many points, the others any number.
  Sampler(Sampling method, std::uint64_t seed, std::size_t dimensions, std::size_t members);

  /// Coordinates of a future's point, each in (0, 1). Sobol: Owen's nested scrambling (1995), exact over 32 bits, by
  /// bits keyed with (seed, dimension, digits before). Latin hypercube: McKay, Beckman and Conover (1979), a keyed
  /// place within each stratum.
  [[nodiscard]] std::vector<double> point(std::size_t member) const;
  [[nodiscard]] std::size_t dimensions() const { return dimensions_; }

 private:
  Sampling method_;
  std::uint64_t seed_;
  std::size_t dimensions_, members_;
  std::vector<std::vector<std::uint32_t>> strata_;  // Latin hypercube: per dimension, the stratum of each member

  [[nodiscard]] double coordinate(std::size_t member, std::size_t dimension, std::uint32_t sobol) const;
};

/// Owen's nested uniform scrambling of a 32-bit binary fraction.
std::uint32_t scramble(std::uint32_t digits, std::uint64_t seed, std::size_t dimension);

}  // namespace lodestone::ensemble
