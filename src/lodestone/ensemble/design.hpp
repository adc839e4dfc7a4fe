// The design of an ensemble: what is uncertain, how it hangs together, and what each future draws.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lodestone/base/distribution.hpp"
#include "lodestone/ensemble/sampling.hpp"

namespace lodestone::ensemble {

/// One uncertain figure.
struct Uncertain {
  std::string id;
  base::Distribution distribution;
  std::string group;       // figures of one group move together; empty: alone
  double correlation = 0;  // with the group's common factor, squared it is the share of variance in common; -1 to 1
  bool assumed = true;     // its range rests on an assumption rather than on a document
};

class Design {
 public:
  Design(std::vector<Uncertain> figures, Sampling method, std::uint64_t seed, std::size_t members);

  [[nodiscard]] const std::vector<Uncertain>& figures() const { return figures_; }
  [[nodiscard]] const std::vector<std::string>& groups() const { return groups_; }

  /// What a future draws, per figure. Figures of a group are joined by a Gaussian copula with one common factor: each
  /// has its own coordinate of the point and the group one more; z = r g + sqrt(1 - r^2) e. Alone, a figure takes its
  /// coordinate as it is.
  [[nodiscard]] std::vector<double> draw(std::size_t member) const { return at(sampler_.point(member)); }
  /// The same for any point of the unit cube: a coordinate for each figure, and one for each group before its first
  /// figure. So figures that are added at the end change no draw of those before.
  [[nodiscard]] std::vector<double> at(const std::vector<double>& point) const;
  [[nodiscard]] std::size_t dimensions() const { return figures_.size() + groups_.size(); }
  [[nodiscard]] std::size_t coordinate(std::size_t figure) const { return own_[figure]; }
  [[nodiscard]] std::size_t group_coordinate(std::size_t group) const { return common_[group]; }

 private:
  std::vector<Uncertain> figures_;
  std::vector<std::string> groups_;
  std::vector<std::size_t> group_of_;      // per figure; groups_.size() when alone
  std::vector<std::size_t> own_, common_;  // coordinates per figure, per group
  Sampler sampler_;
};

}  // namespace lodestone::ensemble
