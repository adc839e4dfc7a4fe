#include "lodestone/dataset/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <iterator>
#include <type_traits>
#include <utility>

#include "lodestone/dataset/units.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kMany = 1e12;
constexpr int kPlansReach = 12;  // years from a plan to what it plans
const Range kNotNegative{.minimum = 0, .maximum = kMany};
const Range kPositive{.minimum = 0, .maximum = kMany, .open_minimum = true};
const Range kFraction{.minimum = 0, .maximum = 1};
const Range kElasticity{.minimum = -10, .maximum = 0, .open_maximum = true};
const Range kAny{.minimum = -kMany, .maximum = kMany};

template <class>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

// Puts a cell's value into a member of the row. Booleans are choices of two words, the second meaning true.
template <class R, class T>
std::function<void(Row&, const CellValue&)> into(T R::*member) {
  return [member](Row& row, const CellValue& value) {
    T& target = static_cast<R&>(row).*member;
    if constexpr (std::is_same_v<T, std::string>)
      target = value.text;
    else if constexpr (std::is_same_v<T, bool>)
      target = value.choice == 1;
    else if constexpr (std::is_same_v<T, base::Period>)
      target = value.period;
    else if constexpr (std::is_same_v<T, std::optional<base::Period>>)
      target = value.empty ? T{} : T{value.period};
    else if constexpr (std::is_enum_v<T>)
      target = static_cast<T>(value.choice);
    else if constexpr (kIsOptional<T>)
      target = value.empty ? T{} : T{value.number};
    else
      target = static_cast<T>(value.number);
  };
}

template <class R, class T>
ColumnSpec column(std::string name, ColumnType type, T R::*member, std::string meaning) {
  ColumnSpec spec;
  spec.name = std::move(name);
  spec.type = type;
  spec.meaning = std::move(meaning);
  spec.set = into(member);
  return spec;
}

template <class R>
ColumnSpec id(std::string R::*member, std::string meaning) {
  return column("id", ColumnType::id, member, std::move(meaning));
}

template <class R>
ColumnSpec text(std::string name, std::string R::*member, std::string meaning) {
  return column(std::move(name), ColumnType::text, member, std::move(meaning));
}

template <class R>
ColumnSpec refer(std::string name, Refers refers, std::string R::*member, std::string meaning) {
  auto spec = column(std::move(name), ColumnType::text, member, std::move(meaning));
  spec.refers = refers;
  return spec;
}

template <class R, class T>
ColumnSpec number(std::string name, T R::*member, Range range, const std::string& unit_column, std::string meaning) {
  auto spec = column(std::move(name), std::is_same_v<T, int> ? ColumnType::whole : ColumnType::number, member,
                     std::move(meaning));
  spec.range = range;
  spec.unit_column = unit_column;
  spec.required = !kIsOptional<T>;
  return spec;
}

template <class R, class T>
ColumnSpec choice(std::string name, T R::*member, const std::vector<std::string>& words, std::string meaning) {
  auto spec = column(std::move(name), ColumnType::choice, member, std::move(meaning));
  spec.choices = words;
  return spec;
}

ColumnSpec unit(std::string name, Quantity quantity) {
  ColumnSpec spec;
  spec.name = std::move(name);
  spec.type = ColumnType::unit;
  spec.meaning = "unit";
  spec.quantity = quantity;
  spec.choices = unit_names(quantity);
  spec.set = [](Row&, const CellValue&) {};
  return spec;
}

void set_source(Row& row, const CellValue& value) {
  row.provenance.source = value.text;
  row.provenance.recalled = value.text.starts_with("recalled, unverified:");
  row.provenance.derived = value.text.starts_with("derived:");
}

ColumnSpec date(std::string name, base::Date world::Provenance::*member, bool required, bool end) {
  ColumnSpec spec;
  spec.name = std::move(name);
  spec.type = ColumnType::date;
  spec.required = required;
  spec.end_of_period = end;
  spec.set = [member](Row& row, const CellValue& value) {
    if (!value.empty) row.provenance.*member = value.date;
  };
  return spec;
}

