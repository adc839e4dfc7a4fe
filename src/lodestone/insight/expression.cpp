#include "lodestone/insight/expression.hpp"

#include <fmt/format.h>

namespace lodestone::insight {

std::size_t Probes::add(const std::string& name, Reading read) {
  const auto [entry, is_new] = index_.emplace(name, readings_.size());
  if (is_new) readings_.push_back(std::move(read));
  return entry->second;
}

Track Track::frozen(const Track& other, int month) const {
  Track out{start, values};
  for (std::size_t p = 0; p < out.values.size(); ++p)
    for (double& value : out.values[p]) value = other.values[p][static_cast<std::size_t>(month)];
  return out;
}

void Recorder::month(const simulation::MonthRecord& record) {
  for (std::size_t p = 0; p < track_.values.size(); ++p) track_.values[p].push_back(probes_.read(p, record));
}

std::string to_string(const Type& type) {
  const std::string each = type.series ? " for every month" : "";
  if (type.kind == Kind::month) return "a month" + each;
  if (type.kind == Kind::truth) return "a condition" + each;
  return fmt::format("a number{} ({})", each, unit_of(type.dimension));
}

base::Place place_in(std::string_view text, std::size_t byte, const base::Place& at) {
  base::Place place = at;
  for (std::size_t i = 0; i < byte && i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0u) != 0x80u) {
      ++place.column;
    }
  }
  return place;
}

}  // namespace lodestone::insight
