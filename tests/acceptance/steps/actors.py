"""Steps on governments that react."""
from behave import then

DECIDED = 8  # of rule_verdict, as its long name says


@then('no rule decides before "{month}", and at least {rules:d} rules of at least {actors:d} actors decide after')
def step_decides(context, month, rules, actors):
    decided = (context.results["rule_verdict"] == DECIDED).values
    before = [str(t)[:7] < month for t in context.results["time"].values]
    assert not decided[before].any(), "decided before"
    names = context.results["rule_actor"].values[decided.any(axis=0)]
    assert len(names) >= rules and len(set(names)) >= actors, str(names)


@then("every decision was drawn below its odds while all its conditions held")
def step_drawn(context):
    data = context.results
    decided = (data["rule_verdict"] == DECIDED).values
    assert decided.any(), "no decision"
    assert (data["rule_draw"].values[decided] < data["rule_probability"].values[decided]).all()
    for rule, name in enumerate(data["rule"].values):
        own = data["condition_rule"].values == name
        assert data["condition_holds"].values[decided[:, rule]][:, own].all(), str(name)
