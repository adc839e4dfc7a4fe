#include "lodestone/insight/case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dataset/toml_reader.hpp"
#include "lodestone/insight/expression_leaves.hpp"
#include "lodestone/insight/kept.hpp"
#include "lodestone/policy/lever_reader.hpp"

namespace lodestone::insight {
namespace {

using base::Diagnostics;
using base::Place;

const std::vector<std::string> kKinds{"price", "quantity", "ratio", "share", "month"};
const std::vector<std::string> kEvidence{"hold-out", "fitted", "invented"};

Place value_place(const CaseTable& table, const std::string& key) {
  Place place = table.at(key);
  ++place.column;  // behind the quote
  return place;
}

class Assembler {
 public:
  Assembler(const CaseFile& file, const dataset::RawDataset& raw, Case& out, Diagnostics& diagnostics)
      : file_(file),
        out_(out),
        diagnostics_(diagnostics),
        money_(raw),
        grounds_(grounds_of(*out.world, money_, out.scenario)) {}

  void run() {
    read_allowed();
    for (const auto& table : file_.series) read_series(table);
    for (const auto& table : file_.reproduce) read_proposition(table);
    read_left_out();
    check_every_row_is_spoken_for();
  }

 private:
  const CaseFile& file_;
  Case& out_;
  Diagnostics& diagnostics_;
  dataset::Money money_;
  Grounds grounds_;
  std::set<std::string> mapped_;

  std::optional<Expression> compiled(const CaseTable& table, const std::string& key) {
    if (!table.values.has(key)) return std::nullopt;
    return compile(table.values.text(key), value_place(table, key), grounds_, out_.probes, diagnostics_);
  }

  void read_allowed() {
    for (const auto& table : file_.allowed) {
      const auto& values = table.values;
      if (!values.has("id") || !values.has("from") || !values.has("to") || !values.has("share")) continue;
      if (values.month("to") < values.month("from"))
        diagnostics_.error(table.at("to"), "to = " + values.month("to").text(),
                           "a month from " + values.month("from").text() + " on");
      out_.allowed.push_back({values.text("id"), values.month("from"), values.month("to"), values.number("share")});
    }
  }

  void read_series(const CaseTable& table) {
    const int errors_before = diagnostics_.errors();
    const auto& values = table.values;
    SeriesMap series;
    if (values.has("id")) series.id = values.text("id");
    if (values.has("note")) series.note = values.text("note");
    if (values.has("headline")) series.headline = values.boolean("headline");
    if (values.has("kind")) {
      const auto kind = std::find(kKinds.begin(), kKinds.end(), values.text("kind"));
      if (kind == kKinds.end())
        diagnostics_.error(table.at("kind"), fmt::format("kind = '{:.40}'", values.text("kind")),
                           fmt::format("one of {}", fmt::join(kKinds, ", ")),
                           base::nearest_name(values.text("kind"), kKinds));
      else
        series.kind = static_cast<FigureKind>(kind - kKinds.begin());
    }
    check_allowed(table, series);
    auto model = compiled(table, "model");
    const auto names = observed_names(table);
    for (const auto& name : names) mapped_.insert(name);
    if (!model || diagnostics_.errors() > errors_before) return;
    series.model_text = values.text("model");
    series.model = std::move(*model);
    check_kind(table, series);
    if (series.kind == FigureKind::price) read_basis(table, series);
    if (diagnostics_.errors() > errors_before) return;
    out_.series.push_back(std::move(series));
    add_figures(names);
  }

  void check_allowed(const CaseTable& table, SeriesMap& series) {
    if (!table.values.has("allowed")) return;
    series.allowed = table.values.text("allowed");
    std::vector<std::string> ids;
    for (const auto& allowed : out_.allowed) ids.push_back(allowed.id);
    if (std::find(ids.begin(), ids.end(), series.allowed) == ids.end())
      diagnostics_.error(table.at("allowed"), fmt::format("allowed = '{:.60}'", series.allowed),
                         "the id of a table [[allowed]]", base::nearest_name(series.allowed, ids));
  }

  // The series of observed.csv that the table names: one, or the two ends of a range.
  std::vector<std::string> observed_names(const CaseTable& table) {
    const auto& values = table.values;
    const bool one = values.has("observed"), range = values.has("low") && values.has("high");
    if (one == range || (one && (values.has("low") || values.has("high")))) {
      diagnostics_.error(table.place, "a series with neither or both of observed and low, high",
                         "observed = one series of observed.csv, or low and high for a quoted range");
      return {};
    }
    std::vector<std::string> known;
    for (const auto& row : file_.observed) known.push_back(row.series);
    std::vector<std::string> names;
    for (const char* key : one ? std::vector<const char*>{"observed"} : std::vector<const char*>{"low", "high"}) {
      const std::string& name = values.text(key);
      names.push_back(name);
      if (std::find(known.begin(), known.end(), name) == known.end())
        diagnostics_.error(table.at(key), fmt::format("{} = '{:.60}'", key, name), "a series of observed.csv",
                           base::nearest_name(name, known));
    }
    return names;
  }

