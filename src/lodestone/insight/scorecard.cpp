#include "lodestone/insight/scorecard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "lodestone/ensemble/statistics.hpp"
#include "lodestone/insight/drivers.hpp"
#include "lodestone/insight/kept.hpp"

namespace lodestone::insight {
namespace {

using ensemble::EnsembleFile;
using ensemble::Share;
using Values = std::vector<double>;

constexpr std::size_t kDriversShown = 3;
constexpr std::size_t kSwitchFutures = 10;  // with fewer anything may take two values

/// What the futures of one ensemble say of one proposition.
struct Answer {
  Values verdicts;  // per future: 1, 0, NaN
  Share share;
};

/// By proposition; those whose dates lie outside the ensemble's months are not there.
using Answers = std::map<std::string, Answer>;

Share share_in(const Values& verdicts) {
  const auto yes = static_cast<std::size_t>(std::count(verdicts.begin(), verdicts.end(), 1.0));
  const auto no = static_cast<std::size_t>(std::count(verdicts.begin(), verdicts.end(), 0.0));
  return ensemble::share_of(yes, yes + no);
}

Answers answers_of(const EnsembleFile* file) {
  Answers out;
  if (file == nullptr) return out;
  for (const std::size_t k : file->kept_for(kProposition)) {
    Answer answer{file->values(k), {}};
    answer.share = share_in(answer.verdicts);
    out.emplace(file->kept()[k].subject, std::move(answer));
  }
  return out;
}

const Answer* find(const Answers& answers, const std::string& id) {
  const auto it = answers.find(id);
  return it == answers.end() || it->second.share.of == 0 ? nullptr : &it->second;
}

std::string known_until(const EnsembleFile& file) {
  const auto& as_of = file.facts().run.as_of;
  return as_of.empty() ? "the dataset's end" : as_of;
}

void add_share(const Answer* answer, std::vector<Cell>& row) {
  for (double Share::*part : {&Share::estimate, &Share::low, &Share::high}) {
    row.emplace_back();
    if (answer != nullptr) row.back() = answer->share.*part;
  }
}

class Card {
 public:
  Card(const Forecasts& forecasts, const Propositions& propositions)
      : forecasts_(forecasts),
        propositions_(propositions),
        main_(answers_of(forecasts.main)),
        earlier_(answers_of(forecasts.earlier)),
        base_(answers_of(forecasts.base)) {}

  Report run() {
    Report out;
    out.question = fmt::format("How likely are they: {}?", propositions_.title);
    out.tables.push_back(probabilities());
    add(drivers(), out);
    add(switches(), out);
    const Table scores = settled(out);
    add(scores, out);
    add(known(), out);
    add(outside(), out);
    add(readings_table(propositions_), out);
    add(not_expressible_table(propositions_), out);
    out.answer = answer(scores);
    out.assumed = fmt::format("{} uncertain figures; levers are those of scenario {}: a probability is one under them",
                              forecasts_.main->figures().size(), forecasts_.main->facts().run.scenario);
    return out;
  }

 private:
  const Forecasts& forecasts_;
  const Propositions& propositions_;
  Answers main_, earlier_, base_;

  static void add(Table table, Report& out) {
    if (!table.rows.empty()) out.tables.push_back(std::move(table));
  }

