#include "lodestone/insight/ensemble_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lodestone/base/calendar.hpp"
#include "lodestone/ensemble/statistics.hpp"
#include "lodestone/insight/drivers.hpp"

namespace lodestone::insight {
namespace {

using ensemble::EnsembleFile;
using ensemble::Spread;
using Values = std::vector<double>;

constexpr std::size_t kDrivers = 3;
constexpr double kPerKg = 1000;

// One kept series over all futures.
class Look {
 public:
  Look(const EnsembleFile& file, std::size_t kept) : kept_(file.kept()[kept]), values_(file.values(kept)) {
    months_ = kept_.monthly ? static_cast<std::size_t>(file.facts().run.months) : 1;
    // Prices read better per kg.
    if (kept_.unit == "USD/t") {
      for (double& v : values_) v /= kPerKg;
      unit_ = "USD/kg";
    } else {
      unit_ = kept_.unit;
    }
  }

  [[nodiscard]] const ensemble::Kept& kept() const { return kept_; }
  [[nodiscard]] const std::string& unit() const { return unit_; }
  [[nodiscard]] std::size_t months() const { return months_; }
  [[nodiscard]] std::size_t members() const { return values_.size() / months_; }

  [[nodiscard]] Values at(std::size_t month) const {
    Values out;
    for (std::size_t m = 0; m < members(); ++m) out.push_back(values_[m * months_ + month]);
    return out;
  }
  // Each future's largest value; NaN where it has none.
  [[nodiscard]] Values highest() const {
    Values out;
    for (std::size_t m = 0; m < members(); ++m) {
      double most = std::nan("");
      for (std::size_t t = 0; t < months_; ++t) {
        const double v = values_[m * months_ + t];
        if (!std::isnan(v) && !(most >= v)) most = v;
      }
      out.push_back(most);
    }
    return out;
  }

 private:
  ensemble::Kept kept_;
  Values values_;
  std::string unit_;
  std::size_t months_ = 1;
};

Spread spread(Values values) {
  return ensemble::spread_of(values);
}

void add_spread(const Spread& s, std::vector<Cell>& row) {
  row.emplace_back(s.quantiles[0]);
  row.emplace_back(s.quantiles[2]);
  row.emplace_back(s.quantiles[4]);
}

Table monthly_table(const std::vector<Look>& looks, const ensemble::EnsembleFacts& facts) {
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
    if (!look.kept().monthly) continue;
    std::vector<Cell> row{look.kept().expression, look.unit(), spread(look.at(0)).quantiles[2]};
    add_spread(spread(look.highest()), row);
    add_spread(spread(look.at(look.months() - 1)), row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table single_table(const std::vector<Look>& looks) {
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
    if (look.kept().monthly) continue;
    const Values values = look.at(0);
    const Spread s = spread(values);
    std::vector<Cell> row{look.kept().expression, look.unit(), static_cast<double>(s.count)};
    if (look.unit() == "1 = yes") {
      const auto yes = static_cast<std::size_t>(std::count(values.begin(), values.end(), 1.0));
      const auto share = ensemble::share_of(yes, s.count);
      row.insert(row.end(), {share.estimate, share.low, Cell{}, share.high});
    } else {
      row.emplace_back(s.mean);
      add_spread(s, row);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table drivers_table(const std::vector<Driver>& drivers, const Look& look) {
  Table table{
      "drivers",
      fmt::format("What {}{} hangs on", look.kept().monthly ? "the highest " : "", look.kept().expression),
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

std::string answer_of(const EnsembleFile& file, const std::vector<Look>& looks, std::size_t dropped) {
  std::string out = fmt::format("{} futures of {} months", file.facts().members - dropped, file.facts().run.months);
  if (!looks.empty()) {
    const auto& look = looks.front();
    const Spread s = spread(look.highest());
    out += fmt::format(": {}{} {} {} in the median future, 90 % of futures between {} and {}",
                       look.kept().monthly ? "the highest " : "", look.kept().expression, readable(s.quantiles[2]),
                       look.unit(), readable(s.quantiles[0]), readable(s.quantiles[4]));
  }
  if (dropped > 0) out += fmt::format("; {} more were dropped", dropped);
  return out + ".";
}

}  // namespace

Report report(const EnsembleFile& file) {
  Report out;
  out.question = file.facts().run.question;
  std::vector<Look> looks;
  for (const std::size_t k : file.kept_for("")) looks.emplace_back(file, k);
  const std::size_t dropped = file.dropped();
  out.answer = answer_of(file, looks, dropped);
  out.assumed = fmt::format("{} uncertain figures, drawn by {} from seed {}: 'lodestone uncertainty' lists them",
                            file.figures().size(), file.facts().sampling, file.facts().run.seed);
  const auto has = [&](bool monthly) {
    return std::any_of(looks.begin(), looks.end(), [&](const Look& look) { return look.kept().monthly == monthly; });
  };
  if (has(true)) out.tables.push_back(monthly_table(looks, file.facts()));
  if (has(false)) out.tables.push_back(single_table(looks));
  if (!looks.empty()) {
    const auto drivers = drivers_of(file, looks.front().highest());
    for (std::size_t d = 0; d < std::min(kDrivers, drivers.size()); ++d)
      out.drivers.push_back(fmt::format("{} (rank correlation {:.2f})", drivers[d].figure, drivers[d].correlation));
    if (!drivers.empty()) out.tables.push_back(drivers_table(drivers, looks.front()));
  }
  if (dropped > 0) out.tables.push_back(dropped_table(file));
  return out;
}

}  // namespace lodestone::insight