  void check_kind(const CaseTable& table, const SeriesMap& series) {
    const Type& type = series.model.type;
    const auto wrong = [&](const char* expected) {
      diagnostics_.error(table.at("model"), fmt::format("{} for kind = '{}'", to_string(type), to_string(series.kind)),
                         expected);
    };
    const bool number = type.kind == Kind::number;
    switch (series.kind) {
      case FigureKind::price:
        if (!number || !(type.dimension == kPrice)) wrong("a price in USD/t");
        break;
      case FigureKind::quantity:
        if (!number || (!(type.dimension == kFlow) && !(type.dimension == kMass))) wrong("a quantity: t or t/month");
        break;
      case FigureKind::ratio:
      case FigureKind::share:
        if (!number || !(type.dimension == kPlain)) wrong("a number without unit: one quantity over another");
        break;
      case FigureKind::month:
        if (type.series || (type.kind != Kind::month && !(number && type.dimension == kTime)))
          wrong("a month, or a number of months");
        break;
    }
  }

  // Unlike bases are refused: a quote FOB needs an expression FOB.
  void read_basis(const CaseTable& table, SeriesMap& series) {
    const auto& values = table.values;
    for (const char* key : {"incoterm", "basis", "vat"})
      if (!values.has(key))
        diagnostics_.error(table.place, fmt::format("a price without {}", key),
                           "incoterm, basis and vat, as the quote says");
    if (values.has("vat")) series.basis.vat = values.number("vat");
    if (values.has("basis")) {
      const std::vector<std::string> words{"nominal", "real-2024"};
      if (std::find(words.begin(), words.end(), values.text("basis")) == words.end())
        diagnostics_.error(table.at("basis"), fmt::format("basis = '{:.40}'", values.text("basis")),
                           "nominal or real-2024", base::nearest_name(values.text("basis"), words));
      series.basis.real = values.text("basis") == words[1];
    }
    if (!values.has("incoterm")) return;
    const std::string& incoterm = values.text("incoterm");
    const std::vector<std::string> words{"exw", "fob", "cif"};
    if (std::find(words.begin(), words.end(), incoterm) == words.end()) {
      diagnostics_.error(table.at("incoterm"), fmt::format("incoterm = '{:.40}'", incoterm),
                         "exw (also: delivered, duty paid), fob or cif", base::nearest_name(incoterm, words));
      return;
    }
    for (const auto& name : series.model.leaves)
      if (const Leaf* leaf = find_leaf(name); !leaf->incoterm.empty() && leaf->incoterm != incoterm)
        diagnostics_.error(table.at("model"), fmt::format("{}(...) for a quote {}", name, incoterm),
                           fmt::format("{}", incoterm == "exw" ? "price(...)" : incoterm + "(...)"));
  }

  [[nodiscard]] Place at(const Observation& row, std::size_t column) const {
    return {file_.path("observed.csv"), row.line, row.columns[column]};
  }

  void add_figures(const std::vector<std::string>& names) {
    for (const auto& row : file_.observed) {
      if (row.series != names.front() || !row.usable) continue;
      if (names.size() == 1) {
        add_figure(row, nullptr);
        continue;
      }
      const auto high = std::find_if(file_.observed.begin(), file_.observed.end(), [&](const Observation& other) {
        return other.series == names.back() && other.usable && other.date == row.date;
      });
      if (high == file_.observed.end())
        diagnostics_.error(at(row, 1), fmt::format("a low end of {} without a high one", row.date_text),
                           fmt::format("a row of {} of the same date", names.back()));
      else
        add_figure(row, &*high);
    }
  }

  void add_figure(const Observation& row, const Observation* high) {
    const int errors_before = diagnostics_.errors();
    const SeriesMap& series = out_.series.back();
    Figure figure;
    figure.series = out_.series.size() - 1;
    figure.date_text = row.date_text;
    figure.unit_text = row.unit;
    figure.source = row.source;
    figure.date = row.date;
    figure.place = at(row, 2);
    const bool wants_month = series.kind == FigureKind::month && series.model.type.kind == Kind::month;
    if (wants_month) {
      if (!row.month)
        diagnostics_.error(at(row, 2), fmt::format("'{:.40}'", row.value_text), "a month such as 2011-08");
      figure.observed = row.month ? row.month->count : 0;
    } else {
      const bool may_be_0 =
          high == nullptr && (series.kind == FigureKind::quantity || series.kind == FigureKind::share);
      figure.observed = may_be_0 && row.value && *row.value == 0 ? 0 : positive(row);
      if (high != nullptr) {
        figure.low = figure.observed;
        figure.high = positive(*high);
        figure.observed = std::sqrt(figure.low * figure.high);
        if (high->unit != row.unit)
          diagnostics_.error(at(*high, 3), fmt::format("unit '{:.40}'", high->unit),
                             fmt::format("'{}', as the low end", row.unit));
      }
      set_unit(row, series, figure);
    }
    if (diagnostics_.errors() == errors_before) out_.figures.push_back(std::move(figure));
  }

