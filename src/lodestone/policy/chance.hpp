// What chance decides about levers in one future of a run: whether a threat is carried out, when a truce lapses.
#pragma once

#include <cstdint>
#include <string_view>

#include "lodestone/base/calendar.hpp"
#include "lodestone/base/keyed_random.hpp"

namespace lodestone::policy {

/// Draws by key: adding a lever or leaving one out changes no other draw.
struct Chance {
  std::uint64_t seed = 0;
  std::uint32_t future = 0;
  /// Whether what has this probability happens to `lever` in `month`; `mechanism` names what is drawn.
  [[nodiscard]] bool happens(double probability, std::string_view mechanism, std::string_view lever,
                             base::Month month) const {
    return draw(mechanism, lever, month) < probability;
  }
  /// The number that decides, uniform in (0, 1).
  [[nodiscard]] double draw(std::string_view mechanism, std::string_view entity, base::Month month) const {
    return base::uniform({seed, future, base::stream_of(mechanism), base::stream_of(entity), month.count});
  }
};

}  // namespace lodestone::policy
