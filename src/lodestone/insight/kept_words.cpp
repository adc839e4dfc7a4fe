#include "lodestone/insight/kept_words.hpp"

#include <regex>

#include "lodestone/insight/words.hpp"

namespace lodestone::insight {

std::string kept_words(const std::string& expression, const world::World& world) {
  static const std::regex price(R"(price\(\s*([\w-]+)\s*,\s*([\w-]+)\s*\))");
  static const std::regex unmet(R"(wanted\(\s*([\w-]+)\s*,\s*all\s*\)\s*-\s*consumption\(\s*([\w-]+)\s*,\s*all\s*\))");
  std::smatch found;
  if (std::regex_match(expression, found, price)) {
    const auto product = world.find_product(found[1].str());
    const auto region = world.find_region(found[2].str());
    if (product.valid() && region.valid())
      return "price of " + thing_of(world, product) + " in " + place_of(world, region);
  } else if (std::regex_match(expression, found, unmet) && found[1] == found[2]) {
    if (const auto product = world.find_product(found[1].str()); product.valid())
      return thing_of(world, product) + " that users go without";
  }
  return {};
}

}  // namespace lodestone::insight