  double positive(const Observation& row) {
    if (row.value && *row.value > 0) return *row.value;
    diagnostics_.error(at(row, 2), fmt::format("'{:.40}'", row.value_text),
                       "a number above 0, whose logarithm can be compared (quantities and shares may be 0)");
    return 1;
  }

  void set_unit(const Observation& row, const SeriesMap& series, Figure& figure) {
    const NamedUnit* unit = leading_unit(row.unit);
    if (unit == nullptr) {
      const auto names = named_unit_names();
      diagnostics_.error(at(row, 3), fmt::format("unit '{:.40}'", row.unit),
                         fmt::format("one of {}, perhaps with a remark behind a blank", fmt::join(names, ", ")),
                         base::nearest_name(row.unit, names));
      return;
    }
    figure.unit = *unit;
    const Dimension model = series.model.type.dimension;
    // A flow per month is summed when the figure is an amount.
    const bool summed = series.model.type.series && model == kFlow && unit->dimension == kMass;
    if (!summed && !(model == unit->dimension)) {
      diagnostics_.error(at(row, 3), fmt::format("unit '{:.40}' for series '{}'", row.unit, series.id),
                         fmt::format("a unit of {}", unit_of(model)));
      return;
    }
    figure.to_unit = 1 / unit->factor;
    const bool in_run = row.date.from.in_month() >= grounds_.start && row.date.to.in_month() <= grounds_.last();
    if (series.kind == FigureKind::price && in_run) to_money_of(row, series.basis, figure);
  }

  // From dollars of 2024 without VAT to the quote's money.
  void to_money_of(const Observation& row, const PriceBasis& basis, Figure& figure) {
    const auto rate = money_.rate(figure.unit.currency, basis.real ? base::whole_year(dataset::kMoneyYear) : row.date);
    const auto deflation = basis.real ? std::optional(1.0) : money_.deflation(row.date.from.year);
    if (!rate)
      diagnostics_.error(at(row, 1), fmt::format("{} of {}", figure.unit.currency, row.date_text),
                         "a date for which fx.csv has a rate: add a row to the overlay or dataset of the case");
    if (!deflation)
      diagnostics_.error(at(row, 1), fmt::format("nominal money of {}", row.date.from.year),
                         "a year for which deflator.csv has an index: add a row to the overlay or dataset of the case");
    if (rate && deflation) figure.to_unit *= (1 + basis.vat) * *rate / *deflation;
  }

  void read_proposition(const CaseTable& table) {
    auto holds = compiled(table, "proposition");
    if (!holds) return;
    const auto& values = table.values;
    if (holds->type.kind != Kind::truth || holds->type.series) {
      diagnostics_.error(table.at("proposition"), to_string(holds->type),
                         "a condition that holds or not, such as max(price(...)) > 400 USD/kg");
      return;
    }
    if (holds->uses_period) {
      diagnostics_.error(table.at("proposition"), "the word period", "dates: period is the date of an observed figure");
      return;
    }
    if (values.has("id") && values.has("text") && values.has("tolerance") && values.has("tolerance-months"))
      out_.propositions.push_back({values.text("id"), values.text("text"), values.text("proposition"),
                                   std::move(*holds), values.number("tolerance"), values.number("tolerance-months")});
  }

  void read_left_out() {
    std::set<std::string> names;
    for (const auto& row : file_.observed) names.insert(row.series);
    const std::vector<std::string> known(names.begin(), names.end());
    for (const auto& table : file_.left_out) {
      if (!table.values.has("series") || !table.values.has("reason")) continue;
      for (const auto& name : table.values.list("series")) {
        if (!names.contains(name))
          diagnostics_.error(table.at("series"), fmt::format("'{:.60}'", name), "a series of observed.csv",
                             base::nearest_name(name, known));
        else if (mapped_.contains(name))
          diagnostics_.error(table.at("series"), fmt::format("'{:.60}', which a [[series]] uses", name),
                             "series that are not compared");
        out_.left_out.emplace_back(name, table.values.text("reason"));
      }
    }
  }

