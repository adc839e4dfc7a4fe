// Levers that act on plants: which plants, and what money is held out to them.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

/// The option `plants` of every lever that acts on plants.
base::OptionSpec plants_option();
/// The option `budget`, million USD.
base::OptionSpec budget_option();

/// Which plants a lever acts on.
enum class Which { every, own, projects };

/// The plants that the option names, or all that make one of the head's products in its origins; of `projects` those
/// that did not stand in the base year, `own` in the head's origins only. Throws WrongOptions when there is none.
std::vector<std::size_t> targeted_plants(const LeverHead& head, const base::OptionValues& values,
                                         const world::World& world, Which which);

/// Whether a plant makes one of the head's products; not so where goods only pass from one access class to another.
bool makes_one_of(const LeverHead& head, const world::World& world, const world::Facility& plant);

/// Stops this share of what a plant can do this month.
void stop_output(const world::State& state, std::size_t plant, double share, world::Rules& rules);

/// A share of what plants can do is stopped, whoever stops it.
class OutputStop final : public Lever {
 public:
  OutputStop(LeverHead head, std::vector<std::size_t> plants, double share)
      : Lever(std::move(head)), plants_(std::move(plants)), share_(share) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<OutputStop>(*this); }
  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override;

 private:
  std::vector<std::size_t> plants_;
  double share_;  // of what the plants can do
};

/// Money for projects, as far as a budget goes: an offer of one kind to each plant, every month in force.
class ProjectMoney final : public Lever {
 public:
  /// `terms`: kind, share, rate and years of the offer. `budget` in USD.
  ProjectMoney(LeverHead head, std::vector<std::size_t> plants, const world::Offer& terms, double budget)
      : Lever(std::move(head)), plants_(std::move(plants)), terms_(terms), budget_(budget) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<ProjectMoney>(*this); }
  void register_needs(const world::World&, MarketNeeds& needs) override { needs.offers += plants_.size(); }
  [[nodiscard]] std::span<const std::size_t> supported() const override { return plants_; }
  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override;

 private:
  std::vector<std::size_t> plants_;
  world::Offer terms_;
  double budget_;
};

/// Money of this kind for projects, from the options `plants`, `share` and, where a kind has them, `budget`, `interest`
/// and `years`.
std::unique_ptr<Lever> project_money(LeverHead head, const base::OptionValues& values, const world::World& world,
                                     world::Support kind);

/// A promise on the price of what plants make.
class PricePromise final : public Lever {
 public:
  /// `terms`: share, sale, price (USD/t) and upside of the offer.
  PricePromise(LeverHead head, std::vector<std::size_t> plants, const world::Offer& terms)
      : Lever(std::move(head)), plants_(std::move(plants)), terms_(terms) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<PricePromise>(*this); }
  void register_needs(const world::World&, MarketNeeds& needs) override {
    needs.offers += plants_.size() * head().products.size();
  }
  [[nodiscard]] std::span<const std::size_t> supported() const override { return plants_; }
  void apply(const world::World& world, const world::State& state, int index, world::Rules& rules) override;

 private:
  std::vector<std::size_t> plants_;
  world::Offer terms_;
};

}  // namespace lodestone::policy
