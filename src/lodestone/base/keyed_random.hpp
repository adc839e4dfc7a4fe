// Random numbers by key: what is drawn depends on who draws it and when, never on what was drawn before. A mechanism
// that is added, a lever or a member that is left out changes no other draw.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace lodestone::base {

/// Who draws. `mechanism` is a stream (stream_of), `entity` an index within it, `month` a month's count or 0.
struct DrawKey {
  std::uint64_t seed = 0;
  std::uint32_t future = 0;
  std::uint32_t mechanism = 0;
  std::uint32_t entity = 0;
  std::int32_t month = 0;
};

/// The number of a named stream (FNV-1a of its name, 32 bits).
constexpr std::uint32_t stream_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619U;
  return hash;
}

/// Philox4x32-10 of the key: 128 random bits. Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3
/// (2011), by the Random123 library.
std::array<std::uint32_t, 4> bits(const DrawKey& key);

/// Uniform in (0, 1): the middle of one of 2^32 equal parts, never an end.
double uniform(const DrawKey& key);

/// The middle of part `k` of 2^32 equal parts of (0, 1).
constexpr double unit_interval(std::uint32_t k) {
  return (static_cast<double>(k) + 0.5) * 0x1p-32;
}

}  // namespace lodestone::base
