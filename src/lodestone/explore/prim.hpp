// Scenario discovery: boxes of inputs in which an outcome is likely, by the patient rule induction method (Friedman and
// Fisher 1999; Bryant and Lempert 2010).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace lodestone::explore {

struct Restriction {
  std::size_t dimension = 0;
  double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
  double quasi_p = 1;  // chance of as many cases in the box if this restriction told nothing, on the held-out half
};

/// How a box does on a set of points.
struct BoxQuality {
  double coverage = 0;  // cases in it / all cases
  double density = 0;   // cases in it / points in it; NaN when it holds none
  double support = 0;   // points in it / all points
};

struct Box {
  std::vector<Restriction> restrictions;  // by dimension
  BoxQuality found, held_out;             // on the half that it was found on, and on the other half
};

struct PrimOptions {
  double peel = 0.05;           // share of the box's points that one peel takes off, or one paste adds
  double least_support = 0.05;  // share of the points below which no box is peeled
  double most_chance = 0.01;   // inputs that tell cases apart no better than that (Kolmogorov and Smirnov) are left out
  double most_quasi_p = 0.05;  // restrictions above it (on the half that the box was found on) are dropped
  std::size_t most_boxes = 2;  // each is sought among the points outside of those before
  std::uint64_t seed = 1;      // of the lot that halves the points
};

struct PrimResult {
  std::vector<Box> boxes;              // best first; none when nothing tells cases apart
  std::vector<BoxQuality> trajectory;  // of the first box, from everything to the smallest, on its own half
  double share = 0;                    // of cases among all points
};

/// Chance of a distance between two samples' distribution functions as large as theirs if both were of one
/// distribution (asymptotic, Stephens 1970); 1 when one is empty.
double chance_of_distance(std::vector<double> a, std::vector<double> b);

/// Points (all of one length) and whether each is a case.
PrimResult prim(const std::vector<std::vector<double>>& points, const std::vector<bool>& cases,
                const PrimOptions& options);

}  // namespace lodestone::explore
