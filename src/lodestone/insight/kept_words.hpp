// What is kept of every future, as sentences name it.
#pragma once

#include <string>

#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// "price(yttrium-oxide, JPN)" -> "price of yttrium oxide in Japan"; "wanted(x, all) - consumption(x, all)" -> "x that
/// users go without". Empty for other expressions, which speak for themselves.
std::string kept_words(const std::string& expression, const world::World& world);

}  // namespace lodestone::insight
