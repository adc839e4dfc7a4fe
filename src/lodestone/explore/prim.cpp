#include "lodestone/explore/prim.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <cstdint>
#include <optional>

#include "lodestone/base/keyed_random.hpp"

namespace lodestone::explore {
namespace {

constexpr std::uint32_t kHalves = base::stream_of("prim-halves");
constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Side {
  double low = -kInfinity, high = kInfinity;
  [[nodiscard]] bool restricts() const { return low > -kInfinity || high < kInfinity; }
};
using Sides = std::vector<Side>;
using Rows = std::vector<std::size_t>;

class Search {
 public:
  Search(const std::vector<std::vector<double>>& points, const std::vector<bool>& cases, const PrimOptions& options)
      : points_(points), cases_(cases), options_(options), dimensions_(points.empty() ? 0 : points.front().size()) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      const bool first = base::uniform({options.seed, static_cast<std::uint32_t>(i), kHalves, 0, 0}) < 0.5;
      (first ? search_ : held_out_).push_back(i);
    }
  }

  PrimResult run() {
    PrimResult out;
    if (points_.empty()) return out;
    out.share = static_cast<double>(std::count(cases_.begin(), cases_.end(), true)) / double(points_.size());
    Rows left = search_;
    for (std::size_t b = 0; b < options_.most_boxes && count(left) > 0; ++b) {
      std::vector<BoxQuality> trajectory;
      telling_ = inputs_that_tell(left);
      if (telling_.empty()) break;
      Sides sides = best_peeled(left, trajectory);
      paste(left, sides);
      drop_what_tells_nothing(left, sides);
      if (b == 0) out.trajectory = std::move(trajectory);
      const Box box = finished(sides);
      if (box.restrictions.empty()) break;
      out.boxes.push_back(box);
      std::erase_if(left, [&](std::size_t i) { return inside(i, sides); });
    }
    return out;
  }

 private:
  const std::vector<std::vector<double>>& points_;
  const std::vector<bool>& cases_;
  const PrimOptions& options_;
  std::size_t dimensions_;
  Rows search_, held_out_;
  std::vector<std::size_t> telling_;  // dimensions that are peeled

  // With many inputs and few points some always seem to tell: they are judged before any is peeled.
  [[nodiscard]] std::vector<std::size_t> inputs_that_tell(const Rows& rows) const {
    std::vector<std::size_t> out;
    for (std::size_t d = 0; d < dimensions_; ++d) {
      std::vector<double> in, others;
      for (const std::size_t i : rows) (cases_[i] ? in : others).push_back(points_[i][d]);
      if (chance_of_distance(std::move(in), std::move(others)) <= options_.most_chance) out.push_back(d);
    }
    return out;
  }