// The five columns that end every row.
std::vector<ColumnSpec> common_columns() {
  ColumnSpec source;
  source.name = "source";
  source.meaning = "publication and date, or how the figure was derived";
  source.set = set_source;
  ColumnSpec confidence;
  confidence.name = "confidence";
  confidence.type = ColumnType::choice;
  confidence.meaning = "how well the figure is known";
  confidence.choices = {"high", "medium", "low", "assumed"};
  confidence.set = [](Row& row, const CellValue& value) {
    row.provenance.confidence = static_cast<world::Confidence>(value.choice);
  };
  auto from = date("valid_from", &world::Provenance::valid_from, true, false);
  from.meaning = "first day on which the figure holds";
  auto to = date("valid_to", &world::Provenance::valid_to, false, true);
  to.meaning = "last day on which the figure holds; empty = still";
  auto known = date("known_from", &world::Provenance::known_from, true, false);
  known.meaning = "when the figure was published";
  return {source, confidence, from, to, known};
}

template <class R>
std::vector<const Row*> addresses(const std::vector<R>& rows) {
  std::vector<const Row*> out;
  out.reserve(rows.size());
  for (const R& row : rows) out.push_back(&row);
  return out;
}

template <class R>
TableSpec make(std::string file, std::string meaning, std::vector<std::string> key, std::vector<R> RawDataset::*rows,
               std::vector<ColumnSpec> columns) {
  TableSpec spec;
  spec.file = std::move(file);
  spec.meaning = std::move(meaning);
  spec.key = std::move(key);
  spec.columns = std::move(columns);
  for (auto& common : common_columns()) spec.columns.push_back(std::move(common));
  spec.holds = [](const Row& row, base::Period year) { return row.held().meets(year); };
  spec.append = [rows](RawDataset& raw) -> Row& { return (raw.*rows).emplace_back(); };
  spec.rows = [rows](const RawDataset& raw) { return addresses(raw.*rows); };
  spec.past = [](const RawDataset&) { return std::vector<const Row*>(); };
  spec.keep = [rows](RawDataset& raw, const std::vector<bool>& wanted) {
    std::vector<R> kept;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (wanted[i]) kept.push_back(std::move((raw.*rows)[i]));
    raw.*rows = std::move(kept);
  };
  return spec;
}

TableSpec needed(TableSpec spec) {
  spec.may_be_empty = false;
  return spec;
}

TableSpec dated(TableSpec spec) {
  spec.dated_key = true;
  return spec;
}

// How people behave is held to be the same in every base year.
TableSpec timeless(TableSpec spec) {
  spec.holds = [](const Row&, base::Period) { return true; };
  return spec;
}

TableSpec with_history(TableSpec spec) {
  spec.keeps_history = true;
  return spec;
}

template <class R>
TableSpec with_past(TableSpec spec, std::vector<R> RawDataset::*past) {
  spec.past = [past](const RawDataset& raw) { return addresses(raw.*past); };
  return spec;
}

template <class R>
TableSpec archived(TableSpec spec, std::vector<R> RawDataset::*rows, std::vector<R> RawDataset::*past) {
  spec.archive = [rows, past](RawDataset& raw, const std::vector<bool>& wanted) {
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (wanted[i]) (raw.*past).push_back((raw.*rows)[i]);
  };
  return with_past(std::move(spec), past);
}

ColumnSpec optional(ColumnSpec spec) {
  spec.required = false;
  return spec;
}

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

std::vector<TableSpec> processes() {
  using P = ProcessRow;
  using R = RecipeRow;
  return {needed(make<P>("processes.csv", "recipes by name", {"id"}, &RawDataset::processes,
                         {id(&P::id, "id"), text("name", &P::name, "name"),
                          choice("stage", &P::stage, stage_names(), "stage of the chain"),
                          number("lag_months", &P::lag_months, {.minimum = 0, .maximum = 60}, "",
                                 "months between input and output")})),
          needed(make<R>("recipes.csv", "what a process takes and gives per t of activity",
                         {"process", "direction", "product"}, &RawDataset::recipes,
                         {refer("process", Refers::process, &R::process, "the process"),
                          choice("direction", &R::output, {"input", "output"}, "taken or given"),
                          refer("product", Refers::product, &R::product, "the product"),
                          number("amount", &R::amount, kPositive, "unit", "t per t of activity"),
                          unit("unit", Quantity::share)}))};
}

