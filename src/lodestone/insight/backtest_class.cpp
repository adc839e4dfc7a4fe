#include "lodestone/insight/backtest_class.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "lodestone/dataset/csv_table.hpp"
#include "lodestone/dataset/file_text.hpp"

namespace lodestone::insight {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

struct Errors {
  std::vector<double> model, no_change, elasticity;
  int compared = 0, better = 0;
};

void add(const FigureOutcome& figure, Errors& errors) {
  errors.model.push_back(std::abs(figure.error));
  if (figure.no_change_error) errors.no_change.push_back(std::abs(*figure.no_change_error));
  if (figure.elasticity_error) errors.elasticity.push_back(std::abs(*figure.elasticity_error));
  if (!figure.no_change_error && !figure.elasticity_error) return;
  ++errors.compared;
  errors.better += figure.better_than_rivals() ? 1 : 0;
}

// Columns of cases/results.csv in their order.
const std::vector<Column>& columns() {
  static const std::vector<Column> all{{"case", "case", ""},
                                       {"title", "title", ""},
                                       {"evidence", "evidence", ""},
                                       {"stage", "stage", ""},
                                       {"kind", "kind", ""},
                                       {"figures", "figures", ""},
                                       {"median", "median abs. log error", ""},
                                       {"no_change", "of no change", ""},
                                       {"elasticity", "of the elasticity", ""},
                                       {"compared", "with a rival", ""},
                                       {"better", "nearer than every rival", ""}};
  return all;
}

// Reads a row's cells one after the other; what is wrong is reported with its place.
class RowReader {
 public:
  RowReader(const dataset::CsvRow& row, const std::string& file, base::Diagnostics& diagnostics)
      : row_(row), file_(file), diagnostics_(diagnostics) {}

  std::string text() {
    const auto& cell = row_.cells[next_++];
    if (cell.text.empty()) wrong(cell, "a value");
    return cell.text;
  }
  double number() {
    const auto& cell = row_.cells[next_++];
    if (cell.text.empty()) return kMissing;
    double value = 0;
    const char* end = cell.text.data() + cell.text.size();
    if (std::from_chars(cell.text.data(), end, value).ptr != end) wrong(cell, "a number or nothing");
    return value;
  }
  int count() {
    const auto& cell = row_.cells[next_];
    const double value = number();
    if (!(value >= 0 && value < 1e9)) {
      wrong(cell, "a count");
      return 0;
    }
    return static_cast<int>(value);
  }
  Evidence evidence() {
    const auto& cell = row_.cells[next_++];
    const auto found = evidence_named(cell.text);
    if (!found) wrong(cell, "hold-out, fitted or invented");
    return found.value_or(Evidence::hold_out);
  }

 private:
  const dataset::CsvRow& row_;
  const std::string& file_;
  base::Diagnostics& diagnostics_;
  std::size_t next_ = 0;

  void wrong(const dataset::CsvCell& cell, const char* expected) {
    diagnostics_.error({file_, cell.line, cell.column}, fmt::format("'{:.40}'", cell.text), expected);
  }
};

}  // namespace

std::vector<ClassScore> class_scores(const Case& kase, const Backtest& outcome) {
  std::map<std::pair<world::Stage, FigureKind>, Errors> classes;
  for (std::size_t f = 0; f < kase.figures.size(); ++f) {
    const auto& series = kase.series[kase.figures[f].series];
    if (outcome.figures[f].state != FigureState::scored || series.kind == FigureKind::month) continue;
    if (series.model.products.empty()) continue;  // activity of a plant
    const auto& product = kase.world->products[series.model.products.front().index()];
    add(outcome.figures[f], classes[{product.stage, series.kind}]);
  }
  std::vector<ClassScore> out;
  for (const auto& [key, errors] : classes)
    out.push_back({kase.id, kase.title, kase.evidence, world::to_string(key.first), to_string(key.second),
                   static_cast<int>(errors.model.size()), median(errors.model), median(errors.no_change),
                   median(errors.elasticity), errors.compared, errors.better});
  return out;
}

std::vector<ClassScore> class_scores(const std::vector<std::filesystem::path>& cases,
                                     const std::filesystem::path& shipped) {
  std::vector<ClassScore> all;
  for (const auto& folder : cases) {
    const Case kase = load_case(folder, shipped);
    if (kase.evidence == Evidence::invented) continue;
    for (auto& score : class_scores(kase, backtest(kase))) all.push_back(std::move(score));
  }
  return all;
}

Table class_table(const std::vector<ClassScore>& scores) {
  // Four decimals are more than a reader can use, and no machine differs in them.
  const auto number = [](double value) { return std::isnan(value) ? Cell{} : Cell{std::round(1e4 * value) / 1e4}; };
  const auto count = [](int value) { return static_cast<double>(value); };
  Table table{"backtests", "Backtests by class of product", columns(), {}, ""};
  for (const auto& score : scores)
    table.rows.push_back({score.case_id, score.title, to_string(score.evidence), score.stage, score.kind,
                          count(score.figures), number(score.median), number(score.no_change), number(score.elasticity),
                          count(score.compared), count(score.better)});
  return table;
}

std::vector<ClassScore> read_class_scores(const std::filesystem::path& file) {
  base::Diagnostics diagnostics;
  std::vector<ClassScore> out;
  std::vector<std::string> names;
  for (const auto& column : columns()) names.push_back(column.id);
  const std::string path = file.string();
  if (const auto text = dataset::read_text(path, diagnostics))
    for (const auto& row : dataset::parse_csv(*text, path, names, diagnostics).rows) {
      if (!row.whole) continue;
      RowReader cells(row, path, diagnostics);
      ClassScore score;
      score.case_id = cells.text();
      score.title = cells.text();
      score.evidence = cells.evidence();
      score.stage = cells.text();
      score.kind = cells.text();
      score.figures = cells.count();
      score.median = cells.number();
      score.no_change = cells.number();
      score.elasticity = cells.number();
      score.compared = cells.count();
      score.better = cells.count();
      out.push_back(std::move(score));
    }
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return out;
}

}  // namespace lodestone::insight
