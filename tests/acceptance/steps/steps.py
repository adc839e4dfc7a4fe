"""Steps in plain words: they type commands as a user does and read what comes back."""
import json
import math
import os
import pathlib
import re
import shlex
import subprocess

import xarray
from behave import given, then, when

SOURCE = pathlib.Path(__file__).resolve().parents[3]


def type_line(context, line):
    words = shlex.split(line)
    assert words[0] == "lodestone", line
    environment = dict(os.environ, LODESTONE_OUT=str(context.folder / "out"), LODESTONE_DATA=str(SOURCE / "data"), NO_COLOR="1")
    for folder in ("scenarios", "cases"):
        if not (context.folder / folder).exists():
            (context.folder / folder).symlink_to(SOURCE / folder)
    context.ended = subprocess.run([os.environ["LODESTONE"], *words[1:]], cwd=context.folder, env=environment,
                                   capture_output=True, text=True, timeout=600, check=False)


def need(condition, context, what=""):
    assert condition, f"{what}\n{context.ended.stdout[-3000:]}\n{context.ended.stderr[-3000:]}"


def results_of(context, run=None):
    runs = sorted((context.folder / "out" / "runs").iterdir())
    chosen = [r for r in runs if run is None or r.name.endswith(run)]
    return xarray.open_dataset(chosen[-1] / "results.nc")


@when('I type "{line}"')
def step_type(context, line):
    type_line(context, line)


@given('the scenario "{name}" has been run')
def step_has_run(context, name):
    type_line(context, f"lodestone run {name}")
    need(context.ended.returncode == 0, context)


@given('a scenario file "{name}" that is "{base}" with "{line}" instead of "{key}"')
def step_odd_scenario(context, name, base, line, key):
    text = (SOURCE / "scenarios" / f"{base}.toml").read_text(encoding="utf-8")
    changed = re.sub(rf"(?m)^{key}\s*=.*$", line, text)
    assert changed != text
    (context.folder / name).write_text(changed, encoding="utf-8")


@then("it ends with code {code:d}")
def step_code(context, code):
    need(context.ended.returncode == code, context, f"ended with {context.ended.returncode}")


@then('it says "{words}"')
def step_says(context, words):
    need(words in context.ended.stdout + context.ended.stderr, context, words)


@then('the answer says "{words}"')
def step_answer_says(context, words):
    need(words in " ".join(context.ended.stdout.split()), context, words)


@then("the first lines give a question, an answer, drivers and what is assumed")
def step_first_lines(context):
    heads = [line.split()[0] for line in context.ended.stdout.split("\n\n")[0].splitlines() if not line.startswith(" ")]
    need(heads == ["Question", "Answer", "Drivers", "Assumed"], context, heads)


@then('the catalogue lists {count:d} run as "{status}"')
def step_catalogue(context, count, status):
    type_line(context, "lodestone runs --json")
    rows = json.loads(context.ended.stdout)["runs"]["rows"]
    need([row["status"] for row in rows] == [status] * count, context)


@then("every value is below {bound:g}")
def step_below(context, bound):
    rows = json.loads(context.ended.stdout)["series"]["rows"]
    need(rows and all(row["value"] < bound for row in rows), context)


@when("I open the results with xarray")
def step_open(context):
    context.results = results_of(context)


@then('it has the dimensions "{names}"')
def step_dimensions(context, names):
    missing = [name for name in names.split(", ") if name not in context.results.dims]
    assert not missing, missing


@then('"{name}" is in "{unit}" over "{dimensions}"')
def step_variable(context, name, unit, dimensions):
    variable = context.results[name]
    assert variable.attrs["units"] == unit, variable.attrs
    assert ", ".join(variable.dims) == dimensions, variable.dims


@then("every series has a unit and a long name")
def step_units(context):
    for name, variable in context.results.data_vars.items():
        assert variable.attrs.get("long_name"), name
        if variable.dtype.kind == "f":
            assert variable.attrs.get("units"), name


@then("time is {count:d} months")
def step_time(context, count):
    time = context.results["time"]
    assert time.dtype.kind == "M" and len(time) == count, time
    assert all(int(day) == 1 for day in time.dt.day), time


@then("the attributes name scenario, dataset hash, version and seed")
def step_attributes(context):
    for name in ("scenario", "scenario_text", "dataset_hash", "lodestone_version", "seed", "title", "status"):
        assert str(context.results.attrs[name]) != "", name


@then("every traded price with use stays within {percent:g} % of its base price in the first month")
def step_near_base(context, percent):
    results = context.results
    used = {(p, r) for p, r, q in zip(results.segment_product.values, results.segment_region.values, results.base_demand.values) if q > 0}
    for product, region in used:
        price = float(results.price.sel(product=product, region=region)[0])
        base = float(results.base_price.sel(product=product, region=region))
        assert math.isnan(price) or abs(price / base - 1) <= percent / 100, (product, region, price, base)


