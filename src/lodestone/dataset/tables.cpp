#include "lodestone/dataset/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>

#include "lodestone/dataset/table_builders.hpp"

namespace lodestone::dataset {
namespace schema {
namespace {

std::vector<TableSpec> places() {
  using R = RegionRow;
  using G = GroupRow;
  auto region = column("id", ColumnType::region_id, &R::id, "ISO 3166-1 alpha-3, ROW, or X and more for a rest");
  auto group = column("group", ColumnType::group_id, &G::group, "id of the group");
  return {needed(make<R>("regions.csv", "countries, and the rest of the world", {"id"}, &RawDataset::regions,
                         {region, text("name", &R::name, "name"),
                          choice("kind", &R::rest, {"country", "rest"}, "one country or the rest of several")})),
          with_history(dated(make<G>("groups.csv", "membership of regions in groups, with its dates",
                                     {"group", "region"}, &RawDataset::groups,
                                     {group, text("name", &G::name, "name of the group"),
                                      refer("region", Refers::region, &G::region, "a member")})))};
}

std::vector<TableSpec> goods() {
  using E = ElementRow;
  using P = ProductRow;
  using C = CompositionRow;
  return {needed(make<E>("elements.csv", "accounting elements of the mass balance, in oxide equivalents", {"id"},
                         &RawDataset::elements, {id(&E::id, "id"), text("name", &E::name, "name")})),
          needed(make<P>("products.csv", "traded goods", {"id"}, &RawDataset::products,
                         {id(&P::id, "id"), text("name", &P::name, "name"),
                          choice("stage", &P::stage, stage_names(), "the stage that makes it; of scrap: recycling"),
                          text("basis", &P::basis, "what its mass counts: REO, NdFeB")})),
          needed(make<C>("compositions.csv", "t of an element's oxide equivalent per t of product",
                         {"product", "element"}, &RawDataset::compositions,
                         {refer("product", Refers::product, &C::product, "the product"),
                          refer("element", Refers::element, &C::element, "the element"),
                          number("share", &C::share, {.minimum = 0, .maximum = 1.5}, "unit", "content"),
                          unit("unit", Quantity::share)}))};
}

std::vector<TableSpec> others() {
  using S = StockRow;
  using P = ParameterRow;
  using Q = PublishedShareRow;
  return {make<S>("stocks.csv", "stocks at the start", {"product", "region", "holder"}, &RawDataset::stocks,
                  {refer("product", Refers::product_or_all, &S::product, "the product, or all"),
                   refer("region", Refers::region_group_or_all, &S::region, "region, group or all"),
                   choice("holder", &S::holder, {"working", "commercial", "speculative", "government"}, "who holds it"),
                   number("cover_months", &S::cover_months, {.minimum = 0, .maximum = 120}, "",
                          "months of use: target (working), room (commercial), money (speculative)"),
                   number("quantity", &S::quantity, kNotNegative, "unit", "t of a government or commercial stock"),
                   unit("unit", Quantity::mass)}),
          timeless(make<P>("parameters.csv", "behavioural parameters", {"id"}, &RawDataset::parameters,
                           {id(&P::id, "id"), number("value", &P::value, kAny, "", "value"),
                            number("low", &P::low, kAny, "", "low end"), number("high", &P::high, kAny, "", "high end"),
                            text("unit", &P::unit, "unit"), text("meaning", &P::meaning, "what it means")})),
          with_history(make<Q>("published_shares.csv", "published shares to hold the base year against",
                               {"stage", "measure", "region", "year"}, &RawDataset::published_shares,
                               {choice("stage", &Q::stage, {"mining", "separation", "metal", "magnet"}, "stage"),
                                text("measure", &Q::measure, "what the share is of"),
                                refer("region", Refers::region, &Q::region, "the region"),
                                number("year", &Q::year, {.minimum = 1900, .maximum = 2200}, "", "year"),
                                number("share", &Q::share, kFraction, "", "share")}))};
}

// Behaviour and its uncertainty are held to be the same in every base year.
TableSpec uncertainty() {
  using U = UncertaintyRow;
  const auto words = [](const auto& names) { return std::vector<std::string>(names.begin(), names.end()); };
  return timeless(absent(make<U>(
      "uncertainty.csv", "what is uncertain beside the ranges of parameters.csv, and what moves together",
      {"figure", "of"}, &RawDataset::uncertainty,
      {choice("figure", &U::kind, words(kUncertainKindNames), "a parameter, or what a factor is drawn for"),
       text("of", &U::of, "parameter, end use, stage, product, mine or plant, region; or all"),
       choice("distribution", &U::shape, words(base::kShapeNames), "its distribution: docs/ensembles.md"),
       number("low", &U::low, kAny, "", "low end"),
       number("central", &U::central, kAny, "", "most likely value or mean"),
       number("high", &U::high, kAny, "", "high end"),
       optional(column("group", ColumnType::id, &U::group, "figures of one group move together")),
       number("correlation", &U::correlation, {.minimum = -1, .maximum = 1}, "", "with the group's common factor"),
       text("meaning", &U::meaning, "what it means")})));
}

TableSpec chronicle() {
  using E = EventRow;
  return with_history(absent(
      make<E>(kEventsFile, "dated acts and outcomes", {"event"}, &RawDataset::events,
              {text("event", &E::event, "id of the event"), text("actors", &E::actors, "who acts, joined by ';'"),
               optional(text("targets", &E::targets, "on whom, joined by ';'")),
               text("materials", &E::materials, "elements or groups of them, joined by ';'"),
               text("stage", &E::stage, "stage of the chain, in the chronicle's words"),
               text("act", &E::act, "what was done, in the chronicle's words"),
               optional(text("magnitude", &E::magnitude, "how much, never a price that followed")),
               optional(text("unit", &E::unit, "of the magnitude")),
               choice("status", &E::status, {"lever", "amendment", "not-mappable", "observation"}, "what it is here"),
               optional(text("reason", &E::reason, "why it is not mappable")),
               optional(text("series", &E::series, "of an observation: what of a run it is held against")),
               text("summary", &E::summary, "one sentence")})));
}

std::vector<TableSpec> all_tables() {
  std::vector<TableSpec> all;
  const auto add = [&](std::vector<TableSpec> more) { std::move(more.begin(), more.end(), std::back_inserter(all)); };
  add(places());
  add(goods());
  add(plant_tables());
  add(market_tables());
  add(others());
  all.push_back(uncertainty());
  all.push_back(chronicle());
  return all;
}

}  // namespace
}  // namespace schema

std::vector<std::string> stage_names() {
  return {"mining", "separation", "finishing", "metal", "magnet", "recycling"};
}

base::Place Row::place(std::string_view column_name) const {
  base::Place out = provenance.place;
  if (table == nullptr) return out;
  const std::size_t index = table->column(column_name);
  if (index < cell_columns.size()) out.column = cell_columns[index];
  return out;
}

bool Range::contains(double value) const {
  return (open_minimum ? value > minimum : value >= minimum) && (open_maximum ? value < maximum : value <= maximum);
}

std::string Range::text() const {
  if (maximum >= schema::kMany && minimum <= -schema::kMany) return "";
  std::string low = fmt::format("{} {}", open_minimum ? "above" : "of at least", minimum);
  if (maximum >= schema::kMany) return low;
  if (open_maximum && minimum <= -10) return fmt::format("below {}", maximum);
  if (!open_minimum && !open_maximum) return fmt::format("between {} and {}", minimum, maximum);
  return fmt::format("{} and {} {}", low, open_maximum ? "below" : "at most", maximum);
}

std::size_t TableSpec::column(std::string_view column_name) const {
  const auto it =
      std::find_if(columns.begin(), columns.end(), [&](const ColumnSpec& spec) { return spec.name == column_name; });
  return static_cast<std::size_t>(it - columns.begin());
}

std::span<const TableSpec> tables() {
  static const std::vector<TableSpec> all = schema::all_tables();
  return all;
}

const TableSpec& table(std::string_view file) {
  const auto all = tables();
  const auto it = std::find_if(all.begin(), all.end(), [&](const TableSpec& spec) { return spec.file == file; });
  assert(it != all.end());
  return *it;
}

}  // namespace lodestone::dataset
