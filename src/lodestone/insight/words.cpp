#include "lodestone/insight/words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace lodestone::insight {

std::string name_of(const world::World& world, world::ProductId product) {
  const auto& known = world.products[product.index()];
  return known.name.empty() ? known.id : known.name;
}

std::string name_of(const world::World& world, world::RegionId region) {
  const auto& known = world.regions[region.index()];
  return known.name.empty() ? known.id : known.name;
}

std::string thing_of(const world::World& world, world::ProductId product) {
  auto name = name_of(world, product);
  const auto is_upper = [](unsigned char c) { return std::isupper(c) != 0; };
  const auto word = std::string_view(name).substr(0, name.find(' '));
  // Capitals inside a word are a formula or an abbreviation.
  if (!word.empty() && is_upper(word[0]) && std::none_of(word.begin() + 1, word.end(), is_upper) && word.size() > 2)
    name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
  return name;
}

std::string place_of(const world::World& world, world::RegionId region) {
  constexpr std::array<std::string_view, 4> kWithArticle{"United ", "Netherlands", "Philippines", "Rest "};
  const auto name = name_of(world, region);
  const bool article = std::any_of(kWithArticle.begin(), kWithArticle.end(),
                                   [&](std::string_view begin) { return name.starts_with(begin); });
  return article ? "the " + name : name;
}

std::string plain(const std::string& id) {
  std::string words = id;
  std::replace(words.begin(), words.end(), '-', ' ');
  if (words.starts_with("ev ")) words.replace(0, 2, "EV");
  if (words.starts_with("e ")) words[1] = '-';  // e-bikes
  return words;
}

}  // namespace lodestone::insight