  [[nodiscard]] std::size_t count(const Rows& rows) const {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](std::size_t i) { return cases_[i]; }));
  }
  [[nodiscard]] double density(const Rows& rows) const {
    return rows.empty() ? std::nan("") : static_cast<double>(count(rows)) / static_cast<double>(rows.size());
  }
  [[nodiscard]] bool inside(std::size_t i, const Sides& sides, std::size_t but = SIZE_MAX) const {
    for (std::size_t d = 0; d < dimensions_; ++d)
      if (d != but && (points_[i][d] < sides[d].low || points_[i][d] > sides[d].high)) return false;
    return true;
  }
  [[nodiscard]] Rows within(const Rows& rows, const Sides& sides, std::size_t but = SIZE_MAX) const {
    Rows out;
    for (const std::size_t i : rows)
      if (inside(i, sides, but)) out.push_back(i);
    return out;
  }
  [[nodiscard]] BoxQuality quality(const Rows& rows, const Sides& sides) const {
    const Rows in = within(rows, sides);
    const double cases = static_cast<double>(count(rows));
    return {cases > 0 ? static_cast<double>(count(in)) / cases : std::nan(""), density(in),
            rows.empty() ? std::nan("") : static_cast<double>(in.size()) / static_cast<double>(rows.size())};
  }
  [[nodiscard]] std::size_t slice(const Rows& rows) const {
    return std::max<std::size_t>(1, static_cast<std::size_t>(options_.peel * static_cast<double>(rows.size())));
  }

  struct Peel {
    std::size_t dimension = SIZE_MAX;
    Side side;
    double gain = -kInfinity;  // of density, per share of the points taken off
  };

  // The side without its outermost slice in a dimension, bounds halfway to what was taken off; nothing when one value
  // fills the box.
  [[nodiscard]] std::optional<Side> peeled(const Rows& in, std::size_t d, const Side& side, bool from_below) const {
    std::vector<double> values;
    for (const std::size_t i : in) values.push_back(points_[i][d]);
    std::sort(values.begin(), values.end());
    const std::size_t n = slice(in);
    Side out = side;
    if (from_below) {
      const auto next = std::upper_bound(values.begin(), values.end(), values[n - 1]);
      if (next == values.end()) return std::nullopt;
      out.low = (*next + *std::prev(next)) / 2;
    } else {
      const auto next = std::lower_bound(values.begin(), values.end(), values[values.size() - n]);
      if (next == values.begin()) return std::nullopt;
      out.high = (*next + *std::prev(next)) / 2;
    }
    return out;
  }

  // The peel that raises density most for each share of the points that it takes.
  [[nodiscard]] Peel best_peel(const Rows& in, Sides sides) const {
    Peel best;
    const double now = density(in);
    for (const std::size_t d : telling_)
      for (const bool from_below : {true, false}) {
        const auto side = peeled(in, d, sides[d], from_below);
        if (!side) continue;
        const Side before = sides[d];
        sides[d] = *side;
        const Rows rest = within(in, sides);
        sides[d] = before;
        const double taken = 1 - static_cast<double>(rest.size()) / static_cast<double>(in.size());
        const double gain = (density(rest) - now) / taken;
        if (gain > best.gain) best = {d, *side, gain};
      }
    return best;
  }

  // Peels until little support is left; of all boxes on the way the one with the largest harmonic mean of coverage
  // and density.
  Sides best_peeled(const Rows& rows, std::vector<BoxQuality>& trajectory) const {
    Sides sides(dimensions_), best = sides;
    double most = -1;
    Rows in = rows;
    while (true) {
      const BoxQuality now = quality(rows, sides);
      trajectory.push_back(now);
      const double harmonic = 2 * now.coverage * now.density / (now.coverage + now.density);
      if (harmonic > most) {
        most = harmonic;
        best = sides;
      }
      const Peel peel = best_peel(in, sides);
      if (peel.dimension == SIZE_MAX) break;
      sides[peel.dimension] = peel.side;
      in = within(in, sides);
      if (static_cast<double>(in.size()) < options_.least_support * static_cast<double>(rows.size())) break;
    }
    return best;
  }

  // Widens sides by a slice as long as density does not fall.
  void paste(const Rows& rows, Sides& sides) const {
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t d = 0; d < dimensions_; ++d)
        for (const bool below : {true, false})
          if (const auto wider = pasted(rows, sides, d, below)) {
            sides[d] = *wider;
            moved = true;
          }
    }
  }

  [[nodiscard]] std::optional<Side> pasted(const Rows& rows, Sides sides, std::size_t d, bool below) const {
    const Rows in = within(rows, sides);
    std::vector<double> outside;
    for (const std::size_t i : within(rows, sides, d)) {
      const double v = points_[i][d];
      if (below ? v < sides[d].low : v > sides[d].high) outside.push_back(v);
    }
    if (outside.empty() || in.empty()) return std::nullopt;
    std::sort(outside.begin(), outside.end());
    if (below) std::reverse(outside.begin(), outside.end());
    const std::size_t n = slice(in);
    double& bound = below ? sides[d].low : sides[d].high;
    if (n >= outside.size())
      bound = below ? -kInfinity : kInfinity;
    else
      bound = (outside[n - 1] + outside[n]) / 2;
    return density(within(rows, sides)) >= density(in) ? std::optional(sides[d]) : std::nullopt;
  }

  // P(Bin(n, q) >= k): n points and k cases in the box, q the density without the restriction.
  [[nodiscard]] double quasi_p(const Rows& rows, const Sides& sides, std::size_t d) const {
    const Rows in = within(rows, sides);
    const double q = density(within(rows, sides, d));
    const std::size_t k = count(in);
    if (in.empty() || k == 0 || !(q < 1)) return 1;
    return boost::math::cdf(boost::math::complement(
        boost::math::binomial_distribution<>(static_cast<double>(in.size()), q), static_cast<double>(k) - 1));
  }

  void drop_what_tells_nothing(const Rows& rows, Sides& sides) const {
    while (true) {
      std::size_t worst = SIZE_MAX;
      double most = options_.most_quasi_p;
      for (std::size_t d = 0; d < dimensions_; ++d)
        if (sides[d].restricts())
          if (const double p = quasi_p(rows, sides, d); p >= most) {
            most = p;
            worst = d;
          }
      if (worst == SIZE_MAX) return;
      sides[worst] = {};
    }
  }

  [[nodiscard]] Box finished(const Sides& sides) const {
    Box box;
    for (std::size_t d = 0; d < dimensions_; ++d)
      if (sides[d].restricts())
        box.restrictions.push_back({d, sides[d].low, sides[d].high, quasi_p(held_out_, sides, d)});
    box.found = quality(search_, sides);
    box.held_out = quality(held_out_, sides);
    return box;
  }
};

}  // namespace

double chance_of_distance(std::vector<double> a, std::vector<double> b) {
  if (a.empty() || b.empty()) return 1;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  double distance = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    const double x = std::min(*i, *j);
    while (i != a.end() && *i == x) ++i;
    while (j != b.end() && *j == x) ++j;
    distance = std::max(distance, std::abs(double(i - a.begin()) / n - double(j - b.begin()) / m));
  }
  const double root = std::sqrt(n * m / (n + m)), lambda = (root + 0.12 + 0.11 / root) * distance;
  if (lambda < 0.2) return 1;  // where the series does not converge it is 1 to many digits
  double sum = 0;
  for (int k = 1; k <= 100; ++k) sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * lambda * lambda);
  return std::clamp(sum, 0.0, 1.0);
}

PrimResult prim(const std::vector<std::vector<double>>& points, const std::vector<bool>& cases,
                const PrimOptions& options) {
  return Search(points, cases, options).run();
}

}  // namespace lodestone::explore
