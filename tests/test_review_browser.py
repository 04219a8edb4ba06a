"""The review page in a real browser: Chromium, headless, from a file, without network. Skipped where there is none."""

import json
import shutil
from dataclasses import replace

import pytest

from pipeline.model import Flag
from pipeline.write.review import write
from tests.review_out import french, hostile, long, make_out

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return write(make_out(tmp_path_factory.mktemp("small"), [french("a.txt"), french("b.txt", flagged=False), hostile()])).as_uri()


@pytest.fixture
def open_page(browser):
    """Open an address; at the end of the test the page must have fetched nothing else and reported no error."""
    troubles, fetched, contexts, opened = [], [], [], set()

    def open_(address, **settings):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
        page.on("request", lambda request: fetched.append(request.url.partition("#")[0]))
        opened.add(address.partition("#")[0])
        page.goto(address)
        page.wait_for_selector(".row, .notice")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert troubles == []
    assert set(fetched) <= opened


def focused(page):
    return page.evaluate("document.activeElement.ariaLabel")


def labels(page):
    return page.eval_on_selector_all("main .row", "rows => rows.map(row => row.ariaLabel)")


def counted(page, says):
    page.wait_for_function("says => document.getElementById('count').textContent.startsWith(says)", arg=says)


def test_flagged_sentences_come_first_and_furniture_is_folded(open_page, small):
    page = open_page(small)
    assert labels(page)[:3] == ["a.txt, sentence 4, flagged", "hostile.txt, sentence 1, flagged", "a.txt, sentence 1"]
    assert page.locator("h2").first.inner_text() == "To review"
    assert page.locator(".fold").count() == 2
    assert page.locator(".fold .row").count() == 0
    assert page.locator("#summary").inner_text().startswith("3 documents · 7 sentences · 2 flagged · 2 values · 2 terms · 2 names")


def test_signs_need_no_rare_font_and_a_flag_without_detail_no_colon(open_page, tmp_path):
    document = french("a.txt")
    *others, last = document.blocks
    bare = replace(last.segments[1], flags=(Flag("translate.unknown", ""),))
    blocks = (*others, replace(last, segments=(last.segments[0], bare)))
    page = open_page(write(make_out(tmp_path, [replace(document, blocks=blocks)])).as_uri())
    assert page.locator(".flags li").first.inner_text().startswith("The model did not know a character translate.unknown")
    page.locator('[aria-label="a.txt, sentence 3"] .more').click()
    assert page.locator(".detail .sign").all_inner_texts() == ["[space]", "nothing", "[line break]", "[space]"]


def test_text_is_shown_as_text(open_page, small):
    page = open_page(small)
    assert page.evaluate("window.pwned") is None
    assert "</script><script>window.pwned=1</script>" in page.locator(".item .side").first.inner_text()
    assert page.locator("main img, main script").count() == 0


def test_what_got_into_the_page_all_the_same_would_not_run(browser, small):
    page = browser.new_page()
    page.goto(small)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\\'window.pwned=3\\'>')")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.pwned=4'}))")
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None
    page.close()


def test_marks_stand_on_both_sides_in_code_points(open_page, small):
    page = open_page(small)
    row = page.locator('[aria-label="a.txt, sentence 3"]')
    assert row.locator(".side >> nth=0 >> mark").all_inner_texts() == ["Orvane", "5 M€"]
    assert row.locator(".side >> nth=1 >> mark").all_inner_texts() == ["Orvane", "€5 million"]
    assert row.locator(".side >> nth=0").inner_text() == "L'usine 𝒳 d'Orvane a coûté 5 M€ en tout."
    assert row.locator(".e").count() == 4
    assert row.locator(".e.cut").get_attribute("aria-label") == "edit: repair.space-run"
    assert row.locator(".side >> nth=0").get_attribute("lang") == "fr"
    assert page.locator(".item .e").count() == 2 * 4  # a sentence that was English: on both sides, here and in the flagged list


def test_hover_and_focus_tell_value_rule_and_source(open_page, small):
    page = open_page(small)
    page.hover('[aria-label="a.txt, sentence 3"] >> text="5 M€"')
    tip = page.locator("#tip")
    assert tip.is_visible()
    for part in ("money", "Canonical", "€5 million", "marked", "Source"):
        assert part in tip.inner_text()
    assert page.locator('[aria-label="a.txt, sentence 3"] .on').all_inner_texts() == ["5 M€", "€5 million"]
    page.mouse.move(2, 2)
    tip.wait_for(state="hidden")
    page.locator('[aria-label="a.txt, sentence 3"]').focus()
    page.keyboard.press("ArrowRight")
    assert "repair.quotes" in tip.inner_text()
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "tip"
    page.keyboard.press("Escape")
    assert tip.is_hidden()


