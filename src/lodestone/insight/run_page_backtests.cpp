// How the model did where what happened is known: stored results of the cases, of the headline's class of product.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "lodestone/insight/run_page_parts.hpp"

namespace lodestone::insight {
namespace {

bool is_of_price(const ClassScore& score) {
  return score.kind == "price" || score.kind == "ratio";
}

std::string evidence_text(Evidence evidence) {
  return evidence == Evidence::fitted ? "in sample" : to_string(evidence);
}

std::string figures_text(const ClassScore& score) {
  return fmt::format("{} {}{}", score.figures, score.kind, score.figures == 1 ? "" : "s");
}

BarChart chart_of(const std::vector<const ClassScore*>& scores) {
  BarChart chart{
      "backtests", "Cases: off by a factor of", "median over the figures of a case; 1 is exact", "", {}, false, true};
  for (const auto* score : scores) {
    const auto bar = [&](const char* name, double error, Tone tone) {
      if (!std::isnan(error)) chart.rows.push_back({name, {{"", std::exp(error), tone}}});
    };
    chart.rows.push_back(
        {fmt::format("{} ({}): {}", score->case_id, evidence_text(score->evidence), figures_text(*score)), {}});
    bar("the model", score->median, Tone::third);
    bar("if nothing had changed", score->no_change, Tone::muted);
    bar("an elasticity of -0.2", score->elasticity, Tone::muted);
    chart.says += fmt::format("{}, {}: {}, no change {}. ", score->title, figures_text(*score),
                              readable(std::exp(score->median)), readable(std::exp(score->no_change)));
  }
  return chart;
}

std::string sentence_of(const std::vector<const ClassScore*>& scores, const std::string& stage) {
  if (scores.empty())
    return fmt::format(
        "No case of what happened holds prices of this class of product (stage: {}): how far they can be trusted in a "
        "crisis has not been shown.",
        stage);
  std::set<std::string> cases, kept;
  int figures = 0, compared = 0, better = 0;
  for (const auto* score : scores) {
    cases.insert(score->case_id);
    if (score->evidence == Evidence::hold_out) kept.insert(score->case_id);
    figures += score->figures;
    compared += score->compared;
    better += score->better;
  }
  return fmt::format(
      "Backtests: {} of what happened {} {} prices and price ratios of this class of product (stage: {}); {}. The "
      "model "
      "is nearer than every rival, no change and an elasticity of {}, in {} of {}.",
      cases.size() == 1 ? "one case" : fmt::format("{} cases", cases.size()), cases.size() == 1 ? "holds" : "hold",
      figures, stage,
      kept.empty()                  ? "parameters were chosen with each of them in sight, so these errors are in sample"
      : kept.size() == cases.size() ? "nothing was fitted to them"
                                    : fmt::format("nothing was fitted to {} of them", kept.size()),
      kRivalElasticity, better, compared);
}

Table table_of_all(const std::vector<ClassScore>& scores) {
  Table table = class_table(scores);
  table.id = "backtests_all";
  table.title = "Backtests of every class";
  table.note =
      "As stored when the report was made; `lodestone backtest CASE` runs one again. In sample: parameters were chosen "
      "with the case in sight.";
  return table;
}

}  // namespace

std::vector<Block> backtest_blocks(const RunView& run, world::Stage stage) {
  if (run.backtests.empty())
    return {"The stored results of the backtests (cases/results.csv) were not at hand when this report was made."};
  std::vector<const ClassScore*> of_class;
  for (const auto& score : run.backtests)
    if (score.stage == to_string(stage) && is_of_price(score)) of_class.push_back(&score);
  // Hold-outs say most.
  std::stable_sort(of_class.begin(), of_class.end(),
                   [](const auto* a, const auto* b) { return a->evidence < b->evidence; });
  std::vector<Block> blocks;
  blocks.emplace_back(sentence_of(of_class, to_string(stage)));
  if (!of_class.empty()) blocks.emplace_back(std::vector<Chart>{chart_of(of_class)});
  blocks.emplace_back(Folded{table_of_all(run.backtests)});
  return blocks;
}

}  // namespace lodestone::insight
