// The futures of an ensemble divided among processes. The first hands out numbers of futures in blocks, whoever asks
// first; each process makes its own and keeps them in a log of its own. Only numbers and words go between them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "lodestone/ensemble/engine.hpp"
#include "lodestone/ensemble/ranks.hpp"

namespace lodestone::ensemble {

/// What one process does with its futures.
struct Labour {
  Make make;
  int threads = 1;
  /// Called after each finished future of this process, by one thread at a time; false stops the whole ensemble.
  std::function<bool(const Member&)> finished;
  /// Called when this process has no more to do, before it says so: brings what it has to the disk.
  std::function<void()> ended;
};

/// The first process: makes futures itself and hands out the rest. `progress` gets the number of futures finished by
/// all since the start, on the calling thread. Returns when every process has ended; then throws what stopped any.
void lead(const Ranks& ranks, const Labour& labour, const std::vector<std::uint32_t>& missing,
          const std::function<void(std::size_t finished)>& progress);

/// Any other: makes what it is given until nothing is left. What goes wrong is told to the first process. `name` is
/// what it is called in words for people.
void follow(const Ranks& ranks, const Labour& labour, const std::string& name);

/// Tells the first process that this one cannot even begin.
void give_up(const Ranks& ranks, const std::string& why);

/// Futures in the next block: small at the end, so that all end together, never more than a few for each thread.
std::size_t block_size(std::size_t left, int processes);

}  // namespace lodestone::ensemble