  Table probabilities() const {
    Table table{"scorecard",
                "Probabilities of the propositions",
                {{"id", "id", ""},
                 {"horizon", "horizon", ""},
                 {"claim", "claim", ""},
                 {"probability", fmt::format("known until {}", known_until(*forecasts_.main)), ""},
                 {"low", "5 %", ""},
                 {"high", "95 %", ""}},
                {},
                ""};
    if (forecasts_.earlier != nullptr)
      table.columns.insert(table.columns.end(),
                           {{"earlier", fmt::format("known until {}", known_until(*forecasts_.earlier)), ""},
                            {"earlier_low", "5 %", ""},
                            {"earlier_high", "95 %", ""}});
    table.columns.insert(table.columns.end(), {{"base_rate", "base rate", ""}, {"unsaid", "cannot say", "futures"}});
    for (const auto& p : propositions_.all) {
      const Answer* now = find(main_, p.id);
      const Answer* before = find(earlier_, p.id);
      if (now == nullptr && before == nullptr) continue;
      std::vector<Cell> row{p.id, p.horizon, p.claim};
      add_share(now, row);
      if (forecasts_.earlier != nullptr) add_share(before, row);
      const Answer* anyway = find(base_, p.id);
      row.emplace_back();
      if (anyway != nullptr) row.back() = anyway->share.estimate;
      row.emplace_back();
      if (now != nullptr) row.back() = unsaid(*now, *forecasts_.main);
      table.rows.push_back(std::move(row));
    }
    table.note =
        "Share of the futures in which the statement holds, with the 90 % interval of sampling (Wilson); it holds "
        "nothing of what the model lacks.";
    table.note += forecasts_.base == nullptr
                      ? " Base rate: give an ensemble without levers (--base)."
                      : fmt::format(" Base rate: its share in {}.", forecasts_.base->facts().run.scenario);
    return table;
  }

  static double unsaid(const Answer& answer, const EnsembleFile& file) {
    return static_cast<double>(answer.verdicts.size() - file.dropped() - answer.share.of);
  }

  Table drivers() const {
    Table table{"drivers",
                "What the propositions hang on",
                {{"id", "id", ""}, {"figure", "uncertain figure", ""}, {"correlation", "rank correlation", ""}},
                {},
                "Spearman's rank correlation of what was drawn with yes and no, the largest three; a proposition that "
                "is missing hangs on none that stands out of chance, or holds in all futures or none."};
    for (const auto& p : propositions_.all)
      if (const Answer* now = find(main_, p.id)) {
        const auto all = drivers_of(*forecasts_.main, now->verdicts);
        for (std::size_t d = 0; d < std::min(kDriversShown, all.size()); ++d)
          table.rows.push_back({p.id, all[d].figure, all[d].correlation});
      }
    return table;
  }

  /// Figures that take two values: probability at each.
  Table switches() const {
    Table table{"switches",
                "Spread over structural switches",
                {{"id", "id", ""},
                 {"switch", "switch", ""},
                 {"first", "value", ""},
                 {"first_probability", "probability", ""},
                 {"second", "value", ""},
                 {"second_probability", "probability", ""},
                 {"spread", "spread", ""}},
                {},
                "Switches are uncertain figures that are one of two values (distribution 'either')."};
    const auto& file = *forecasts_.main;
    const std::size_t figures = file.facts().members < kSwitchFutures ? 0 : file.figures().size();
    for (std::size_t f = 0; f < figures; ++f) {
      std::set<double> taken;
      for (std::size_t m = 0; m < file.facts().members && taken.size() < 3; ++m)
        taken.insert(file.draws()[m * figures + f]);
      if (taken.size() != 2) continue;
      for (const auto& p : propositions_.all)
        if (const Answer* now = find(main_, p.id)) {
          Values at[2];
          for (std::size_t m = 0; m < now->verdicts.size(); ++m)
            at[file.draws()[m * figures + f] == *taken.begin() ? 0 : 1].push_back(now->verdicts[m]);
          const Share low = share_in(at[0]), high = share_in(at[1]);
          if (low.of == 0 || high.of == 0) continue;
          table.rows.push_back({p.id, file.figures()[f], *taken.begin(), low.estimate, *taken.rbegin(), high.estimate,
                                std::abs(high.estimate - low.estimate)});
        }
    }
    return table;
  }

