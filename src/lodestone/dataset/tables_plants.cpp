// Files on what plants do: processes, plants and who owns them, building, ore, the long run.
#include <iterator>

#include "lodestone/dataset/table_builders.hpp"

namespace lodestone::dataset::schema {
namespace {

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
  using A = AlignmentRow;
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
                          unit("unit", Quantity::share)})),
          absent(make<A>("alignment.csv", "how far places belong to the camp of a leader", {"camp", "region"},
                         &RawDataset::alignment,
                         {column("camp", ColumnType::id, &A::camp, "id of the camp"),
                          refer("leader", Refers::region, &A::leader, "who leads it"),
                          refer("region", kPlace, &A::region, "region, group or all"),
                          number("membership", &A::membership, kFraction, "", "0 not at all, 1 as its leader")}))};
}

}  // namespace

std::vector<TableSpec> plant_tables() {
  std::vector<TableSpec> all;
  const auto add = [&](std::vector<TableSpec> more) { std::move(more.begin(), more.end(), std::back_inserter(all)); };
  add(processes());
  all.push_back(facilities());
  all.push_back(stakes());
  add(building());
  all.push_back(reserves());
  add(long_run());
  return all;
}

}  // namespace lodestone::dataset::schema
