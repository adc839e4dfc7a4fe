// A case ready to be run: its world, its levers, and every expression compiled against them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/insight/case_file.hpp"
#include "lodestone/insight/expression.hpp"
#include "lodestone/policy/scenario.hpp"

namespace lodestone::insight {

enum class FigureKind { price, quantity, ratio, share, month };

/// On which terms a price was quoted.
struct PriceBasis {
  bool real = false;  // money of 2024
  double vat = 0;     // included in the quote
};

/// How an observed series is held against the model.
struct SeriesMap {
  std::string id, note, allowed;  // allowed: empty when policy sets no quantity
  FigureKind kind = FigureKind::price;
  bool headline = false;  // the case is about it
  std::string model_text;
  Expression model;
  PriceBasis basis;
};

/// One observed figure.
struct Figure {
  std::size_t series = 0;  // index into Case::series
  std::string date_text, unit_text, source;
  base::Period date;
  NamedUnit unit;
  double observed = 0, low = 0, high = 0;  // in its unit; of a month its count; low and high of a quoted range, else 0
  double to_unit = 1;                      // the figure's unit per unit of the model
  base::Place place;
};

struct Proposition {
  std::string id, text, words;
  Expression holds;
  double tolerance = 0, tolerance_months = 0;
};

/// Part of the quantity that policy allows, Q/Q0.
struct Allowed {
  std::string id;
  base::Month from, to;
  double share = 1;
};

/// What a case can show: nothing was fitted to it; parameters were chosen with it in sight; its figures are made up.
enum class Evidence { hold_out, fitted, invented };

struct Case {
  std::string id, title, question, folder;
  Evidence evidence = Evidence::hold_out;
  base::Month start, shock;
  int months = 0;
  std::unique_ptr<world::World> world;
  policy::Scenario scenario;
  Probes probes;
  std::vector<SeriesMap> series;
  std::vector<Figure> figures;
  std::vector<Proposition> propositions;
  std::vector<Allowed> allowed;
  std::vector<std::pair<std::string, std::string>> left_out;  // observed series and why it is not compared
};

/// Values of behavioural parameters that differ from the dataset's.
using ParameterValues = std::map<std::string, double>;

/// Builds the world and compiles the case. Everything that is wrong goes to `diagnostics`; the result is meant to be
/// used only without errors.
Case assemble(const CaseFile& file, const ParameterValues& parameters, base::Diagnostics& diagnostics);

/// Reads and assembles. Throws base::InputError with every diagnostic.
Case load_case(const std::filesystem::path& folder, const std::filesystem::path& shipped);

/// Smallest share of the usual quantity that policy allows in the months of a period; 1 where nothing is said.
double allowed_share(const Case& kase, const std::string& id, const base::Period& period);

std::string to_string(FigureKind kind);
/// "hold-out", "fitted", "invented"
std::string to_string(Evidence evidence);
std::optional<Evidence> evidence_named(const std::string& name);

}  // namespace lodestone::insight
