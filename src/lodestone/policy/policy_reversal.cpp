// Policy reversal: a government may take its own levers back, and those who count on them know it.
#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "lodestone/policy/kinds.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

class PolicyReversal final : public Lever {
 public:
  PolicyReversal(LeverHead head, double hazard)
      : Lever(std::move(head)), hazard_(hazard), reversed_(this->head().end) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<PolicyReversal>(*this); }

  [[nodiscard]] std::vector<WrongOption> conflicts(std::span<const Lever* const> named) const override {
    std::vector<WrongOption> wrong;
    for (const Lever* lever : named) {
      const LeverHead& other = lever->head();
      if (other.actor != head().actor)
        wrong.push_back({"levers", fmt::format("'{:.60}', a lever of {}", other.id, other.actor),
                         fmt::format("a lever of {}: a government takes back its own", head().actor), ""});
      if (other.end <= head().start || other.start >= head().end)
        wrong.push_back(
            {"levers",
             fmt::format("'{:.60}', in force from {} until {}", other.id, other.start.text(), other.end.text()),
             fmt::format("a lever in force between {} and {}", head().start.text(), head().end.text()), ""});
    }
    return wrong;
  }

  // One draw a month decides for all of them: a government changes its mind, not a lever.
  void connect(std::span<const std::unique_ptr<Lever>> levers, const Chance& chance) override {
    taken_back_.clear();
    for (const auto& id : head().levers)
      if (const auto place = find_lever(levers, id)) taken_back_.push_back(*place);
    const double monthly = 1 - std::pow(1 - hazard_, 1.0 / 12);
    for (reversed_ = head().start; reversed_ < head().end; reversed_ = reversed_ + 1)
      if (chance.happens(monthly, "policy-reversal", head().id, reversed_)) break;
  }

  void govern(base::Month month, std::span<Standing> standing) const override {
    for (const std::size_t l : taken_back_) {
      if (month >= head().start && month < head().end) standing[l].reversal = hazard_;
      if (!(reversed_ < head().end && month >= reversed_)) continue;
      standing[l].acts = false;
      standing[l].news = 0;
      standing[l].expected = 0;
    }
  }

  void apply(const world::World&, const world::State& state, int, world::Rules&) override { now_ = state.month; }

  [[nodiscard]] std::string status() const override {
    return reversed_ < head().end && now_ >= reversed_ ? "reversed in " + reversed_.text() : "not reversed";
  }

 private:
  double hazard_;         // chance a year
  base::Month reversed_;  // head().end: never
  base::Month now_;
  std::vector<std::size_t> taken_back_;
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World&) {
  const double hazard = values.number("hazard");
  if (!(hazard > 0 && hazard < 1))
    throw WrongOptions(
        {{"hazard", fmt::format("hazard = {}", hazard),
          "more than 0 and less than 1: what is certain not to come, or to come at once, is no hazard", ""}});
  return std::make_unique<PolicyReversal>(std::move(head), hazard);
}

}  // namespace

LeverKind policy_reversal_kind() {
  return {
      "policy-reversal",
      "A government may take its own levers back, with a chance that those who count on them know.",
      "A lever is taken back by whichever reversal comes first; the last in the file sets the chance that lenders see.",
      Acts::on_levers,
      {levers_option(true, "ids of levers of the same actor that it may take back"),
       {"hazard", OptionType::number, "chance a year", 0, 1, true, "",
        "that they are taken back, more than 0 and less than 1"}},
      make,
      R"(In every month from `start` on and before `end` the levers named are taken back for good with the chance `1 - (1 - hazard)^(1/12)`, all of them
together; drawn by seed, future, id and month. What was paid or lent before stays. Lenders discount their promises on prices
(docs/model.md 3.21) by `hazard` in place of the parameter `reversal-hazard` as long as the chance is there.)",
      "none; what is taken back is no longer paid",
      R"(actor = "USA"
levers = ["floor"]
hazard = 0.2

[[levers]]
id = "floor"
kind = "price-floor"
actor = "USA"
start = "2025-02"
end = "2030-01"
products = ["ndpr-oxide"]
floor-price = 110
source = "assumption: an example"
)"};
}

}  // namespace lodestone::policy
