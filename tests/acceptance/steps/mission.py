"""Steps about scenarios of the mission: runs beside each other, and what became of stages, users, plants and money."""
import pathlib

import xarray
from behave import then, when
from steps import need, results_of, type_line

PASSING = ("collection-", "any-origin-", "downgrade-", "leakage-")  # no plants: goods only pass there, or come back


@when('I run "{scenario}"')
def step_run(context, scenario):
    type_line(context, f"lodestone run {scenario}")
    need(context.ended.returncode == 0, context)
    if not hasattr(context, "run_of"):
        context.run_of = {}
    context.run_of[scenario] = results_of(context, scenario)


def made(results, stage, year, inside):
    """t of activity of the plants of a stage in a year, in these regions."""
    plants = [str(f) for f, s, r in zip(results.facility.values, results.facility_stage.values, results.facility_region.values)
              if str(s) == stage and inside(str(r)) and not str(f).startswith(PASSING)]
    return float(results.activity.sel(facility=plants, time=str(year)).sum())


def outside_share(results, stage, year):
    return made(results, stage, year, lambda r: r != "CHN") / made(results, stage, year, lambda _: True)


def unmet(results, region, year):
    """Share of the magnets wanted at base-year prices that users of a region do not get."""
    users = [i for i, (p, r) in enumerate(zip(results.segment_product.values, results.segment_region.values))
             if str(r) == region and "magnet" in str(p)]
    got = float(results.consumption.isel(segment=users).sel(time=str(year)).sum())
    return 1 - got / float(results.reference_demand.isel(segment=users).sel(time=str(year)).sum())


def paid(results, lever):
    return float(results.public_cost.sel(lever=lever).sum()) / 1e6


@then('in "{scenario}" plants outside China do between {low:g} and {high:g} % of "{stage}" in {year:d}')
def step_outside(context, scenario, low, high, stage, year):
    share = 100 * outside_share(context.run_of[scenario], stage, year)
    assert low <= share <= high, share


@then('in {year:d} plants outside China make between {low:g} and {high:g} times as much "{stage}" in "{scenario}" as in "{other}"')
def step_beside(context, year, low, high, stage, scenario, other):
    there, here = (made(context.run_of[name], stage, year, lambda r: r != "CHN") for name in (other, scenario))
    assert low <= here / there <= high, (here, there, here / there)


@then('in "{scenario}" users in "{region}" lack between {low:g} and {high:g} % of the magnets that they want in {year:d}')
def step_unmet(context, scenario, region, low, high, year):
    lacking = 100 * unmet(context.run_of[scenario], region, year)
    assert low <= lacking <= high, lacking


@then('in "{scenario}" lever "{lever}" pays between {low:g} and {high:g} million USD in all')
def step_paid(context, scenario, lever, low, high):
    assert low <= paid(context.run_of[scenario], lever) <= high, paid(context.run_of[scenario], lever)


@then('in "{scenario}" the stock of "{product}" in "{region}" grows from {least:g} t or less to between {low:g} and {high:g} t')
def step_stock(context, scenario, product, region, least, low, high):
    results = context.run_of[scenario]
    held = [i for i, (p, r, h) in enumerate(zip(results.stock_product.values, results.stock_region.values, results.stock_holder.values))
            if (str(p), str(r), str(h)) == (product, region, "government")]
    assert len(held) == 1, held
    level = results.stock_level.isel(stock=held[0])
    assert float(level[0]) <= least and low <= float(level[-1]) <= high, level.values


@then('in "{scenario}" at the end these plants are built or being built, and not in "{other}": "{names}"')
def step_plants(context, scenario, other, names):
    for name in names.split(", "):
        stages = [int(context.run_of[run].plant_stage.sel(facility=name)[-1]) for run in (scenario, other)]
        assert stages[0] in (3, 4, 5) and stages[1] < 3, (name, stages)


@then('in "{scenario}" "{product}" costs between {low:g} and {high:g} times as much in "{region}" as in "{other}" from "{start}" to "{end}"')
def step_prices(context, scenario, product, low, high, region, other, start, end):
    price = context.run_of[scenario].price.sel(product=product, time=slice(start, end)).mean("time")
    ratio = float(price.sel(region=region) / price.sel(region=other))
    assert low <= ratio <= high, ratio


@then('in {year:d} "{product}" in "{region}" costs between {low:g} and {high:g} times as much in "{scenario}" as in "{other}"')
def step_dearer(context, year, product, region, low, high, scenario, other):
    here, there = (float(context.run_of[name].price.sel(product=product, region=region, time=str(year)).mean()) for name in (scenario, other))
    assert low <= here / there <= high, (here, there, here / there)


@then('in "{scenario}" plant "{plant}" uses between {low:g} and {high:g} % of its capacity from "{start}" to "{end}"')
def step_used(context, scenario, plant, low, high, start, end):
    results = context.run_of[scenario].sel(facility=plant, time=slice(start, end))
    assert float(results.capacity.min()) > 0, results.capacity.values
    used = 100 * float(results.activity.sum() / results.capacity.sum())
    assert low <= used <= high, used


@then('"{scenario}" says at its top what it represents and its sources')
def step_top(context, scenario):
    text = (pathlib.Path(context.folder) / "scenarios" / f"{scenario}.toml").read_text(encoding="utf-8")
    top = [line for line in text[: text.index("[run]")].splitlines() if line]
    assert len(top) >= 4 and all(line.startswith("# ") for line in top), top
    assert any("Sources:" in line for line in top) and any("Prediction" in line or "prediction" in line for line in top), top