TableSpec facilities() {
  using F = FacilityRow;
  auto spec = needed(make<F>(
      "facilities.csv", "plants, and aggregates where no plant is known", {"id"}, &RawDataset::facilities,
      {id(&F::id, "id"), text("name", &F::name, "name"), refer("region", Refers::region, &F::region, "where it stands"),
       refer("process", Refers::process, &F::process, "what it runs"),
       text("operator", &F::owner_operator, "who runs it"),
       refer("control", Refers::region, &F::control, "region of the controlling operator"),
       choice("level", &F::aggregate, {"plant", "aggregate"}, "one plant or a country's aggregate"),
       choice("status", &F::status, {"operating", "suspended", "building", "planned"}, "what it does in the base year"),
       choice("kind", &F::kind, {"nameplate", "permit", "quota", "output", "by-product"},
              "what the capacity figure is"),
       optional(text("parent", &F::parent, "id of the aggregate that includes this one")),
       optional(column("opens", ColumnType::year_or_month, &F::opens, "when it is expected to open")),
       number("capacity", &F::capacity, kNotNegative, "unit", "capacity, t of activity"),
       number("base_output", &F::base_output, kNotNegative, "unit", "activity of the base year"),
       unit("unit", Quantity::mass_flow),
       number("cash_cost", &F::cash_cost, kNotNegative, "cost_unit",
              "cash cost per t of activity, inputs of the chain excluded"),
       unit("cost_unit", Quantity::price)}));
  spec.may_end = true;
  // Plans are made before what they speak of, but not earlier than they can be.
  spec.holds = [](const Row& row, base::Period year) {
    const base::Period ahead{year.from, base::whole_year(year.to.year + kPlansReach).to};
    return row.held().meets(static_cast<const F&>(row).in_place() ? year : ahead);
  };
  return spec;
}

TableSpec stakes() {
  using S = StakeRow;
  return with_history(dated(make<S>(
      "stakes.csv", "who holds how much of a facility, with its dates", {"facility", "owner"}, &RawDataset::stakes,
      {refer("facility", Refers::facility, &S::facility, "the facility"), text("owner", &S::owner, "who holds it"),
       refer("owner_region", Refers::region, &S::owner_region, "region of the owner"),
       number("share", &S::share, kFraction, "unit", "share held"), unit("unit", Quantity::share)})));
}

TableSpec absent(TableSpec spec) {
  spec.may_be_absent = true;
  return spec;
}

// Needed where something is being built or planned.
std::vector<TableSpec> building() {
  using C = ConstructionRow;
  using P = PermitRow;
  using R = CountryRiskRow;
  constexpr auto kPlace = Refers::region_group_or_all;
  const Range months{.minimum = 0, .maximum = 600};
  return {absent(make<C>("construction.csv", "what it takes to build, by stage and place", {"stage", "region"},
                         &RawDataset::construction,
                         {choice("stage", &C::stage, stage_names(), "stage of the chain"),
                          refer("region", kPlace, &C::region, "region, group or all"),
                          number("capex", &C::capex, kPositive, "unit", "investment per t of activity a year"),
                          unit("unit", Quantity::price),
                          number("build_months", &C::build_months, months, "", "from the decision to the first output"),
                          number("ramp_months", &C::ramp_months, months, "", "from there to full capacity"),
                          number("labour", &C::labour, kNotNegative, "", "workers per 1,000 t of activity a year")})),
          absent(make<P>("permits.csv", "how long a permit takes, by place", {"kind", "region"}, &RawDataset::permits,
                         {choice("kind", &P::plant, {"mine", "plant"}, "a mine, or any other plant"),
                          refer("region", kPlace, &P::region, "region, group or all"),
                          number("months", &P::months, months, "", "from application to permit")})),
          absent(make<R>("country_risk.csv", "premium that lenders and owners ask for a country", {"region"},
                         &RawDataset::country_risk,
                         {refer("region", kPlace, &R::region, "region, group or all"),
                          number("premium", &R::premium, {.minimum = -1, .maximum = 10}, "unit", "a year"),
                          unit("unit", Quantity::share)}))};
}

