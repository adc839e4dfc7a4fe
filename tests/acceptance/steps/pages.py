"""Steps that look at a report as its readers do: in a browser, on a phone's width and on paper."""
import base64
import html
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess

import xarray
from behave import given, then, when

SOURCE = pathlib.Path(__file__).resolve().parents[3]


def browser(context):
    """Headless Chromium; the scenario is skipped where none is installed."""
    driver = shutil.which("chromedriver")
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        webdriver = None
    if driver is None or webdriver is None or shutil.which("chromium") is None:
        context.scenario.skip("Chromium, its driver or python3-selenium is not installed")
        return None
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(service=Service(driver), options=options)
    context.add_cleanup(opened.quit)
    return opened


def script(context, text, *arguments):
    return context.browser.execute_script(text, *arguments)


@then('the page asks "{words}"')
def step_asks(context, words):
    page = context.folder / context.ended.stdout.strip()
    text = page.read_text(encoding="utf-8")
    assert f'<h1 id="question">{words}</h1>' in text, text[:2000]
    assert text.endswith("</html>\n")


@when("I keep the answer")
def step_keep(context):
    context.answer = json.loads(context.ended.stdout)


@when('I open the page "{name}" in a browser {width:d} pixels wide')
def step_browse(context, name, width):
    assert context.ended.returncode == 0, context.ended.stderr
    context.browser = browser(context)
    if context.browser is None:
        return
    context.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                    {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600})
    context.page = (context.folder / name).as_uri()
    context.browser.get(context.page)


def text_of(context, selector):
    return script(context, "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim())", selector)


@then("question, answer, three drivers and the assumed share on the page are those of the answer")
def step_head(context):
    assert text_of(context, "#question") == [context.answer["question"]]
    assert text_of(context, "#answer") == [context.answer["answer"]]
    drivers = text_of(context, "#drivers li")
    assert drivers == context.answer["drivers"] and len(drivers) == 3, drivers
    share = script(context, "return document.getElementById('assumed-share').dataset.value")
    assert float(share) == context.answer["assumed_share"], share
    assert text_of(context, "#assumed") == [context.answer["assumed"]]


@then("the tables of prices and losses on the page are those of the answer")
def step_tables(context):
    cells = """return [...document.querySelectorAll(arguments[0] + ' tbody tr')].map(
        row => [...row.children].map(cell => cell.dataset.value ?? cell.textContent))"""
    for table in ("prices", "losses"):
        shown = script(context, cells, f"#table-{table}")
        rows = context.answer["tables"][table]["rows"]
        assert len(shown) == len(rows) > 0, (table, len(shown), len(rows))
        for seen, row in zip(shown, rows):
            for text, value in zip(seen, row.values(), strict=True):
                if isinstance(value, float | int):
                    assert float(text) == value, (table, text, value)
                else:
                    assert text == (value or "–"), (table, text, value)


@then('the page has the sections "{names}"')
def step_sections(context, names):
    found = script(context, "return [...document.querySelectorAll('main > section')].map(e => e.id)")
    assert found == names.split(", "), found
    empty = script(context, "return [...document.querySelectorAll('main > section')].filter(e => e.children.length < 2).map(e => e.id)")
    assert not empty, empty


@then("every chart has a name, a description and its numbers as a table")
def step_charts(context):
    count = script(context, "return document.querySelectorAll('svg').length")
    assert count >= 10, count
    wrong = script(context, """return [...document.querySelectorAll('svg')].filter(svg => {
        const said = svg.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id));
        return svg.getAttribute('role') !== 'img' || said.length !== 2 || said.some(e => !e || !svg.contains(e) || !e.textContent.trim())
            || !svg.closest('figure').querySelector('details table tbody td');
    }).map(svg => svg.outerHTML.slice(0, 200))""")
    assert not wrong, wrong


@then("the first screen, {height:d} pixels high, holds question, answer, drivers and the assumed share")
def step_first_screen(context, height):
    for name in ("question", "answer", "drivers", "assumed-share"):
        bottom = script(context, "return document.getElementById(arguments[0]).getBoundingClientRect().bottom", name)
        assert 0 < bottom <= height, (name, bottom)


@then("nothing on it is wider than the screen")
def step_narrow(context):
    for opened in (False, True):
        script(context, "document.querySelectorAll('details').forEach(e => { e.open = arguments[0]; })", opened)
        wide, screen = script(context, "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= screen, (opened, wide, screen)
    small = script(context, """return [...document.querySelectorAll('svg text')].filter(e => e.getClientRects().length > 0
        && parseFloat(getComputedStyle(e).fontSize) * e.ownerSVGElement.getScreenCTM().a < 9).map(e => e.textContent)""")
    assert not small, small


@then("the browser loaded nothing but the page and complained about nothing")
def step_quiet(context):
    complaints = context.browser.get_log("browser")
    assert not complaints, complaints
    events = [json.loads(entry["message"])["message"] for entry in context.browser.get_log("performance")]
    asked = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    others = [url for url in asked if url != context.page and not url.startswith("data:")]
    assert context.page in asked and not others, asked


@then("printed it fills {least:d} to {most:d} pages of A4")
def step_paper(context, least, most):
    script(context, "document.querySelectorAll('details').forEach(e => { e.open = false; })")
    pdf = base64.b64decode(context.browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    pages = len(re.findall(rb"/Type\s*/Page[^s]", pdf))
    boxes = {tuple(map(float, box)) for box in re.findall(rb"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)\s*\]", pdf)}
    assert least <= pages <= most, pages
    assert all(abs(w - 595) < 2 and abs(h - 842) < 2 for w, h in boxes) and boxes, boxes


@given('a copy of the overlay "{name}" of the docs')
def step_overlay(context, name):
    shutil.copytree(SOURCE / "docs" / "overlays" / name, context.folder / name)


@when("I type the commands of the page in the run's folder")
def step_again(context):
    page = context.folder / context.ended.stdout.strip()
    commands = html.unescape(re.search(r"<summary>Commands</summary><pre>(.*?)</pre>", page.read_text(encoding="utf-8"), re.DOTALL)[1])
    context.first, context.second = page.parent, page.parent / "again"
    for line in commands.splitlines():
        ended = subprocess.run([os.environ["LODESTONE"], *shlex.split(line)[1:]], cwd=page.parent, capture_output=True, text=True,
                               env=dict(os.environ, LODESTONE_OUT=str(context.second)), timeout=600, check=False)
        assert ended.returncode == 0, (line, ended.stderr)


@then("both runs have the same prices, bit for bit")
def step_same(context):
    first = xarray.open_dataset(context.first / "results.nc")
    second = xarray.open_dataset(next((context.second / "runs").iterdir()) / "results.nc")
    assert first.price.identical(second.price)
    assert first.attrs["dataset_hash"] == second.attrs["dataset_hash"]
