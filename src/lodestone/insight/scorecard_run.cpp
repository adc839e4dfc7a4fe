// Which propositions hold in a single run.
#include <fmt/format.h>

#include <cmath>

#include "lodestone/insight/kept.hpp"
#include "lodestone/insight/scorecard.hpp"

namespace lodestone::insight {

Table not_expressible_table(const Propositions& propositions) {
  Table table{"not_expressible",
              "What the model cannot say",
              {{"id", "id", ""}, {"statement", "statement", ""}, {"why", "why", ""}},
              {},
              ""};
  for (const auto& p : propositions.all)
    if (p.expression.empty()) table.rows.push_back({p.id, p.statement, p.why_not});
  return table;
}

Table readings_table(const Propositions& propositions) {
  Table table{"readings",
              "How they are read",
              {{"id", "id", ""},
               {"statement", "statement", ""},
               {"settle_by", "by", ""},
               {"stands_for", "how the expression differs", ""},
               {"expression", "expression", ""}},
              {},
              ""};
  for (const auto& p : propositions.all)
    if (!p.expression.empty())
      table.rows.push_back(
          {p.id, p.statement, p.settle_by.text(), p.stands_for.empty() ? Cell{} : Cell{p.stands_for}, p.expression});
  return table;
}

Report scorecard(const Replay& replay, const dataset::Money& money, const Propositions& propositions) {
  Grounds grounds = grounds_of(replay.world(), money, replay.scenario());
  grounds.may_leave_run = true;
  base::Diagnostics diagnostics;
  Probes probes;
  std::vector<std::pair<const Prediction*, Expression>> all;
  for (const auto& p : propositions.all)
    if (!p.expression.empty())
      if (auto expression = compile(p.expression, p.place, grounds, probes, diagnostics))
        all.emplace_back(&p, std::move(*expression));
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  Recorder recorder(probes, grounds.start);
  replay.all([&](const simulation::MonthRecord& record) { recorder.month(record); });
  const Track track = recorder.take();
  Table table{
      "scorecard",
      "Which propositions hold in this run",
      {{"id", "id", ""},
       {"horizon", "horizon", ""},
       {"claim", "claim", ""},
       {"holds", "holds", ""},
       {"found", "what was found", ""}},
      {},
      "One future: no probability. 'cannot say': its dates lie outside the run, or something it asks for has no "
      "value."};
  int yes = 0, no = 0;
  for (const auto& [p, expression] : all) {
    std::vector<Finding> findings;
    const double truth = expression.rule({track, {}, 0, 0, &findings}).front();
    yes += truth == 1;
    no += truth == 0;
    std::string found;
    for (const auto& finding : findings)
      if (!std::isnan(finding.value) && finding.type.kind == Kind::number)
        found += fmt::format("{}{} {} (needed {})", found.empty() ? "" : "; ", readable(finding.value),
                             unit_of(finding.type.dimension), finding.needed);
    table.rows.push_back({p->id, p->horizon, p->claim,
                          std::isnan(truth) ? "cannot say"
                          : truth == 1      ? "yes"
                                            : "no",
                          found.empty() ? Cell{} : Cell{found}});
  }
  Report out;
  out.question = fmt::format("Which hold in this run: {}?", propositions.title);
  out.answer =
      fmt::format("Of {} propositions {} hold in this run, {} do not, {} cannot be said.", propositions.all.size(), yes,
                  no, propositions.all.size() - static_cast<std::size_t>(yes + no));
  out.assumed = "one future without any draw: 'lodestone ensemble' gives probabilities";
  out.tables.push_back(std::move(table));
  out.tables.push_back(readings_table(propositions));
  if (auto rest = not_expressible_table(propositions); !rest.rows.empty()) out.tables.push_back(std::move(rest));
  return out;
}

}  // namespace lodestone::insight
