#include "lodestone/insight/thesis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "lodestone/base/units.hpp"
#include "lodestone/explore/subsets.hpp"

namespace lodestone::insight {
namespace {

using base::kMillion;
// What pillars cost alone is first found here; between them costs are taken to be straight.
const std::vector<double> kCurve{0.1, 0.25, 0.5, 1};

constexpr double kShareTolerance = 5;  // times the thesis's: for parts alone with their share

struct Stopped {};

/// A subset on its way to a budget.
struct Search {
  std::size_t budget, subset;
  std::vector<std::size_t> parts;
  explore::Spending spending;
};

class Test {
 public:
  Test(const Trials& trials, const ThesisFile& thesis, const ThesisLabour& labour)
      : trials_(trials), thesis_(thesis), labour_(labour), pillars_(thesis.pillars.all().size()) {
    months_ = thesis.books_close - trials.scenario().start;
  }

  ThesisOutcome run(const std::vector<double>& budgets) {
    out_.futures = trials_.futures();
    find_curves();
    for (const double budget : budgets) out_.budgets.push_back({budget, {}, {}});
    std::vector<Search> subsets, shares;
    for (std::size_t b = 0; b < budgets.size(); ++b) {
      for (std::size_t s = 0; s < std::size_t{1} << pillars_; ++s)
        subsets.push_back(search(b, s, budgets[b], thesis_.tolerance));
      // A part alone with its share of the money: what the joint effect is held against.
      for (std::size_t n = 2; n <= pillars_; ++n)
        for (std::size_t i = 0; i < pillars_; ++i)
          shares.push_back(
              search(b, std::size_t{1} << i, budgets[b] / static_cast<double>(n), kShareTolerance * thesis_.tolerance));
    }
    spend(subsets);
    spend(shares);
    const auto subset_values = measure(subsets), share_values = measure(shares);
    for (std::size_t k = 0; k < subsets.size(); ++k) keep(subsets[k], subset_values[k]);
    for (auto& budget : out_.budgets) budget.shares.resize(pillars_);
    for (auto& budget : out_.budgets)
      for (std::size_t i = 0; i < pillars_; ++i)
        budget.shares[0].push_back(budget.subsets[std::size_t{1} << i].values.front());
    for (std::size_t k = 0; k < shares.size(); ++k) {
      const std::size_t parts = 2 + k % ((pillars_ - 1) * pillars_) / pillars_;
      out_.budgets[shares[k].budget].shares[parts - 1].push_back(share_values[k].front());
    }
    return std::move(out_);
  }

 private:
  const Trials& trials_;
  const ThesisFile& thesis_;
  const ThesisLabour& labour_;
  std::size_t pillars_;
  int months_;
  std::vector<explore::CostCurve> curves_;  // per pillar
  ThesisOutcome out_;

  [[nodiscard]] std::vector<Chosen> chosen(const std::vector<std::size_t>& parts,
                                           const std::vector<double>& magnitudes) const {
    std::vector<Chosen> all;
    for (std::size_t i = 0; i < parts.size(); ++i)
      all.push_back({parts[i], magnitudes[i], thesis_.pillars.all()[parts[i]].earliest});
    return all;
  }

  std::vector<Trial> trials(const std::vector<TrialJob>& jobs) {
    auto made = trials_.run(jobs, labour_.threads, labour_.done);
    if (made.size() != jobs.size()) throw Stopped{};
    out_.runs += jobs.size();
    for (const auto& trial : made)
      if (!trial.failure.empty()) out_.failures.push_back(trial.failure);
    return made;
  }

  /// Every choice in every future; the trials of one choice are beside each other.
  std::vector<Trial> in_all_futures(const std::vector<std::vector<Chosen>>& choices, std::optional<int> months) {
    std::vector<TrialJob> jobs;
    for (const auto& choice : choices)
      for (std::size_t f = 0; f < trials_.futures(); ++f) jobs.push_back({f, choice, months});
    return trials(jobs);
  }

  /// Mean over the futures that went through, million USD, of the k-th choice.
  [[nodiscard]] double mean_cost(const std::vector<Trial>& made, std::size_t k, std::size_t pillar) const {
    double sum = 0, count = 0;
    for (std::size_t f = 0; f < trials_.futures(); ++f) {
      const auto& trial = made[k * trials_.futures() + f];
      if (!trial.failure.empty()) continue;
      sum += trial.cost[pillar];
      ++count;
    }
    return count > 0 ? sum / count / kMillion : 0;
  }

