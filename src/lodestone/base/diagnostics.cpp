#include "lodestone/base/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace lodestone::base {
namespace {

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t change = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      row[j] = std::min({above + 1, row[j - 1] + 1, change});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string Place::text() const {
  if (file.empty()) return {};
  if (line == 0) return file;
  return column == 0 ? fmt::format("{}:{}", file, line) : fmt::format("{}:{}:{}", file, line, column);
}

std::string Diagnostic::text() const {
  std::string out = place.text();
  if (!out.empty()) out += ": ";
  out += severity == Severity::error ? "error: " : "warning: ";
  out += found;
  if (!expected.empty()) out += fmt::format("; expected {}", expected);
  if (!nearest.empty()) out += fmt::format("; did you mean '{}'?", nearest);
  return out;
}

void Diagnostics::error(Place place, std::string found, std::string expected, std::string nearest) {
  all_.push_back({Severity::error, std::move(place), std::move(found), std::move(expected), std::move(nearest)});
  ++errors_;
}

void Diagnostics::warning(Place place, std::string found, std::string expected, std::string nearest) {
  all_.push_back({Severity::warning, std::move(place), std::move(found), std::move(expected), std::move(nearest)});
}

InputError::InputError(Diagnostics diagnostics)
    : std::runtime_error(diagnostics.all().empty() ? "wrong input" : diagnostics.all().front().text()),
      diagnostics_(std::move(diagnostics)) {}

InputError::InputError(const std::string& message) : std::runtime_error(message) {
  diagnostics_.error({}, message, {});
}

std::string nearest_name(std::string_view name, std::span<const std::string> candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace lodestone::base