TableSpec reserves() {
  using R = ReservesRow;
  return absent(make<R>(
      "reserves.csv", "what is in the ground, by place and product", {"region", "product"}, &RawDataset::reserves,
      {refer("region", Refers::region_group_or_all, &R::region, "region, group or all"),
       refer("product", Refers::product_or_all, &R::product, "what the mines make, or all"),
       number("reserves", &R::reserves, kPositive, "unit", "of these mines together"), unit("unit", Quantity::mass),
       number("years", &R::years, kPositive, "", "or years of the capacity of each"),
       number("replaced", &R::replaced, {.minimum = 0, .maximum = 10}, "",
              "share of the base year's output that exploration replaces")}));
}

// What the long run asks of places beyond building: rules on the environment, governance, camps.
std::vector<TableSpec> long_run() {
  using E = EnvironmentRow;
  using G = GovernanceRow;
  using B = BlocRiskRow;
  constexpr auto kPlace = Refers::region_group_or_all;
  return {absent(make<E>("environment.csv", "cost of the strictest rules on the environment, beyond what is paid today",
                         {"stage", "region"}, &RawDataset::environment,
                         {choice("stage", &E::stage, stage_names(), "stage of the chain"),
                          refer("region", kPlace, &E::region, "region, group or all"),
                          number("compliance", &E::compliance, kNotNegative, "unit", "per t of activity"),
                          unit("unit", Quantity::price)})),
          absent(make<G>("governance.csv", "how well places are governed", {"region"}, &RawDataset::governance,
                         {refer("region", kPlace, &G::region, "region, group or all"),
                          number("score", &G::score, kFraction, "", "0 worst, 1 best")})),
          absent(make<B>("bloc_risk.csv", "premium that investors of one camp ask in another", {"investor", "host"},
                         &RawDataset::bloc_risk,
                         {refer("investor", kPlace, &B::investor, "region, group or all"),
                          refer("host", kPlace, &B::host, "region, group or all"),
                          number("premium", &B::premium, {.minimum = 0, .maximum = 10}, "unit", "a year"),
                          unit("unit", Quantity::share)}))};
}

std::vector<TableSpec> demand() {
  using E = EndUseRow;
  using S = DemandShareRow;
  using T = DemandTotalRow;
  auto use = column("end_use", ColumnType::id, &E::end_use, "the end use");
  return {needed(make<E>(
              "end_uses.csv", "demand outside the chain by end use", {"product", "end_use"}, &RawDataset::end_uses,
              {refer("product", Refers::product, &E::product, "the product"), use,
               number("share", &E::share, kFraction, "", "share of the product's world demand outside the chain"),
               number("short_elasticity", &E::short_elasticity, kElasticity, "", "short-run price elasticity"),
               number("long_elasticity", &E::long_elasticity, kElasticity, "", "long-run price elasticity"),
               number("choke_multiple", &E::choke_multiple, {.minimum = 1, .maximum = 10000, .open_minimum = true}, "",
                      "choke price as a multiple of the base price")})),
          needed(make<S>("demand_shares.csv", "where the demand of an end use is", {"product", "end_use", "region"},
                         &RawDataset::demand_shares,
                         {refer("product", Refers::product, &S::product, "the product"),
                          column("end_use", ColumnType::id, &S::end_use, "the end use"),
                          refer("region", Refers::region, &S::region, "the region"),
                          number("share", &S::share, kFraction, "", "share of the end use's world demand")})),
          needed(make<T>("demand_totals.csv", "world demand outside the chain", {"product"}, &RawDataset::demand_totals,
                         {refer("product", Refers::product, &T::product, "the product"),
                          choice("rule", &T::rule, {"balance", "fixed"}, "what supply leaves, or a figure"),
                          number("quantity", &T::quantity, kNotNegative, "unit", "the figure, used or compared with"),
                          unit("unit", Quantity::mass_flow)}))};
}

TableSpec substitution() {
  using S = SubstitutionRow;
  return absent(make<S>("substitution.csv", "how much of a use can be designed out in the long run",
                        {"product", "end_use"}, &RawDataset::substitution,
                        {refer("product", Refers::product_or_all, &S::product, "the product, or all"),
                         text("end_use", &S::end_use, "the end use, or all"),
                         number("limit", &S::limit, {.minimum = 0, .maximum = 1, .open_minimum = true}, "unit",
                                "largest share of the use that can be designed out"),
                         unit("unit", Quantity::share)}));
}

