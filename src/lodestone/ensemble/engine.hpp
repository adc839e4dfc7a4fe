// Many futures by several workers. Which worker makes a future, and in what order, changes nothing in it.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "lodestone/ensemble/member_log.hpp"

namespace lodestone::ensemble {

/// Makes one future; called by several threads at once. Whatever it throws as simulation failure must be turned into
/// Member::failure by it; other exceptions end the ensemble.
using Make = std::function<Member(std::uint32_t number)>;

/// Hands out the numbers of futures that are still to be made; called by one thread at a time. False when none is left.
using Claim = std::function<bool(std::uint32_t& number)>;

struct Work {
  Make make;
  Claim claim;
  int threads = 1;
  /// Asked for after each finished future, by one thread at a time; false stops the workers after what they are at.
  std::function<bool(const Member&)> finished;
};

/// Runs until nothing is left or `finished` says stop; rethrows the first exception of a worker after all have ended.
void run(const Work& work);

/// A claim over 0 .. members-1 without those that are present.
Claim all_but(std::uint32_t members, const std::vector<std::uint32_t>& present);

}  // namespace lodestone::ensemble
