// What every test of a solver needs: solve, certify, say which solver it was.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"

namespace lodestone::market::test {

/// One way to clear a market. The same tests run on each.
struct Method {
  const char* name;
  std::unique_ptr<Solver> (*make)(const Topology&);
};
inline constexpr Method kNewton{"newton", make_newton_solver};
inline constexpr Method kInteriorPoint{"interior_point", make_interior_point_solver};
inline constexpr Method kCascade{"cascade", make_cascade_solver};
inline constexpr Method kHomotopy{"homotopy", make_homotopy_solver};
inline constexpr Method kReference{"reference", make_reference_solver};

inline std::string method_name(const testing::TestParamInfo<Method>& info) {
  return info.param.name;
}

/// A cold solve that must succeed and pass the certificate.
inline Solution solved(const Method& method, const Topology& topology, const Numbers& numbers) {
  Solution s = Solution::zeros(topology);
  EXPECT_EQ(method.make(topology)->solve(numbers, s, Start::cold).outcome, Outcome::solved) << method.name;
  const Certificate c = certify(topology, numbers, s);
  EXPECT_TRUE(c.holds(kTolerance)) << method.name << ": " << explain(c, kTolerance, {}, {});
  return s;
}

}  // namespace lodestone::market::test
