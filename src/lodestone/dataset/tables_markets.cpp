// Files on what markets do: use, prices, routes, classes of access.
#include <iterator>

#include "lodestone/dataset/table_builders.hpp"
#include "lodestone/dataset/units.hpp"

namespace lodestone::dataset::schema {
namespace {

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

std::vector<TableSpec> industries() {
  using I = IndustryRow;
  using V = ValueAddedRow;
  constexpr auto kPlace = Refers::region_group_or_all;
  return {absent(make<I>("industries.csv", "the industry that stands behind an end use, by place",
                         {"end_use", "region", "sector"}, &RawDataset::industries,
                         {column("end_use", ColumnType::id, &I::end_use, "the end use"),
                          refer("region", kPlace, &I::region, "region, group or all"),
                          text("sector", &I::sector, "sector of value_added.csv"),
                          number("share", &I::share, kFraction, "unit", "of the sector's value added"),
                          number("substitutable", &I::substitutable, kFraction, "unit",
                                 "of what is missing, the share that can be done without at once"),
                          unit("unit", Quantity::share)})),
          absent(make<V>("value_added.csv", "value added of sectors, by place", {"sector", "region"},
                         &RawDataset::value_added,
                         {text("sector", &V::sector, "the sector"),
                          refer("region", kPlace, &V::region, "region, group or all: what the row speaks for together"),
                          number("value_added", &V::value_added, kNotNegative, "unit", "in money of 2024"),
                          unit("unit", Quantity::money_flow)}))};
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

}  // namespace

std::vector<TableSpec> market_tables() {
  std::vector<TableSpec> all;
  const auto add = [&](std::vector<TableSpec> more) { std::move(more.begin(), more.end(), std::back_inserter(all)); };
  add(demand());
  all.push_back(substitution());
  add(industries());
  all.push_back(growth());
  all.push_back(lifetimes());
  add(prices());
  add(routes());
  all.push_back(access_classes());
  return all;
}

}  // namespace lodestone::dataset::schema
