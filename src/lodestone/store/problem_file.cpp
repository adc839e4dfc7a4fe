#include "lodestone/store/problem_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "lodestone/store/json_fields.hpp"
#include "lodestone/store/whole_file.hpp"

namespace lodestone::store {
namespace {

using market::Index;

constexpr std::array kFileKeys{
    "schema_version", "name",           "regions",   "products",     "nodes",   "rows",       "cols",     "price_scale",
    "money_scale",    "quantity_scale", "colptr",    "rowidx",       "coef",    "kind",       "finite_u", "quad",
    "wedged",         "first_period",   "row_names", "column_names", "periods", "description"};
constexpr std::array kPeriodKeys{"label",   "t", "c",   "q",         "u",     "w",         "banned",
                                 "group_b", "b", "kkt", "objective", "duals", "nonunique", "piqp_objective",
                                 "piqp_kkt"};

constexpr Index kMostColumns = 10'000'000;

constexpr NumberRule kFinite{"a number", [](double v) { return std::isfinite(v); }};
constexpr NumberRule kNotZero{"a number other than 0", [](double v) { return std::isfinite(v) && v != 0; }};
constexpr NumberRule kPositive{"a number above 0", [](double v) { return std::isfinite(v) && v > 0; }};
constexpr NumberRule kCurvature{"a number not below 0", [](double v) { return std::isfinite(v) && v >= 0; }};
constexpr NumberRule kBound{"a number not below 0, or null for no bound", [](double v) { return v >= 0; }};
constexpr NumberRule kWedge{"a number above -1", [](double v) { return std::isfinite(v) && v > -1; }};

/// Where the sparse lists of a period put their numbers.
struct Lists {
  std::vector<Index> bounded, curved, wedged;
};

void read_scales(const JsonValue& root, JsonFields& in, market::Topology& t) {
  const auto rows = static_cast<std::size_t>(t.rows);
  const JsonValue* scale = root.find("price_scale");
  double one = 0;
  if (scale != nullptr && std::holds_alternative<double>(scale->data)) {
    one = std::get<double>(scale->data);
    if (!kPositive.holds(one)) in.error(scale->offset, fmt::format("price_scale is {}", one), kPositive.words);
    t.price_scale.assign(rows, one);
  } else {
    const auto list = in.numbers(root, "price_scale", "", rows, kPositive);
    t.price_scale.assign(list.begin(), list.end());
  }
  const bool money = root.find("money_scale") != nullptr;
  if (!money && one == 0 && scale != nullptr) {
    in.error(root.offset, "price_scale is a list and money_scale is missing", "money_scale, money per month");
    return;
  }
  const char* name = money ? "money_scale" : "quantity_scale";
  const double* value = in.get<double>(root, name, "", kPositive.words);
  if (value == nullptr) return;
  t.money_scale = money ? *value : *value * one;
  if (!kPositive.holds(t.money_scale))
    in.error(root.find(name)->offset, fmt::format("{} is {}", name, *value), kPositive.words);
}

void read_columns(const JsonValue& root, JsonFields& in, market::Topology& t) {
  const auto* coef = in.get<JsonNumbers>(root, "coef", "", "a list of numbers");
  if (coef == nullptr) return;
  const auto nonzeros = coef->values.size();
  const auto values = in.numbers(root, "coef", "", nonzeros, kNotZero);
  t.coef.assign(values.begin(), values.end());
  t.col_start = in.indices(root, "colptr", "", static_cast<Index>(nonzeros) + 1, JsonFields::Order::any, true);
  t.row_of = in.indices(root, "rowidx", "", t.rows, JsonFields::Order::any, true);
  in.stop_if_wrong();
  const JsonValue& starts = *root.find("colptr");
  if (t.col_start.size() != static_cast<std::size_t>(t.cols) + 1)
    in.error(starts.offset, fmt::format("colptr has {} entries", t.col_start.size()),
             fmt::format("cols + 1 = {}", t.cols + 1));
  else if (t.col_start.front() != 0 || t.col_start.back() != static_cast<Index>(nonzeros) ||
           !std::is_sorted(t.col_start.begin(), t.col_start.end()))
    in.error(starts.offset, "colptr does not rise from 0 to the number of coefficients",
             fmt::format("0, ..., {}, never falling", nonzeros));
  if (t.row_of.size() != nonzeros)
    in.error(root.find("rowidx")->offset, fmt::format("rowidx has {} entries", t.row_of.size()),
             fmt::format("{}, one for each of coef", nonzeros));
  in.stop_if_wrong();
  const auto& offsets = std::get<JsonNumbers>(root.find("rowidx")->data).offsets;
  for (Index j = 0; j < t.cols; ++j)
    for (Index p = t.col_start[j] + 1; p < t.col_start[j + 1]; ++p)
      if (t.row_of[p] <= t.row_of[p - 1])
        in.error(offsets[p], fmt::format("rowidx[{}] is {} after {} in column {}", p, t.row_of[p], t.row_of[p - 1], j),
                 "rows that ascend within a column");
}

market::Topology read_topology(const JsonValue& root, JsonFields& in) {
  market::Topology t;
  const auto rows = in.count(root, "rows", kMostRows), nodes = in.count(root, "nodes", kMostRows),
             cols = in.count(root, "cols", kMostColumns);
  in.stop_if_wrong();
  t.rows = *rows;
  t.nodes = *nodes;
  t.cols = *cols;
  if (t.nodes > t.rows)
    in.error(root.find("nodes")->offset, fmt::format("nodes = {}", t.nodes), fmt::format("at most rows = {}", t.rows));
  read_scales(root, in, t);
  read_columns(root, in, t);
  in.stop_if_wrong();
  return t;
}

void spread(std::span<const double> values, const std::vector<Index>& at, std::vector<double>& out) {
  for (std::size_t k = 0; k < values.size(); ++k) out[at[k]] = values[k];
}

void read_rhs(const JsonValue& period, const std::string& where, const market::Topology& t, JsonFields& in,
              std::vector<double>& rhs) {
  const JsonValue* whole = period.find("b");
  const JsonValue* limits = period.find("group_b");
  if (whole != nullptr && limits != nullptr)
    in.error(limits->offset, fmt::format("{}group_b beside {}b", where, where), "one of the two");
  if (whole != nullptr) {
    const auto b = in.numbers(period, "b", where, rhs.size(), kFinite);
    std::copy(b.begin(), b.end(), rhs.begin());
  } else {
    const auto b =
        in.numbers(period, "group_b", where, static_cast<std::size_t>(t.rows - t.nodes), kFinite, t.rows > t.nodes);
    std::copy(b.begin(), b.end(), rhs.begin() + t.nodes);
  }
}

std::string read_label(const JsonValue& period, const std::string& where, std::size_t number, JsonFields& in) {
  if (const auto* label = in.get<std::string>(period, "label", where, "a text", false)) return *label;
  if (const auto* t = in.get<double>(period, "t", where, "a number", false)) return fmt::format("{}", *t);
  return fmt::format("{}", number);
}

Period read_period(const JsonValue& value, std::size_t number, const market::Topology& t, const Lists& lists,
                   JsonFields& in) {
  const std::string where = fmt::format("periods[{}].", number);
  in.check_keys(value, where, kPeriodKeys);
  Period period{read_label(value, where, number, in), market::Numbers::zeros(t), {}};
  auto& n = period.numbers;
  const auto cost = in.numbers(value, "c", where, n.cost.size(), kFinite);
  std::copy(cost.begin(), cost.end(), n.cost.begin());
  spread(in.numbers(value, "q", where, lists.curved.size(), kCurvature, !lists.curved.empty()), lists.curved,
         n.curvature);
  spread(in.numbers(value, "u", where, lists.bounded.size(), kBound, !lists.bounded.empty()), lists.bounded, n.upper);
  spread(in.numbers(value, "w", where, lists.wedged.size(), kWedge, !lists.wedged.empty()), lists.wedged, n.wedge);
  for (const Index j : in.indices(value, "banned", where, t.cols, JsonFields::Order::any, false)) n.upper[j] = 0;
  read_rhs(value, where, t, in, n.rhs);

  if (const auto* objective = in.get<double>(value, "objective", where, "a number", false))
    period.reference.objective = *objective;
  const auto price = in.numbers(value, "duals", where, static_cast<std::size_t>(t.rows), kFinite, false);
  period.reference.price.assign(price.begin(), price.end());
  period.reference.not_unique = in.indices(value, "nonunique", where, t.rows, JsonFields::Order::ascending, false);
  for (const char* name : {"kkt", "piqp_objective", "piqp_kkt"}) in.get<double>(value, name, where, "a number", false);
  return period;
}

void read_periods(const JsonValue& root, const Lists& lists, JsonFields& in, ProblemSequence& out) {
  const auto* periods = in.get<JsonList>(root, "periods", "", "a list of at least one period");
  in.stop_if_wrong();
  const auto& t = out.topology;
  const auto each = static_cast<std::uint64_t>(3 * static_cast<std::int64_t>(t.cols) + t.nonzeros() + t.rows);
  if (periods->size() * each > kMostPeriodNumbers)
    in.error(root.find("periods")->offset, fmt::format("{} periods of {} numbers", periods->size(), each),
             fmt::format("at most {} numbers in one file", kMostPeriodNumbers));
  in.stop_if_wrong();
  out.periods.reserve(periods->size());
  for (std::size_t k = 0; k < periods->size(); ++k) {
    const JsonValue& period = (*periods)[k];
    if (std::holds_alternative<JsonObject>(period.data))
      out.periods.push_back(read_period(period, k, t, lists, in));
    else
      in.error(period.offset, fmt::format("periods[{}] is {}", k, period.kind()), "an object");
  }
}

/// Fields that only tell people something are checked for their type.
void check_remarks(const JsonValue& root, JsonFields& in) {
  for (const char* name : {"regions", "products", "first_period"}) in.get<double>(root, name, "", "a number", false);
  in.get<std::string>(root, "description", "", "a text", false);
}

void check_schema(const JsonValue& root, JsonFields& in) {
  const auto* version = in.get<double>(root, "schema_version", "", "a whole number", false);
  if (version != nullptr && *version != kProblemSchema)
    in.error(root.find("schema_version")->offset, fmt::format("schema_version {}", *version),
             fmt::format("{}: a file of another version of Lodestone; export it again", kProblemSchema));
  in.stop_if_wrong();
}

}  // namespace

ProblemSequence parse_problems(std::string_view text, const std::string& file_name) {
  const JsonValue root = parse_located_json(text, file_name);
  JsonFields in(text, file_name);
  if (!std::holds_alternative<JsonObject>(root.data))
    in.error(root.offset, fmt::format("the file holds {}", root.kind()), "an object");
  in.stop_if_wrong();
  check_schema(root, in);
  in.check_keys(root, "", kFileKeys);
  check_remarks(root, in);
  ProblemSequence out;
  if (const auto* name = in.get<std::string>(root, "name", "", "a text", false)) out.name = *name;
  out.topology = read_topology(root, in);
  const auto& t = out.topology;
  Lists lists;
  lists.bounded = in.indices(root, "finite_u", "", t.cols, JsonFields::Order::ascending, false);
  lists.curved = in.indices(root, "quad", "", t.cols, JsonFields::Order::ascending, false);
  lists.wedged = in.indices(root, "wedged", "", t.nonzeros(), JsonFields::Order::ascending, false);
  (void)in.numbers(root, "kind", "", static_cast<std::size_t>(t.cols), kFinite, false);
  out.row_names = in.texts(root, "row_names", static_cast<std::size_t>(t.rows));
  out.column_names = in.texts(root, "column_names", static_cast<std::size_t>(t.cols));
  in.stop_if_wrong();
  read_periods(root, lists, in, out);
  in.stop_if_wrong();
  return out;
}

ProblemSequence read_problems(const std::filesystem::path& file) {
  return parse_problems(read_whole(file, kLargestProblemFile), file.string());
}

}  // namespace lodestone::store