TableSpec growth() {
  using G = GrowthRow;
  return with_history(
      dated(absent(make<G>("demand_growth.csv", "how demand moves with time, by path",
                           {"path", "product", "end_use", "region"}, &RawDataset::demand_growth,
                           {column("path", ColumnType::id, &G::path, "name of the path, which a scenario may choose"),
                            refer("product", Refers::product_or_all, &G::product, "the product, or all"),
                            text("end_use", &G::end_use, "the end use, or all"),
                            refer("region", Refers::region_group_or_all, &G::region, "region, group or all"),
                            number("rate", &G::rate, {.minimum = -0.9, .maximum = 5}, "unit", "growth a year"),
                            unit("unit", Quantity::share)}))));
}

TableSpec lifetimes() {
  using L = LifetimeRow;
  return absent(make<L>(
      "lifetimes.csv", "how long end uses keep what they buy", {"product", "end_use"}, &RawDataset::lifetimes,
      {refer("product", Refers::product, &L::product, "the product"),
       column("end_use", ColumnType::id, &L::end_use, "the end use"),
       number("mean", &L::mean, {.minimum = 0.5, .maximum = 100}, "", "mean life, years"),
       number("shape", &L::shape, {.minimum = 0.5, .maximum = 20}, "", "shape of a Weibull law"),
       number("growth", &L::growth, {.minimum = -0.5, .maximum = 2}, "",
              "of purchases before the start, fraction a year"),
       refer("scrap", Refers::product, &L::scrap, "what it comes back as"),
       number("yield", &L::yield, kFraction, "unit", "t of scrap per t of product"), unit("unit", Quantity::share)}));
}

std::vector<TableSpec> prices() {
  using P = PriceRow;
  using F = FxRow;
  using D = DeflatorRow;
  auto when = column("date", ColumnType::period, &P::date, "year, month or day; only the base year's make base prices");
  auto quote_unit = unit("unit", Quantity::quoted_price);
  quote_unit.set = [](Row& row, const CellValue& value) {
    if (const Unit* found = find_unit(Quantity::quoted_price, value.text))
      static_cast<P&>(row).currency = found->currency;
  };
  return {with_past(with_history(needed(
                        make<P>("prices.csv", "prices at nodes, of the base year and of other times",
                                {"product", "region", "date", "incoterm", "grade", "source"}, &RawDataset::prices,
                                {refer("product", Refers::product, &P::product, "the product"),
                                 refer("region", Refers::region, &P::region, "the region"), when,
                                 number("price", &P::quoted, kPositive, "unit", "the price as quoted"), quote_unit,
                                 choice("incoterm", &P::incoterm, {"exw", "fob", "cif"}, "incoterm"),
                                 choice("vat", &P::vat_included, {"excluded", "included"}, "VAT in or out"),
                                 choice("duty", &P::duty_included, {"excluded", "included"}, "import duty in or out"),
                                 choice("basis", &P::real, {"nominal", "real-2024"}, "money of its date, or of 2024"),
                                 text("grade", &P::grade, "grade that was quoted")}))),
                    &RawDataset::price_history),
          with_history(make<F>("fx.csv", "exchange rates, averages of a year or month", {"currency", "period"},
                               &RawDataset::fx,
                               {text("currency", &F::currency, "currency code"),
                                column("period", ColumnType::year_or_month, &F::period, "year or month"),
                                number("rate", &F::rate, kPositive, "", "units of the currency per USD"),
                                text("unit", &F::unit, "such as CNY/USD")})),
          with_history(make<D>("deflator.csv", "price level of the dollar", {"year"}, &RawDataset::deflator,
                               {number("year", &D::year, {.minimum = 1900, .maximum = 2200}, "", "year"),
                                number("index", &D::index, kPositive, "", "price level"),
                                text("unit", &D::unit, "year in which it is 100, such as 2024=100")}))};
}