  /// Those settled after what an ensemble knew.
  Table settled(Report& out) const {
    Table table{"settled",
                "Settled, and how the forecasts did",
                {{"id", "id", ""},
                 {"outcome", "outcome", ""},
                 {"settled", "on", ""},
                 {"known_until", "forecast knew until", ""},
                 {"probability", "probability", ""},
                 {"brier", "Brier", ""},
                 {"log", "log score", ""},
                 {"base_brier", "Brier of the base rate", ""},
                 {"evidence", "evidence", ""}},
                {},
                "Brier (p - o)^2: 0 is best, 0.25 says nothing; log score: -ln of the probability given to what came "
                "out. Only forecasts that knew nothing later than the outcome are scored."};
    double sum = 0;
    for (const auto& [file, answers] : {std::pair{forecasts_.main, &main_}, std::pair{forecasts_.earlier, &earlier_}}) {
      if (file == nullptr || !could_not_know(*file)) continue;
      for (const auto& p : propositions_.all) {
        const Answer* answer = find(*answers, p.id);
        if (!p.outcome || answer == nullptr || as_of(*file) >= p.settled) continue;
        const auto s = score(answer->share.estimate, answer->share.of, *p.outcome);
        const Answer* anyway = find(base_, p.id);
        table.rows.push_back(
            {p.id, *p.outcome ? "yes" : "no", p.settled.text(), known_until(*file), answer->share.estimate, s.brier,
             s.log,
             anyway == nullptr ? Cell{} : Cell{score(anyway->share.estimate, anyway->share.of, *p.outcome).brier},
             p.evidence});
        sum += s.brier;
      }
    }
    if (!table.rows.empty())
      out.drivers.push_back(fmt::format("mean Brier score of {} settled: {}", table.rows.size(),
                                        readable(sum / static_cast<double>(table.rows.size()))));
    return table;
  }

  static base::Date as_of(const EnsembleFile& file) {
    return base::parse_date(file.facts().run.as_of, true).value_or(base::Date{9999, 12, 31});
  }
  /// Whether it is a forecast by the day on which the propositions were made.
  [[nodiscard]] bool could_not_know(const EnsembleFile& file) const { return as_of(file) <= propositions_.made; }

  /// Settled ones that nobody is scored on.
  Table known() const {
    Table table{"known",
                "Settled and not scored",
                {{"id", "id", ""}, {"outcome", "outcome", ""}, {"settled", "on", ""}, {"evidence", "evidence", ""}},
                {},
                fmt::format("Not expressible, or no ensemble here knew only what was known until {}.",
                            propositions_.made.text())};
    const bool forecast =
        (forecasts_.earlier != nullptr && could_not_know(*forecasts_.earlier)) || could_not_know(*forecasts_.main);
    for (const auto& p : propositions_.all)
      if (p.outcome && (p.expression.empty() || !forecast))
        table.rows.push_back({p.id, *p.outcome ? "yes" : "no", p.settled.text(), p.evidence});
    return table;
  }

  Table outside() const {
    const auto& run = forecasts_.main->facts().run;
    Table table{"outside",
                "Propositions that these futures do not answer",
                {{"id", "id", ""}, {"horizon", "horizon", ""}, {"statement", "statement", ""}},
                {},
                fmt::format("Their dates lie outside {} to {}, or what they ask for has no value.", run.start.text(),
                            (run.start + (run.months - 1)).text())};
    for (const auto& p : propositions_.all)
      if (!p.expression.empty() && find(main_, p.id) == nullptr && find(earlier_, p.id) == nullptr)
        table.rows.push_back({p.id, p.horizon, p.statement});
    return table;
  }

  std::string answer(const Table& scores) const {
    std::size_t likely = 0, unlikely = 0, all = 0;
    for (const auto& [id, answer] : main_) {
      if (answer.share.of == 0) continue;
      ++all;
      if (answer.share.low > 0.5) ++likely;
      if (answer.share.high < 0.5) ++unlikely;
    }
    std::string out =
        fmt::format("Of {} propositions {} are answered by {} futures: {} more likely than not, {} less, {} open",
                    propositions_.all.size(), all, forecasts_.main->facts().members - forecasts_.main->dropped(),
                    likely, unlikely, all - likely - unlikely);
    if (!scores.rows.empty()) out += fmt::format("; {} settled ones are scored", scores.rows.size());
    return out + ".";
  }
};

}  // namespace

ForecastScore score(double probability, std::size_t futures, bool outcome) {
  const double nearest = 0.5 / static_cast<double>(std::max<std::size_t>(futures, 1));
  const double p = std::clamp(probability, nearest, 1 - nearest);
  return {std::pow(probability - (outcome ? 1 : 0), 2), -std::log(outcome ? p : 1 - p)};
}

Report scorecard(const Forecasts& forecasts, const Propositions& propositions) {
  return Card(forecasts, propositions).run();
}

}  // namespace lodestone::insight
