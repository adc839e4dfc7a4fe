#include "lodestone/insight/ensemble_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/base/calendar.hpp"
#include "lodestone/ensemble/statistics.hpp"
#include "lodestone/insight/drivers.hpp"

namespace lodestone::insight {
namespace {

using ensemble::EnsembleFile;
using ensemble::Spread;

constexpr std::size_t kDrivers = 3;

void add_spread(const Spread& s, std::vector<Cell>& row) {
  row.emplace_back(s.quantiles[0]);
  row.emplace_back(s.quantiles[2]);
  row.emplace_back(s.quantiles[4]);
}

Table monthly_table(const std::vector<Outlook>& looks, const ensemble::EnsembleFacts& facts) {
  const auto last = (facts.run.start + (facts.run.months - 1)).text();
  Table table{"series",
              "What the futures say, month by month",
              {{"series", "series", ""},
               {"unit", "unit", ""},
               {"first", fmt::format("{} median", facts.run.start.text()), ""},
               {"highest_5", "highest 5 %", ""},
               {"highest_50", "median", ""},
               {"highest_95", "95 %", ""},
               {"last_5", fmt::format("{} 5 %", last), ""},
               {"last_50", "median", ""},
               {"last_95", "95 %", ""}},
              {},
              "Highest: of each future's own months. 5 % and 95 %: that share of the futures lies below."};
  for (const auto& look : looks) {
    if (!look.kept.monthly) continue;
    std::vector<Cell> row{look.says(), look.unit, look.months.front().quantiles[2]};
    add_spread(look.highest, row);
    add_spread(look.months.back(), row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table single_table(const std::vector<Outlook>& looks) {
  Table table{
      "numbers",
      "Numbers that each future has once",
      {{"expression", "expression", ""},
       {"unit", "unit", ""},
       {"futures", "futures", ""},
       {"mean", "mean or share", ""},
       {"low", "5 %", ""},
       {"median", "median", ""},
       {"high", "95 %", ""}},
      {},
      "Of a condition the share of futures in which it holds, with its 90 % interval (Wilson) in place of quantiles."};
  for (const auto& look : looks) {
    if (look.kept.monthly) continue;
    const Spread& s = look.highest;
    std::vector<Cell> row{look.kept.expression, look.unit, static_cast<double>(s.count)};
    if (look.condition()) {
      const auto share = ensemble::share_of(look.yes, s.count);
      row.insert(row.end(), {share.estimate, share.low, Cell{}, share.high});
    } else {
      row.emplace_back(s.mean);
      add_spread(s, row);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table drivers_table(const std::vector<Driver>& drivers, const Outlook& look) {
  Table table{
      "drivers",
      fmt::format("What {}{} hangs on", look.kept.monthly ? "the highest " : "", look.says()),
      {{"figure", "uncertain figure", ""}, {"correlation", "rank correlation", ""}},
      {},
      "Spearman's rank correlation between what was drawn and what came out, over all futures; a correlation is "
      "no share of variance."};
  for (std::size_t d = 0; d < std::min<std::size_t>(10, drivers.size()); ++d)
    table.rows.push_back({drivers[d].figure, drivers[d].correlation});
  return table;
}

Table dropped_table(const EnsembleFile& file) {
  Table table{"dropped",
              "Futures that were dropped",
              {{"member", "future", ""}, {"why", "why", ""}},
              {},
              "They missed a certificate, or what they drew made no world."};
  for (std::size_t m = 0; m < file.failures().size(); ++m)
    if (!file.failures()[m].empty()) table.rows.push_back({static_cast<double>(m), file.failures()[m]});
  return table;
}

// In words what the series that moves most does, then how often the first condition holds.
std::string headline(const std::vector<Outlook>& looks) {
  if (looks.empty()) return {};
  const auto& look = looks.front();
  const auto& s = look.highest;
  std::string out;
  if (!std::isnan(look.rise))
    out = fmt::format(
        ": the {} goes from {} to {} {} at its peak in the median future (x {}), in 90 % of them to between {} and {}",
        look.says(), readable(look.months.front().quantiles[2]), readable(s.quantiles[2]), look.unit,
        readable(look.rise), readable(s.quantiles[0]), readable(s.quantiles[4]));
  else if (!look.condition())
    out = fmt::format(": {}{} {} {} in the median future, in 90 % of them between {} and {}",
                      look.kept.monthly ? "the highest " : "", look.says(), readable(s.quantiles[2]), look.unit,
                      readable(s.quantiles[0]), readable(s.quantiles[4]));
  const auto asked = std::find_if(looks.begin(), looks.end(), [](const Outlook& one) { return one.condition(); });
  if (asked != looks.end())
    out += fmt::format("{} {} in {} of {}", out.empty() ? ":" : ";", asked->says(), asked->yes, asked->highest.count);
  return out;
}

std::string answer_of(const EnsembleFile& file, const std::vector<Outlook>& looks, std::size_t dropped) {
  std::string out =
      fmt::format("{} futures of {} months", file.facts().members - dropped, file.facts().run.months) + headline(looks);
  if (dropped > 0) out += fmt::format("; {} more were dropped", dropped);
  return out + ".";
}

}  // namespace

Report report(const EnsembleFile& file) {
  return report(file, looks_at(file));
}

Report report(const EnsembleFile& file, const std::vector<Outlook>& looks) {
  Report out;
  out.question = file.facts().run.question;
  const std::size_t dropped = file.dropped();
  out.answer = answer_of(file, looks, dropped);
  const auto assumed = std::count(file.assumed().begin(), file.assumed().end(), true);
  out.assumed = fmt::format(
      "{} uncertain figures, the ranges of {} of them assumed, drawn by {} from seed {}: 'lodestone uncertainty' lists "
      "them",
      file.figures().size(), assumed, file.facts().sampling, file.facts().run.seed);
  const auto has = [&](bool monthly) {
    return std::any_of(looks.begin(), looks.end(), [&](const Outlook& look) { return look.kept.monthly == monthly; });
  };
  if (has(true)) out.tables.push_back(monthly_table(looks, file.facts()));
  if (has(false)) out.tables.push_back(single_table(looks));
  if (!looks.empty()) {
    const auto outcome = outcome_of(file, looks.front());
    const auto drivers = drivers_of(file, outcome);
    for (std::size_t d = 0; d < std::min(kDrivers, drivers.size()); ++d)
      out.drivers.push_back(fmt::format("{} (rank correlation {:.2f})", drivers[d].figure, drivers[d].correlation));
    if (drivers.empty())
      out.drivers.push_back(fmt::format("no figure stands out from chance in {} futures; more of them would tell",
                                        file.facts().members - dropped));
    else
      out.tables.push_back(drivers_table(drivers, looks.front()));
    out.assumed_share = assumed_share(file, outcome);
    if (!std::isnan(out.assumed_share))
      out.assumed = fmt::format("{} of what can be told from chance in this answer hangs on ranges that are assumed; ",
                                percent(out.assumed_share)) +
                    out.assumed;
  }
  if (dropped > 0) out.tables.push_back(dropped_table(file));
  return out;
}

}  // namespace lodestone::insight
