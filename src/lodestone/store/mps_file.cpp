#include "lodestone/store/mps_file.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <stdexcept>
#include <unordered_set>

namespace lodestone::store {
namespace {

using market::Index;

constexpr std::size_t kLongestName = 100;  // readers keep at least this many characters
constexpr const char* kObjective = "COST";

/// Letters, digits and signs that no reader takes for something else.
std::string plain(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const bool kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      std::string_view("_.:>()[]/@#+-").find(c) != std::string_view::npos;
    out += kept ? c : '_';
  }
  return out;
}

std::vector<std::string> usable_names(const std::vector<std::string>& names, Index count, char letter) {
  std::vector<std::string> out;
  std::unordered_set<std::string> seen{kObjective};
  for (const std::string& name : names) {
    out.push_back(plain(name));
    // A name that starts like a number or a comment would be read as one.
    const bool sound =
        !name.empty() && out.back().size() <= kLongestName && std::isalpha(static_cast<unsigned char>(out.back()[0]));
    if (!sound || !seen.insert(out.back()).second) break;
  }
  if (out.size() == static_cast<std::size_t>(count) && seen.size() == out.size() + 1) return out;
  out.clear();
  for (Index k = 0; k < count; ++k) out.push_back(fmt::format("{}{}", letter, k));
  return out;
}

void write_columns(const market::Topology& t, const market::Numbers& n, const std::vector<std::string>& rows,
                   const std::vector<std::string>& cols, std::string& out) {
  out += "COLUMNS\n";
  for (Index j = 0; j < t.cols; ++j) {
    if (n.cost[j] != 0 || t.col_start[j] == t.col_start[j + 1])
      fmt::format_to(std::back_inserter(out), " {} {} {}\n", cols[j], kObjective, n.cost[j]);
    for (Index p = t.col_start[j]; p < t.col_start[j + 1]; ++p)
      fmt::format_to(std::back_inserter(out), " {} {} {}\n", cols[j], rows[t.row_of[p]], t.coef[p]);
  }
}

}  // namespace

market::Numbers linearised(const market::Topology& topology, const market::Numbers& numbers,
                           std::span<const double> price) {
  market::Numbers out = numbers;
  for (Index j = 0; j < topology.cols; ++j) {
    for (Index p = topology.col_start[j]; p < topology.col_start[j + 1]; ++p) {
      if (numbers.wedge[p] == 0) continue;  // also where there is no price (0 times infinity)
      out.cost[j] -= topology.coef[p] * numbers.wedge[p] * price[topology.row_of[p]];
      out.wedge[p] = 0;
    }
  }
  return out;
}

std::string mps_text(const market::Topology& t, const market::Numbers& n, const std::string& name,
                     const std::vector<std::string>& row_names, const std::vector<std::string>& column_names,
                     const std::vector<std::string>& comments) {
  if (!market::is_symmetric(n)) throw std::invalid_argument("a program with ad-valorem wedges is not convex");
  const auto rows = usable_names(row_names, t.rows, 'R'), cols = usable_names(column_names, t.cols, 'C');
  std::string out;
  auto to = std::back_inserter(out);
  for (const std::string& comment : comments) {
    std::string line = comment;
    for (char& c : line)
      if (c == '\n' || c == '\r') c = ' ';
    fmt::format_to(to, "* {}\n", line);
  }
  fmt::format_to(to, "NAME {} FREE\nROWS\n N {}\n", name.empty() ? "month" : plain(name), kObjective);
  for (Index i = 0; i < t.rows; ++i) fmt::format_to(to, " G {}\n", rows[i]);
  write_columns(t, n, rows, cols, out);
  out += "RHS\n";
  for (Index i = 0; i < t.rows; ++i)
    if (n.rhs[i] != 0) fmt::format_to(to, " RHS {} {}\n", rows[i], n.rhs[i]);
  out += "BOUNDS\n";
  for (Index j = 0; j < t.cols; ++j) {
    if (n.upper[j] == 0)
      fmt::format_to(to, " FX BND {} 0\n", cols[j]);
    else if (std::isfinite(n.upper[j]))
      fmt::format_to(to, " UP BND {} {}\n", cols[j], n.upper[j]);
  }
  out += "QUADOBJ\n";
  for (Index j = 0; j < t.cols; ++j)
    if (n.curvature[j] != 0) fmt::format_to(to, " {} {} {}\n", cols[j], cols[j], n.curvature[j]);
  return out + "ENDATA\n";
}

}  // namespace lodestone::store
