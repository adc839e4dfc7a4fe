#include "lodestone/world/chronicle.hpp"

#include <algorithm>

namespace lodestone::world {

std::string to_string(EventStatus status) {
  switch (status) {
    case EventStatus::lever:
      return "lever";
    case EventStatus::amendment:
      return "amendment";
    case EventStatus::not_mappable:
      return "not-mappable";
    case EventStatus::observation:
      return "observation";
  }
  return "";
}

const Event* Chronicle::find(const std::string& id) const {
  const auto it = std::find_if(events.begin(), events.end(), [&](const Event& event) { return event.id == id; });
  return it == events.end() ? nullptr : &*it;
}

}  // namespace lodestone::world
