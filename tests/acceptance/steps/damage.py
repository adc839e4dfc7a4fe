"""What shortages cost, and who did each stage of what is used."""
import json

from behave import then


def need(condition, context, what=""):
    assert condition, f"{what}\n{context.ended.stdout[-3000:]}\n{context.ended.stderr[-3000:]}"


def rows_of(context, table):
    document = json.loads(context.ended.stdout)
    return document.get("tables", document)[table]["rows"]


@then("between {low:g} and {high:g} billion USD of value added are lost, and at most {most_low:g} to {most_high:g} billion")
def step_lost(context, low, high, most_low, most_high):
    rows = rows_of(context, "months")
    need(low <= sum(row["lost"] for row in rows) / 1000 <= high, context)
    need(most_low <= sum(row["most"] for row in rows) / 1000 <= most_high, context)


@then('those who lose most stand outside "{inside}" and lack "{product}"')
def step_losers(context, inside, product):
    for row in rows_of(context, "damage")[:3]:
        need(row["region"] != inside and row["input"] == product, context, row)


@then("suppliers and customers lose between {low:g} and {high:g} times as much as those who stop")
def step_spread(context, low, high):
    total = rows_of(context, "spread")[-1]
    need(total["region"] == "all" and total["direct"] > 0, context, total)
    for who in ("suppliers", "customers"):
        need(low <= total[who] / total["direct"] <= high, context, total)


@then('nothing is lost before "{month}" and most is lost in "{year}" or "{next_year}"')
def step_when(context, month, year, next_year):
    rows = rows_of(context, "months")
    need(all(row["lost"] < 1 for row in rows if row["month"] < month), context)
    worst = max(rows, key=lambda row: row["lost"])
    need(worst["lost"] > 20 and worst["month"][:4] in (year, next_year), context, worst)


@then('"{product}" for defence in "{region}" lasts between {low:g} and {high:g} months on stocks at its lowest')
def step_defence(context, product, region, low, high):
    found = [row for row in rows_of(context, "defence") if row["product"] == product and row["region"] == region]
    need(len(found) == 1 and low <= found[0]["lowest"] <= high, context, found)


@then("the shares of every stage add up to 100")
def step_shares(context):
    sums = {}
    for row in rows_of(context, "origins"):
        sums[row["stage"]] = sums.get(row["stage"], 0) + row["share"]
    # Origins below half a per cent have no row.
    need(sums and all(97 < value <= 100 + 1e-9 for value in sums.values()), context, sums)


@then('"{region}" buys at most {bought:g} % from the origin, which separated at least {separated:g} % and mined at most {mined:g} %')
def step_reliance(context, region, bought, separated, mined):
    row = next(row for row in rows_of(context, "embodied") if row["region"] == region)
    need(row["direct"] <= bought and row["separation"] >= separated and row["mining"] <= mined, context, row)
