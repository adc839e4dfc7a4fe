// Falling curves made of linear pieces.
#pragma once

#include <array>
#include <cstddef>

namespace lodestone::world {

/// Shifts points k and k + 1 by the same quantity so that the line between them passes through (price_there,
/// quantity_there). A curve whose usual point lies inside a piece and not on a corner has a slope there, which is what a
/// month that changes little needs to clear in a few steps.
template <std::size_t N>
void pass_through(const std::array<double, N>& price, std::array<double, N>& quantity, std::size_t k,
                  double price_there, double quantity_there) {
  const double share = (price_there - price[k]) / (price[k + 1] - price[k]);
  const double shift = quantity_there - (quantity[k] + share * (quantity[k + 1] - quantity[k]));
  quantity[k] += shift;
  quantity[k + 1] += shift;
}

}  // namespace lodestone::world
