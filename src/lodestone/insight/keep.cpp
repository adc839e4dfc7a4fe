#include "lodestone/insight/keep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::insight {
namespace {

constexpr double kFails = -1e9;  // of what has no value

std::string trimmed(const std::string& text) {
  const auto from = text.find_first_not_of(' ');
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(' ') - from + 1);
}

/// Places of `word` outside brackets and quotes.
std::vector<std::size_t> outside(const std::string& text, const std::string& word) {
  std::vector<std::size_t> out;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (depth == 0 && text.compare(i, word.size(), word) == 0) out.push_back(i);
  }
  return out;
}

KeepTerm comparison(const std::string& part) {
  const auto below = outside(part, "<"), above = outside(part, ">");
  if (below.size() + above.size() != 1)
    throw base::InputError(
        fmt::format("--keep '{:.80}': {} comparisons; expected one: a number < a number, or several "
                    "such joined by and",
                    part, below.size() + above.size()));
  const std::size_t at = below.empty() ? above.front() : below.front();
  const std::size_t after = at + 1 < part.size() && part[at + 1] == '=' ? at + 2 : at + 1;
  return {trimmed(part.substr(0, at)), trimmed(part.substr(after)), above.empty()};
}

/// Each month of the value with its bound: `of` is given how far it is from failing, and the value.
template <class Of>
void each(const KeepTerm& keep, const Values& value, const Values& bound, Of of) {
  for (std::size_t m = 0; m < std::max(value.size(), bound.size()); ++m) {
    const double v = value[value.size() == 1 ? 0 : m], b = bound[bound.size() == 1 ? 0 : m];
    if (std::isnan(v) || std::isnan(b)) continue;
    const double room = keep.below ? b - v : v - b;
    of(room / std::max(std::abs(b), 1e-9), v);
  }
}

}  // namespace

std::vector<KeepTerm> comparisons(const std::string& text) {
  std::vector<KeepTerm> out;
  std::size_t from = 0;
  const std::string word = " and ";
  for (const std::size_t at : outside(text, word)) {
    out.push_back(comparison(text.substr(from, at - from)));
    from = at + word.size();
  }
  out.push_back(comparison(text.substr(from)));
  return out;
}

std::vector<Measure> measures_of(const std::vector<KeepTerm>& keep, const std::string& text) {
  std::vector<Measure> out;
  for (const auto& one : keep)
    for (const auto& part : {one.value, one.bound}) {
      const auto column = static_cast<int>(text.find(part)) + 1;
      out.push_back({part, {"--keep", 1, column}});
    }
  return out;
}

void check_keep(const std::vector<KeepTerm>& keep, const std::vector<Type>& types) {
  for (std::size_t k = 0; k < keep.size(); ++k) {
    const auto &value = types[2 * k], &bound = types[2 * k + 1];
    if (value.kind == Kind::number && bound.kind == Kind::number && value.dimension == bound.dimension) continue;
    throw base::InputError(fmt::format("--keep: '{:.60}' is {} and '{:.60}' is {}; expected two numbers of one unit",
                                       keep[k].value, to_string(value), keep[k].bound, to_string(bound)));
  }
}

double slack_of(const std::vector<KeepTerm>& keep, const Trial& trial) {
  if (!trial.failure.empty()) return kFails;
  double worst = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < keep.size(); ++k) {
    double least = std::numeric_limits<double>::infinity();
    each(keep[k], trial.values[2 * k], trial.values[2 * k + 1],
         [&](double room, double) { least = std::min(least, room); });
    worst = std::min(worst, std::isinf(least) ? kFails : least);
  }
  return worst;
}

double worst_of(const std::vector<KeepTerm>& keep, const Trial& trial) {
  double least = std::numeric_limits<double>::infinity(), out = std::nan("");
  if (!trial.failure.empty()) return out;
  each(keep.front(), trial.values[0], trial.values[1], [&](double room, double value) {
    if (room >= least) return;
    least = room;
    out = value;
  });
  return out;
}

}  // namespace lodestone::insight