  // No observed figure is passed over in silence.
  void check_every_row_is_spoken_for() {
    std::set<std::string> spoken = mapped_;
    for (const auto& entry : out_.left_out) spoken.insert(entry.first);
    for (const auto& row : file_.observed)
      if (!row.series.empty() && spoken.insert(row.series).second)
        diagnostics_.error(at(row, 0), fmt::format("series '{:.60}', which case.toml does not name", row.series),
                           "a [[series]] that maps it, or a [[left-out]] that says why it is not compared");
  }
};

bool has_head(const CaseFile& file) {
  for (const char* key : {"id", "title", "question", "start", "end", "shock"})
    if (!file.head.values.has(key)) return false;
  return true;
}

void set_parameters(const ParameterValues& parameters, dataset::RawDataset& raw, Diagnostics& diagnostics) {
  std::vector<std::string> ids;
  for (const auto& row : raw.parameters) ids.push_back(row.id);
  for (const auto& [id, value] : parameters) {
    const auto row = std::find(ids.begin(), ids.end(), id);
    if (row == ids.end())
      diagnostics.error({}, fmt::format("parameter '{:.60}'", id), "a parameter of parameters.csv",
                        base::nearest_name(id, ids));
    else
      raw.parameters[static_cast<std::size_t>(row - ids.begin())].value = value;
  }
}

}  // namespace

std::string to_string(FigureKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}

std::string to_string(Evidence evidence) {
  return kEvidence[static_cast<std::size_t>(evidence)];
}

std::optional<Evidence> evidence_named(const std::string& name) {
  const auto found = std::find(kEvidence.begin(), kEvidence.end(), name);
  if (found == kEvidence.end()) return std::nullopt;
  return static_cast<Evidence>(found - kEvidence.begin());
}

double allowed_share(const Case& kase, const std::string& id, const base::Period& period) {
  double share = 1;
  bool found = false;
  for (const auto& allowed : kase.allowed)
    if (allowed.id == id && allowed.from <= period.to.in_month() && period.from.in_month() <= allowed.to) {
      share = found ? std::min(share, allowed.share) : allowed.share;
      found = true;
    }
  return share;
}

namespace {

void read_growth(const CaseFile& file, Case& out, Diagnostics& diagnostics) {
  if (!file.head.values.has("demand-growth")) return;
  const std::string& path = file.head.values.text("demand-growth");
  const auto names = out.world->growth_names();
  if (std::find(names.begin(), names.end(), path) == names.end())
    diagnostics.error(file.head.at("demand-growth"), fmt::format("demand-growth = '{:.60}'", path),
                      fmt::format("one of {}, the paths of the dataset", fmt::join(names, ", ")),
                      base::nearest_name(path, names));
  else
    out.scenario.demand_growth = path;
}

}  // namespace

Case assemble(const CaseFile& file, const ParameterValues& parameters, Diagnostics& diagnostics) {
  Case out;
  if (!has_head(file) || !file.data_read) return out;
  const auto& head = file.head.values;
  out.id = head.text("id");
  out.title = head.text("title");
  out.question = head.text("question");
  out.folder = file.folder.string();
  if (head.has("evidence")) {
    const auto evidence = evidence_named(head.text("evidence"));
    if (!evidence)
      diagnostics.error(file.head.at("evidence"), fmt::format("evidence = '{:.40}'", head.text("evidence")),
                        fmt::format("one of {}", fmt::join(kEvidence, ", ")),
                        base::nearest_name(head.text("evidence"), kEvidence));
    else
      out.evidence = *evidence;
  }
  out.start = file.start();
  out.shock = file.shock();
  out.months = file.months();
  dataset::RawDataset raw = file.data;
  const int errors_before = diagnostics.errors();
  set_parameters(parameters, raw, diagnostics);
  if (diagnostics.errors() > errors_before) return out;
  out.world = std::make_unique<world::World>(dataset::build(raw, diagnostics));
  if (out.start < out.world->start)
    diagnostics.error(file.head.at("start"), "start = " + out.start.text(),
                      fmt::format("a month from {} on, where the dataset starts", out.world->start.text()));
  if (diagnostics.errors() > errors_before) return out;
  auto document = dataset::parse_toml(file.text, file.path("case.toml"), diagnostics);
  out.scenario.id = out.id;
  out.scenario.title = out.title;
  out.scenario.question = out.question;
  out.scenario.text = file.text;
  out.scenario.start = out.start;
  out.scenario.months = out.months;
  read_growth(file, out, diagnostics);
  out.scenario.levers = policy::read_levers(*document, *out.world, {out.start, out.months}, diagnostics);
  Assembler(file, raw, out, diagnostics).run();
  return out;
}

Case load_case(const std::filesystem::path& folder, const std::filesystem::path& shipped) {
  Diagnostics diagnostics;
  const CaseFile file = read_case(folder, shipped, diagnostics);
  Case kase = assemble(file, {}, diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return kase;
}

}  // namespace lodestone::insight
