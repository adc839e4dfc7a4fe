// Threat: measures that a government says it may take; feared before they are, then taken or not.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lodestone/policy/kinds.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

enum class Outcome { drawn, carried_out, withdrawn };

struct Terms {
  double probability = 0;  // that it is carried out, as the public sees it
  Outcome outcome = Outcome::drawn;
  double half_life = 1;  // months, of fear
};

class Threat final : public Lever {
 public:
  Threat(LeverHead head, const Terms& terms) : Lever(std::move(head)), terms_(terms) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<Threat>(*this); }
  [[nodiscard]] bool brings_about() const override { return true; }

  [[nodiscard]] std::vector<WrongOption> conflicts(std::span<const Lever* const> named) const override {
    std::vector<WrongOption> wrong;
    for (const Lever* lever : named) {
      const LeverHead& measure = lever->head();
      if (measure.start < head().end)
        wrong.push_back({"end", fmt::format("end = {}, the month of the decision", head().end.text()),
                         fmt::format("a month not after '{:.60}' starts, {}", measure.id, measure.start.text()), ""});
      else if (measure.announced < head().end)
        wrong.push_back({"levers", fmt::format("'{:.60}', announced in {}", measure.id, measure.announced.text()),
                         "a measure not announced before it is decided: the threat tells of it", ""});
    }
    return wrong;
  }

  void connect(std::span<const std::unique_ptr<Lever>> levers, const Chance& chance) override {
    measures_.clear();
    for (const auto& id : head().levers)
      if (const auto place = find_lever(levers, id)) measures_.push_back(*place);
    carried_out_ = terms_.outcome == Outcome::drawn
                       ? chance.happens(terms_.probability, "threat", head().id, head().end)
                       : terms_.outcome == Outcome::carried_out;
  }

  // Until the decision the public knows with what probability it comes; then it knows the rest, or takes back what is
  // left of its fear.
  void govern(base::Month month, std::span<Standing> standing) const override {
    const double left = std::exp2(-(head().end - head().announced) / terms_.half_life);
    for (const std::size_t l : measures_) {
      standing[l].news = month == head().announced ? terms_.probability
                         : month == head().end
                             ? (carried_out_ ? 1.0 : 0.0) - terms_.probability * (carried_out_ ? 1 : left)
                             : 0.0;
      const bool open = month < head().end;
      standing[l].expected = open && month >= head().announced ? terms_.probability
                             : !open && !carried_out_          ? 0.0
                                                               : standing[l].expected;
      if (!carried_out_) standing[l].acts = false;
    }
  }

  void apply(const world::World&, const world::State& state, int, world::Rules&) override {
    decided_ = state.month >= head().end;
  }

  [[nodiscard]] std::string status() const override {
    return !decided_ ? "not decided" : carried_out_ ? "carried out" : "withdrawn";
  }

 private:
  Terms terms_;
  std::vector<std::size_t> measures_;  // places of the levers that it threatens with
  bool carried_out_ = false, decided_ = false;
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  Terms terms{values.number("probability"), Outcome::drawn, world.parameter("risk-half-life")};
  if (!(terms.probability > 0 && terms.probability < 1))
    throw WrongOptions(
        {{"probability", fmt::format("probability = {}", terms.probability),
          "more than 0 (or nobody need hear of it) and less than 1 (or announce the measure itself)", ""}});
  const std::vector<std::string> words{"drawn", "carried-out", "withdrawn"};
  const std::string& outcome = values.text("outcome");
  const auto word = std::find(words.begin(), words.end(), outcome);
  if (word == words.end())
    throw WrongOptions({{"outcome", fmt::format("outcome = '{:.60}'", outcome), "drawn, carried-out or withdrawn",
                         base::nearest_name(outcome, words)}});
  terms.outcome = static_cast<Outcome>(word - words.begin());
  return std::make_unique<Threat>(std::move(head), terms);
}

}  // namespace

LeverKind threat_kind() {
  return {
      "threat",
      "A government says that it may take measures, and decides later.",
      "A measure belongs to one threat; truces may suspend it as well.",
      Acts::on_levers,
      {levers_option(true, "ids of the measures it threatens with; each starts at the decision or later"),
       {"probability", OptionType::number, "", 0, 1, true, "",
        "that it is carried out, as the public sees it, more than 0 and less than 1"},
       {"outcome", OptionType::text, "", 0, -1, false, "drawn",
        "drawn: chance decides with that probability; carried-out or withdrawn: what happened"}},
      make,
      R"(`start` is the month in which it is uttered, `end` the month of the decision. With p the probability and J_m what a measure m would
tell buyers were it announced (its announced cut times the share of supply that it is on):

- when it is uttered buyers learn of `p J_m` (docs/model.md section 3.15): they store before anything is cut
- decided and carried out: they learn of the other `(1 - p) J_m`, and the measures come into force at their own starts
- decided and withdrawn: the measures never act, and what is left of the fear is taken back: `-p J_m 2^(-months / risk-half-life)`

A measure on prices (tax, tariff, flood) cuts nothing; until the decision buyers expect the change of price that it would bring with chance p, and buy before
it or wait (3.15). A blockade or a flood is feared by those who pay for projects with the same chance (3.12, 3.13). All of it counts by half when the measure is
`risk-half-life` months off. With `outcome = "drawn"` one number by seed, future, id and month of the decision decides. Without the threat its measures are gone
as well.)",
      "none; that of its measures",
      R"(actor = "CHN"
levers = ["ban"]
probability = 0.4

[[levers]]
id = "ban"
kind = "export-ban"
actor = "CHN"
start = "2026-04"
end = "2026-10"
products = ["dysprosium-oxide"]
destinations = ["JPN"]
source = "assumption: an example"
)"};
}

}  // namespace lodestone::policy