std::vector<TableSpec> routes() {
  using X = TaxRow;
  using F = FreightRow;
  using T = TradeRow;
  using A = ArcRow;
  constexpr auto kPlace = Refers::region_group_or_all;
  constexpr auto kGood = Refers::product_or_all;
  return {
      dated(make<X>("taxes.csv", "standing ad-valorem taxes", {"kind", "product", "from", "to"}, &RawDataset::taxes,
                    {choice("kind", &X::kind, {"vat", "export-vat", "export-duty", "import-tariff"}, "which tax"),
                     refer("product", kGood, &X::product, "the product, or all"),
                     refer("from", kPlace, &X::from, "origin"), refer("to", kPlace, &X::to, "destination"),
                     number("rate", &X::rate, {.minimum = 0, .maximum = 10}, "", "fraction of the price")})),
      needed(make<F>(
          "freight.csv", "freight and insurance", {"product", "from", "to"}, &RawDataset::freight,
          {refer("product", kGood, &F::product, "the product, or all"), refer("from", kPlace, &F::from, "origin"),
           refer("to", kPlace, &F::to, "destination"),
           number("freight", &F::freight, kNotNegative, "unit", "freight and insurance"), unit("unit", Quantity::price),
           number("lag_months", &F::lag_months, {.minimum = 0, .maximum = 24}, "", "months at sea")})),
      archived(make<T>("trade.csv", "known flows; 0 in the base year closes the pair", {"product", "from", "to"},
                       &RawDataset::trade,
                       {refer("product", Refers::product, &T::product, "the product"),
                        refer("from", Refers::region, &T::from, "origin"),
                        refer("to", Refers::region, &T::to, "destination"),
                        number("flow", &T::flow, kNotNegative, "unit", "flow"), unit("unit", Quantity::mass_flow)}),
               &RawDataset::trade, &RawDataset::trade_history),
      make<A>("arcs.csv", "exceptions to the rule of plausible routes", {"product", "from", "to"}, &RawDataset::arcs,
              {refer("product", kGood, &A::product, "the product, or all"), refer("from", kPlace, &A::from, "origin"),
               refer("to", kPlace, &A::to, "destination"),
               choice("open", &A::open, {"no", "yes"}, "adds or removes the route")})};
}

TableSpec access_classes() {
  using A = AccessRow;
  constexpr auto kPlace = Refers::region_group_or_all;
  const Range some{.minimum = 0, .maximum = 1, .open_minimum = true};
  return make<A>(
      "access_classes.csv", "goods that some users accept from certain origins only", {"class", "product"},
      &RawDataset::access_classes,
      {column("class", ColumnType::id, &A::access, "id of the class"),
       refer("product", Refers::product, &A::product, "the product"),
       refer("excluded", kPlace, &A::excluded, "origins that may not serve the class: region or group"),
       optional(column("end_use", ColumnType::id, &A::end_use, "the end use that insists on it")),
       optional(refer("users", kPlace, &A::users, "where it insists on it: region, group or all")),
       number("use_share", &A::use_share, some, "", "share of that use that insists on it"),
       choice("in_force", &A::in_force, {"no", "yes"}, "whether the rule holds; else any origin serves until a lever"),
       number("qualified", &A::qualified, some, "", "share of the plants in place elsewhere kept apart for the class"),
       number("downgrade_cost", &A::downgrade_cost, kNotNegative, "", "of selling it as open, share of the price"),
       number("leakage", &A::leakage, kFraction, "", "most that passes all the same, share of the possible use"),
       number("leakage_cost", &A::leakage_cost, kNotNegative, "", "of what passes all the same, share of the price")});
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
  add(processes());
  all.push_back(facilities());
  all.push_back(stakes());
  add(building());
  all.push_back(reserves());
  add(long_run());
  add(demand());
  all.push_back(substitution());
  all.push_back(growth());
  all.push_back(lifetimes());
  add(prices());
  add(routes());
  all.push_back(access_classes());
  add(others());
  all.push_back(uncertainty());
  all.push_back(chronicle());
  return all;
}

}  // namespace

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
  if (maximum >= kMany && minimum <= -kMany) return "";
  std::string low = fmt::format("{} {}", open_minimum ? "above" : "of at least", minimum);
  if (maximum >= kMany) return low;
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
  static const std::vector<TableSpec> all = all_tables();
  return all;
}

const TableSpec& table(std::string_view file) {
  const auto all = tables();
  const auto it = std::find_if(all.begin(), all.end(), [&](const TableSpec& spec) { return spec.file == file; });
  assert(it != all.end());
  return *it;
}

}  // namespace lodestone::dataset