def test_the_filters(open_page, small):
    page = open_page(small)
    page.select_option("#doc", "b.txt")
    counted(page, "3 of 7 sentences, 0 flagged")
    page.click("#clear")
    counted(page, "7 sentences, 2 flagged")
    page.select_option("#flag", "term.missing")
    assert labels(page) == ["a.txt, sentence 4, flagged"]
    page.select_option("#flag", "none")
    assert labels(page)[0] == "a.txt, sentence 1"
    page.click("#clear")
    page.select_option("#what", "kind:money")
    counted(page, "2 of 7")
    page.select_option("#what", "rule:repair.unwrap")
    counted(page, "2 of 7")
    page.select_option("#what", "block:furniture")
    counted(page, "0 of 7 sentences, 0 flagged, 2 left out")
    page.click("#clear")
    page.fill("#term", "amm")
    counted(page, "2 of 7")
    page.fill("#term", "")
    counted(page, "7 sentences")
    page.fill("#q", "COUTE")  # without case and accents
    counted(page, "2 of 7")
    assert page.evaluate("CSS.highlights.get('found').size") == 2
    assert "q=COUTE" in page.url
    page.fill("#q", "nowhere to be found")
    counted(page, "0 of 7")
    assert page.locator("main .notice", has_text="No sentence fits").is_visible()


def test_an_address_keeps_the_filters(open_page, small):
    page = open_page(f"{small}#doc=b.txt&q=usine")
    assert labels(page) == ["b.txt, sentence 3"]
    assert page.input_value("#q") == "usine"


def test_layers_and_furniture_are_switched(open_page, small):
    page = open_page(small)
    mark = page.locator('[aria-label="a.txt, sentence 3"] mark.value').first
    shaded = mark.evaluate("m => getComputedStyle(m).backgroundColor")
    page.uncheck("#show-value")
    assert mark.evaluate("m => getComputedStyle(m).backgroundColor") != shaded
    page.hover('[aria-label="a.txt, sentence 3"] >> text="5 M€"')
    assert page.locator("#tip").is_hidden()
    page.check("#omitted")
    assert page.locator(".fold .row").count() == 2
    assert page.locator(".fold .nothing").first.inner_text() == "left out"


def test_the_keys(open_page, small):
    page = open_page(small)
    press = page.keyboard.press
    press("j")
    assert focused(page) == "a.txt, sentence 4, flagged"
    press("j")
    assert focused(page) == "hostile.txt, sentence 1, flagged"
    press("j")  # no third: the documents would only show the same again
    assert focused(page) == "hostile.txt, sentence 1, flagged"
    assert page.inner_text("#live") == "That was the last one."
    press("k")
    press("c")
    assert focused(page) == "a.txt, sentence 4, flagged"
    assert page.evaluate("document.activeElement.querySelector('.context')") is None
    press("p")
    assert focused(page) == "a.txt, sentence 3"
    press("Enter")
    detail = page.locator('[aria-label="a.txt, sentence 3"] .detail')
    assert "a.txt:3" in detail.inner_text()
    assert detail.locator("tbody tr").count() == 6
    press("Enter")
    assert detail.count() == 0
    press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("jk?")  # in a field, keys are letters
    assert page.input_value("#q") == "jk?"
    press("Escape")
    press("?")
    assert page.locator("#keys").is_visible()
    press("Escape")
    assert page.locator("#keys").is_hidden()
    press("f")
    assert page.is_checked("#omitted")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_system_and_the_button(open_page, small, scheme):
    page = open_page(small, color_scheme=scheme)
    dark = "getComputedStyle(document.body).backgroundColor === 'rgb(21, 23, 26)'"
    assert page.evaluate(dark) == (scheme == "dark")
    page.click("#theme")
    assert not page.evaluate(dark)
    page.keyboard.press("t")
    assert page.evaluate(dark)
    page.reload()
    assert page.evaluate(dark)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, small, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = open_page(small, color_scheme=scheme, bypass_csp=True)  # axe is put into the page, which the page forbids

    def violations():
        response = axe.run(page).response
        assert len(response["passes"]) > 15
        return [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in response["violations"]]

    assert violations() == []
    page.check("#omitted")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert violations() == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert violations() == []


def test_a_narrow_window_does_not_scroll_sideways(open_page, small):
    page = open_page(small, viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def copies(out, number):
    """The same document under that many names; making each anew takes longer than all the rest."""
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    text, record = (out / "00.txt").read_text("utf-8"), (out / "00.json").read_text("utf-8")
    for n in range(1, number):
        (out / f"{n:02}.txt").write_text(text, "utf-8")
        (out / f"{n:02}.json").write_text(record.replace('"path": "00.txt"', f'"path": "{n:02}.txt"', 1), "utf-8")
    names = [{"path": f"{n:02}.txt", "text": f"{n:02}.txt", "record": f"{n:02}.json"} for n in range(number)]
    (out / "manifest.json").write_text(json.dumps(manifest | {"documents": names}), "utf-8")
    return out


def test_ten_thousand_sentences(open_page, tmp_path):
    path = write(copies(make_out(tmp_path, [long(1000, "00.txt")]), 10))
    assert path.stat().st_size < 8_000_000
    page = open_page(path.as_uri())
    counted(page, "10,000 sentences, 200 flagged")
    assert page.locator(".row").count() < 200  # what is far away is not laid out
    for _ in range(3):
        page.keyboard.press("k")  # from the end
    page.wait_for_timeout(100)
    assert focused(page) == "09.txt, sentence 900, flagged"
    box = page.evaluate("(() => { const r = document.activeElement.getBoundingClientRect(); return [r.top, r.bottom] })()")
    assert 0 < box[0] < box[1] < 900
    page.fill("#q", "lot 4242")
    counted(page, "0 of")
    page.fill("#q", "lot 424 ")
    counted(page, "10 of 10,000")
    page.click("#clear")
    counted(page, "10,000 sentences")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".row").count() == 10_200
