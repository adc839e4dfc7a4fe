#include "lodestone/dataset/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace lodestone::dataset {
namespace {

class Selector {
 public:
  Selector(const TableSpec& table, const Moment& moment, const Names& present, const RawDataset& raw,
           base::Diagnostics& diagnostics)
      : table_(table), moment_(moment), present_(present), diagnostics_(diagnostics), rows_(table.rows(raw)) {}

  LeftOut left_out;
  std::vector<bool> kept, past;

  void run() {
    kept.assign(rows_.size(), false);
    past.assign(rows_.size(), false);
    std::map<std::tuple<std::string, base::Date>, std::vector<std::size_t>> versions;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const Row& row = *rows_[i];
      if (moment_.as_of && row.provenance.known_from > *moment_.as_of) {
        ++left_out.later;
        continue;
      }
      if (dangles(row)) {
        left_out.later += moment_.as_of ? 1 : 0;
        continue;
      }
      versions[{row.key, table_.dated_key ? row.provenance.valid_from : base::Date{}}].push_back(i);
    }
    for (const auto& entry : versions) choose(entry.second);
    for (std::size_t i = 0; i < rows_.size(); ++i) left_out.other += kept[i] || past[i] ? 0 : 1;
    left_out.other -= left_out.later;
  }

 private:
  const TableSpec& table_;
  const Moment& moment_;
  const Names& present_;
  base::Diagnostics& diagnostics_;
  std::vector<const Row*> rows_;

  // Refers to what was left out itself.
  bool dangles(const Row& row) {
    for (const Reference& reference : row.references) {
      if (present_.has(reference.refers, reference.name)) continue;
      if (!moment_.as_of && moment_.made_for.size() < 2)  // else every base year lacks something
        diagnostics_.warning({row.provenance.place.file, row.provenance.place.line},
                             fmt::format("'{:.120}' refers to '{:.60}', which was left out", row.key, reference.name),
                             "a name that holds in the base year; this row is left out with it");
      return true;
    }
    return false;
  }

  [[nodiscard]] bool holds(const Row& row) const {
    return table_.keeps_history || !moment_.base_year || table_.holds(row, *moment_.base_year);
  }

  // Figures of another base year are not missing in this one.
  [[nodiscard]] bool of_another_base_year(const std::vector<std::size_t>& versions) const {
    return std::any_of(versions.begin(), versions.end(), [&](std::size_t i) {
      return std::any_of(moment_.made_for.begin(), moment_.made_for.end(),
                         [&](const base::Period& year) { return table_.holds(*rows_[i], year); });
    });
  }

  // Known last, then valid from last: a total order, because no two rows share key, known_from and time.
  [[nodiscard]] bool newer(std::size_t a, std::size_t b) const {
    const auto& p = rows_[a]->provenance;
    const auto& q = rows_[b]->provenance;
    return std::tie(p.known_from, p.valid_from) > std::tie(q.known_from, q.valid_from);
  }

  void choose(const std::vector<std::size_t>& versions) {
    const std::size_t none = rows_.size();
    std::size_t best = none;
    for (const std::size_t i : versions)
      if (holds(*rows_[i]) && (best == none || newer(i, best))) best = i;
    if (best != none) kept[best] = true;
    if (table_.archive) remember(versions);
    const Row& row = *rows_[versions.front()];
    const bool over = table_.may_end && row.provenance.valid_to < moment_.base_year->from;
    if (best != none || table_.archive || table_.dated_key || over || of_another_base_year(versions)) return;
    diagnostics_.warning(
        row.place("valid_from"),
        fmt::format("a figure of {} to {}", row.provenance.valid_from.text(), row.provenance.valid_to.text()),
        fmt::format("one that holds in the base year {}; '{:.120}' is left out", moment_.base_year->from.year,
                    row.key));
  }

  // Of what holds at other times, each time once.
  void remember(const std::vector<std::size_t>& versions) {
    std::map<base::Date, std::size_t> latest;
    for (const std::size_t i : versions) {
      if (holds(*rows_[i])) continue;
      const auto [it, fresh] = latest.emplace(rows_[i]->provenance.valid_from, i);
      if (!fresh && newer(i, it->second)) it->second = i;
    }
    for (const auto& entry : latest) past[entry.second] = true;
  }
};

}  // namespace

LeftOut select_rows(const TableSpec& table, const Moment& moment, const Names& present, RawDataset& raw,
                    base::Diagnostics& diagnostics) {
  Selector selector(table, moment, present, raw, diagnostics);
  selector.run();
  if (table.archive) table.archive(raw, selector.past);
  table.keep(raw, selector.kept);
  return selector.left_out;
}

}  // namespace lodestone::dataset