  void find_curves() {
    std::vector<std::vector<Chosen>> choices;
    for (std::size_t i = 0; i < pillars_; ++i)
      for (const double magnitude : kCurve) choices.push_back(chosen({i}, {magnitude}));
    const auto made = in_all_futures(choices, months_);
    for (std::size_t i = 0; i < pillars_; ++i) {
      std::vector<double> cost;
      for (std::size_t c = 0; c < kCurve.size(); ++c) cost.push_back(mean_cost(made, i * kCurve.size() + c, i));
      curves_.emplace_back(kCurve, cost);
    }
  }

  [[nodiscard]] Search search(std::size_t budget, std::size_t subset, double money, double tolerance) const {
    auto parts = explore::parts_of(subset);
    std::vector<explore::CostCurve> curves;
    for (const std::size_t i : parts) curves.push_back(curves_[i]);
    explore::Spending spending(parts.empty() ? 0 : money, std::move(curves), tolerance, labour_.most_tries);
    return {budget, subset, std::move(parts), std::move(spending)};
  }

  /// All searches, one try of each at a time.
  void spend(std::vector<Search>& searches) {
    for (;;) {
      std::vector<Search*> open;
      std::vector<std::vector<Chosen>> choices;
      for (auto& search : searches) {
        if (search.spending.state() != explore::SpendState::searching) continue;
        open.push_back(&search);
        choices.push_back(chosen(search.parts, search.spending.point()));
      }
      if (open.empty()) return;
      const auto made = in_all_futures(choices, months_);
      for (std::size_t k = 0; k < open.size(); ++k) {
        std::vector<double> costs;
        for (const std::size_t i : open[k]->parts) costs.push_back(mean_cost(made, k, i));
        open[k]->spending.learn(costs);
      }
    }
  }

  /// [search][criterion][future], to the end of the scenario.
  std::vector<std::vector<std::vector<double>>> measure(const std::vector<Search>& searches) {
    std::vector<std::vector<Chosen>> choices;
    for (const auto& search : searches) choices.push_back(chosen(search.parts, search.spending.point()));
    const auto made = in_all_futures(choices, std::nullopt);
    const std::size_t futures = trials_.futures(), criteria = thesis_.criteria.size();
    std::vector<std::vector<std::vector<double>>> out(
        searches.size(), std::vector<std::vector<double>>(criteria, std::vector<double>(futures, std::nan(""))));
    for (std::size_t k = 0; k < searches.size(); ++k)
      for (std::size_t f = 0; f < futures; ++f)
        for (std::size_t c = 0; c < criteria; ++c)
          if (const auto& trial = made[k * futures + f]; trial.failure.empty()) out[k][c][f] = trial.values[c].front();
    return out;
  }

  void keep(const Search& search, const std::vector<std::vector<double>>& values) {
    out_.budgets[search.budget].subsets.push_back({search.subset, search.spending.point(), search.spending.costs(),
                                                   search.spending.state(), search.spending.tries(), values});
  }
};

}  // namespace

double SubsetOutcome::total() const {
  return std::accumulate(spent.begin(), spent.end(), 0.0);
}

void check_thesis(const Trials& trials, const ThesisFile& thesis) {
  base::Diagnostics wrong;
  for (std::size_t c = 0; c < thesis.criteria.size(); ++c) {
    const auto& type = trials.types()[c];
    if (type.kind == Kind::number && !type.series && type.dimension == kPlain) continue;
    wrong.error(thesis.criteria[c].measure.place, to_string(type), "one number without a unit: a share, a ratio");
  }
  const auto start = trials.scenario().start, end = start + trials.scenario().months;
  if (thesis.books_close <= start || thesis.books_close > end)
    wrong.error(
        {}, "books-close = " + thesis.books_close.text(),
        fmt::format("a month after {} and at most {}, within {}", start.text(), end.text(), trials.scenario().id));
  if (wrong.has_errors()) throw base::InputError(std::move(wrong));
}

std::optional<ThesisOutcome> put_to_the_test(const Trials& trials, const ThesisFile& thesis,
                                             const std::vector<double>& budgets, const ThesisLabour& labour) {
  try {
    return Test(trials, thesis, labour).run(budgets);
  } catch (const Stopped&) {
    return std::nullopt;
  }
}

}  // namespace lodestone::insight
