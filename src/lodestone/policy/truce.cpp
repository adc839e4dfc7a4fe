// Truce: levers of one or several governments are suspended for a term, which may be renewed or broken.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lodestone/policy/kinds.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

constexpr int kMostMonths = 1200;  // the longest run

struct Terms {
  double renewal = 0;  // probability at each end
  double lapse = 0;    // chance a year that it breaks
  int renewals = 0;    // at most
};

class Truce final : public Lever {
 public:
  Truce(LeverHead head, const Terms& terms) : Lever(std::move(head)), terms_(terms), over_(this->head().end) {}
  [[nodiscard]] std::unique_ptr<Lever> clone() const override { return std::make_unique<Truce>(*this); }

  [[nodiscard]] std::vector<WrongOption> conflicts(std::span<const Lever* const> named) const override {
    std::vector<WrongOption> wrong;
    const base::Month last = head().end + (terms_.renewal > 0 ? std::min(kMostMonths, terms_.renewals * term()) : 0);
    for (const Lever* lever : named)
      if (lever->head().end <= head().start || lever->head().start >= last)
        wrong.push_back({"levers",
                         fmt::format("'{:.60}', in force from {} until {}", lever->head().id,
                                     lever->head().start.text(), lever->head().end.text()),
                         fmt::format("a lever in force between {} and {}, or there is nothing to suspend",
                                     head().start.text(), last.text()),
                         ""});
    return wrong;
  }

  void connect(std::span<const std::unique_ptr<Lever>> levers, const Chance& chance) override {
    suspended_.clear();
    for (const auto& id : head().levers)
      if (const auto place = find_lever(levers, id))
        suspended_.push_back({*place, levers[*place]->head().start, levers[*place]->head().end});
    draw(chance);
  }

  void govern(base::Month month, std::span<Standing> standing) const override {
    for (const auto& [place, from, to] : suspended_) {
      if (month >= head().start && month < over_) {
        const auto back = std::max(from, end_of_term(month));
        standing[place].acts = false;
        standing[place].news = 0;
        standing[place].expected = back < to ? 1 - chance_renewed(month) : 0;
        standing[place].comes = back;
      } else if (month == over_ && month >= from && month < to && standing[place].acts) {
        standing[place].news = 1;  // it is back
      }
    }
  }

  void apply(const world::World&, const world::State& state, int, world::Rules&) override { now_ = state.month; }

  [[nodiscard]] std::string status() const override {
    if (now_ < head().start) return "to come";
    if (now_ < over_) return now_ < head().end ? "holds" : "holds, renewed";
    return fmt::format("over since {}{}", over_.text(), over_ < head().end ? ", broken" : "");
  }

 private:
  struct Named {
    std::size_t place;
    base::Month from, to;  // of its own
  };
  Terms terms_;
  base::Month over_;  // first month in which it no longer holds
  base::Month now_;
  std::vector<Named> suspended_;

  [[nodiscard]] int term() const { return head().end - head().start; }
  [[nodiscard]] int terms_begun(base::Month month) const { return (month - head().start) / term() + 1; }
  [[nodiscard]] base::Month end_of_term(base::Month month) const { return head().start + terms_begun(month) * term(); }
  // What the public knows is the next end and how likely it is that it is none.
  [[nodiscard]] double chance_renewed(base::Month month) const {
    return terms_begun(month) > terms_.renewals ? 0 : terms_.renewal;
  }

  void draw(const Chance& chance) {
    const double monthly = 1 - std::pow(1 - terms_.lapse, 1.0 / 12);
    base::Month end = head().end;
    int renewed = 0;
    for (over_ = head().start + 1; over_ - head().start < kMostMonths; over_ = over_ + 1) {
      if (over_ == end) {
        if (renewed++ >= terms_.renewals || !chance.happens(terms_.renewal, "truce-renewal", head().id, over_)) return;
        end = end + term();
      }
      if (chance.happens(monthly, "truce-lapse", head().id, over_)) return;
    }
  }
};

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World&) {
  const Terms terms{values.number("renewal-probability"), values.number("lapse-hazard"),
                    static_cast<int>(values.integer("renewals"))};
  if (terms.lapse >= 1)
    throw WrongOptions({{"lapse-hazard", fmt::format("lapse-hazard = {}", terms.lapse),
                         "less than 1: a truce that cannot hold is none", ""}});
  return std::make_unique<Truce>(std::move(head), terms);
}

}  // namespace

LeverKind truce_kind() {
  return {
      "truce",
      "Levers of one or several governments are suspended for a term, which may be renewed or broken.",
      "A lever is suspended as long as one truce holds.",
      Acts::on_levers,
      {levers_option(true, "ids of the levers that are suspended, of whatever government"),
       {"renewal-probability", OptionType::number, "", 0, 1, false, "0",
        "that it is renewed for another term of the same length at `end`, and at each end after it"},
       {"renewals", OptionType::integer, "", 0, 1200, false, "1200", "most that it is renewed"},
       {"lapse-hazard", OptionType::number, "chance a year", 0, 1, false, "0",
        "that it is broken before its end, less than 1"}},
      make,
      R"(From `start` until it is over the levers named do not act: they set no limit, ask no tax, hold out no money. Their balances (queues, what is
left of a quota) stand still. It is over at `end`, or at the end of the last term that was renewed, or in the month in which it is
broken: the chance a month is `1 - (1 - lapse-hazard)^(1/12)`. A lever that is still within its own dates then is in force again, and
buyers hear of it as of a new one; until then those who would feel it expect it back at the end of the term with the chance that it is not renewed, as they
expect a measure that is announced. Chance is drawn by seed, future, id and month.)",
      "none",
      R"(actor = "CHN"
levers = ["ban"]
renewal-probability = 0.5
lapse-hazard = 0.1

[[levers]]
id = "ban"
kind = "export-ban"
actor = "CHN"
start = "2025-02"
end = "2026-12"
products = ["dysprosium-oxide"]
destinations = ["JPN"]
source = "assumption: an example"
)"};
}

}  // namespace lodestone::policy
