#include "lodestone/world/reactions.hpp"

namespace lodestone::world {

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::left_out:
      return "left out";
    case Verdict::before:
      return "not yet";
    case Verdict::unknown:
      return "nothing published";
    case Verdict::quiet:
      return "quiet";
    case Verdict::waiting:
      return "waiting";
    case Verdict::exhausted:
      return "exhausted";
    case Verdict::no_money:
      return "no money";
    case Verdict::drawn_away:
      return "not this time";
    case Verdict::decided:
      return "decided";
  }
  return {};
}

}  // namespace lodestone::world