def ratio(context, product, region, other):
    price = context.results.price.sel(product=product)
    return price.sel(region=region) / price.sel(region=other)


@then('before "{month}" the price of "{product}" in "{region}" is at most {factor:g} times that in "{other}"')
def step_before(context, month, product, region, factor, other):
    context.ratio = ratio(context, product, region, other)
    before = context.ratio[context.ratio.time < context.ratio.time.dtype.type(f"{month}-01")]
    assert float(before.max()) <= factor, before.values


@then('at its highest after "{month}" it is at least {factor:g} times that in "{other}"')
def step_highest(context, month, factor, other):
    after = context.ratio[context.ratio.time >= context.ratio.time.dtype.type(f"{month}-01")]
    assert float(after.max()) >= factor, after.values


@then('after "{month}" the price of "{product}" in "{region}" stays between {low:g} and {high:g} times that of the month before')
def step_hardly_moves(context, month, product, region, low, high):
    price = context.results.price.sel(product=product, region=region)
    start = price.time.dtype.type(f"{month}-01")
    moved = price[price.time >= start] / price[price.time < start][-1]
    assert low <= float(moved.min()) and float(moved.max()) <= high, moved.values


@then('at the end at most {share:g} of the ore of "{mine}" is left')
def step_ore(context, share, mine):
    left = context.results.ore_left.sel(facility=mine)
    assert float(left[0]) == 1 and float(left[-1]) <= share, left.values


@then('"{name}" grows over the run by a factor of at least {factor:g}')
def step_grows(context, name, factor):
    series = context.results[name]
    total = series.sum([d for d in series.dims if d != "time"])
    assert float(total[-1]) >= factor * float(total[0]) > 0, total.values


@then("at first no old goods are collected, at the end more than {tonnes:g} t a year")
def step_collected(context, tonnes):
    places = [name for name in context.results.facility.values if str(name).startswith("collection-")]
    collected = context.results.activity.sel(facility=places).sum("facility")
    assert float(collected[0]) < 1e-6 and float(collected[-12:].sum()) > tonnes, collected.values


@then('"{name}" in "{region}" are above 0 at the end and 0 in the first month')
def step_later(context, name, region):
    series = context.results[name].sel(region=region)
    assert float(series[0]) == 0 and float(series[-1]) > 0, series.values


@then('lever "{lever}" pays nothing before "{month}" and between {low:g} and {high:g} million USD a month after')
def step_pays(context, lever, month, low, high):
    cost = context.results.public_cost.sel(lever=lever) / 1e6
    start = cost.time.dtype.type(f"{month}-01")
    before, after = cost[cost.time < start], cost[cost.time >= start]
    assert float(abs(before).max()) == 0, before.values
    assert low <= float(after.min()) and float(after.max()) <= high, after.values


@then("the parts add up to the price")
def step_parts(context):
    rows = json.loads(context.ended.stdout)["tables"]["parts"]["rows"]
    *parts, total = rows
    assert total["part"] == "sum"
    assert math.isclose(sum(row["usd_per_kg"] for row in parts), total["usd_per_kg"], rel_tol=1e-9), rows
    rounding = [row["usd_per_kg"] for row in parts if row["part"] == "rounding"]
    assert all(abs(value) <= 1e-6 * total["usd_per_kg"] for value in rounding), rounding


@then("the price without the licence is lower")
def step_without(context):
    document = json.loads(context.ended.stdout)
    price = document["tables"]["parts"]["rows"][-1]["usd_per_kg"]
    without = [row["usd_per_kg"] for row in document["tables"]["beside"]["rows"] if row["what"].startswith("without")]
    assert without and all(value < price for value in without), (price, without)


@then('the inputs that differ name the lever "{kind}"')
def step_inputs(context, kind):
    rows = json.loads(context.ended.stdout)["tables"]["inputs"]["rows"]
    assert any(kind in row["b"] for row in rows), rows


@then("prices outside differ most for a licensed product")
def step_largest(context):
    row = json.loads(context.ended.stdout)["tables"]["prices"]["rows"][0]
    assert row["product"] in ("dysprosium-oxide", "terbium-oxide", "yttrium-oxide"), row
    assert row["region"] != "CHN", row


@then("every period is solved with a violation below {bound:g}")
def step_solved(context, bound):
    rows = json.loads(context.ended.stdout)["tables"]["periods"]["rows"]
    assert rows and all(row["outcome"] == "solved" and row["violation"] < bound for row in rows), rows
