// Index types that cannot be mixed up: an Id<RegionTag> is not an Id<ProductTag>.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace lodestone::base {

template <class Tag>
struct Id {
  std::int32_t value = -1;
  constexpr Id() = default;
  constexpr explicit Id(std::int32_t v) : value(v) {}
  constexpr explicit Id(std::size_t v) : value(static_cast<std::int32_t>(v)) {}
  [[nodiscard]] constexpr bool valid() const { return value >= 0; }
  [[nodiscard]] constexpr std::size_t index() const { return static_cast<std::size_t>(value); }
  friend constexpr auto operator<=>(Id, Id) = default;  // NOLINT(modernize-use-nullptr): false alarm
};

}  // namespace lodestone::base

template <class Tag>
struct std::hash<lodestone::base::Id<Tag>> {
  std::size_t operator()(lodestone::base::Id<Tag> id) const noexcept { return std::hash<std::int32_t>{}(id.value); }
};
