#include "lodestone/ensemble/design.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lodestone::ensemble {
namespace {

std::vector<std::string> groups_of(const std::vector<Uncertain>& figures) {
  std::vector<std::string> out;
  for (const auto& figure : figures)
    if (!figure.group.empty() && std::find(out.begin(), out.end(), figure.group) == out.end())
      out.push_back(figure.group);
  return out;
}

}  // namespace

Design::Design(std::vector<Uncertain> figures, Sampling method, std::uint64_t seed, std::size_t members)
    : figures_(std::move(figures)),
      groups_(groups_of(figures_)),
      sampler_(method, seed, figures_.size() + groups_.size(), members) {
  for (const auto& figure : figures_) {
    const auto group =
        static_cast<std::size_t>(std::find(groups_.begin(), groups_.end(), figure.group) - groups_.begin());
    group_of_.push_back(group);
    // Groups are numbered by their first figures.
    if (group < groups_.size() && group == common_.size()) common_.push_back(own_.size() + common_.size());
    own_.push_back(own_.size() + common_.size());
  }
}

std::vector<double> Design::at(const std::vector<double>& point) const {
  std::vector<double> out(figures_.size());
  for (std::size_t f = 0; f < figures_.size(); ++f) {
    double u = point[own_[f]];
    if (group_of_[f] < groups_.size()) {
      const double r = figures_[f].correlation;
      const double common = base::normal_quantile(point[common_[group_of_[f]]]);
      u = base::normal_cdf(r * common + std::sqrt(1 - r * r) * base::normal_quantile(u));
    }
    out[f] = figures_[f].distribution.quantile(std::clamp(u, 0x1p-53, 1 - 0x1p-53));
  }
  return out;
}

}  // namespace lodestone::ensemble
