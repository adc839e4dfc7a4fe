// Falling curves made of linear pieces.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace lodestone::world {

/// Shifts points k and k + 1 by the same quantity so that the line between them passes through (price_there,
/// quantity_there). A curve whose usual point lies inside a piece and not on a corner has a slope there, which is what
/// a month that changes little needs to clear in a few steps.
inline void pass_through(std::span<const double> price, std::span<double> quantity, std::size_t k, double price_there,
                         double quantity_there) {
  const double share = (price_there - price[k]) / (price[k + 1] - price[k]);
  const double shift = quantity_there - (quantity[k] + share * (quantity[k + 1] - quantity[k]));
  quantity[k] += shift;
  quantity[k + 1] += shift;
  for (std::size_t j = k; j-- > 0;) quantity[j] = std::max(quantity[j], quantity[j + 1]);
  for (std::size_t j = k + 2; j < quantity.size(); ++j) quantity[j] = std::min(quantity[j], quantity[j - 1]);
}

/// Ends a falling curve where it reaches 0: the first point below 0 moves to the crossing, so that the pieces before it
/// stay as they are.
inline void cut_at_zero(std::span<double> price, std::span<double> quantity) {
  for (std::size_t k = 0; k < quantity.size(); ++k) {
    if (quantity[k] >= 0) continue;
    if (k > 0 && quantity[k - 1] > 0)
      price[k] = price[k - 1] + (price[k] - price[k - 1]) * quantity[k - 1] / (quantity[k - 1] - quantity[k]);
    for (std::size_t j = k; j < quantity.size(); ++j) quantity[j] = 0;
    return;
  }
}

}  // namespace lodestone::world
