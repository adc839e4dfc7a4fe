// Broken input of any kind, for readers that must never crash.
#pragma once

#include <random>
#include <string>

namespace lodestone::test {

/// Changes, drops, inserts or repeats bytes; half of the new ones come from `special`, which mean something to the
/// reader, the others may be any.
inline std::string spoil(std::string text, const std::string& special, std::mt19937_64& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  const auto byte = [&] { return random() % 2 ? special[below(special.size())] : static_cast<char>(random() % 256); };
  for (auto changes = 1 + below(4); changes > 0; --changes) {
    const auto at = below(text.size());
    switch (below(5)) {
      case 0:
        text.insert(at, 1, byte());
        break;
      case 1:
        text.erase(at, 1 + below(20));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size()), below(60)));
        break;
      case 3:
        text.resize(at);
        break;
      default:
        if (!text.empty()) text[at] = byte();
    }
  }
  return text;
}

}  // namespace lodestone::test
