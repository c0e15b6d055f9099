"""A piece turned in the browser: its model is built once, kept by its fingerprint, and drawn with its facets."""

import gzip
import json
import shutil
import struct

import pytest
from django.core.files.storage import default_storage
from playwright.sync_api import sync_playwright

from foundation.outbox.actions import deliver
from foundation.outbox.models import Work
from production.shapes.families import FAMILIES
from production.shapes.kept import model_path
from production.shapes.tasks import draw_model
from tests.store import cast

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SOFT_GPU = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
MOST_BYTES = 250_000
ADDRESS = "/en/pieces/sill/model/"


@pytest.fixture(autouse=True)
def _own_shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
def test_a_model_is_owed_once_and_then_has_an_address_for_ever(client):
    cast.fixings()
    cast.ring("sill")
    assert [client.get(ADDRESS).status_code for _ in range(2)] == [202, 202]
    owed = Work.objects.get(kind="shapes.draw_model")
    deliver(owed.key)
    told = client.get(ADDRESS)
    assert (told.status_code, told.json()["metal"]) == (200, "yellow")
    model = client.get(told.json()["url"])
    assert "immutable" in model["Cache-Control"]
    assert gzip.decompress(b"".join(model.streaming_content))[:4] == b"glTF"


@pytest.mark.parametrize("family", FAMILIES)
def test_the_model_of_every_family_is_light_and_its_cut_stones_carry_their_facets(family):
    draw_model(family=family, parameters={})
    with default_storage.open(model_path(family, {})) as kept:
        packed = kept.read()
    assert len(packed) <= MOST_BYTES
    raw = gzip.decompress(packed)
    document = json.loads(raw[20 : 20 + struct.unpack("<I", raw[12:16])[0]])
    stones = [mesh["extras"] for mesh in document["meshes"] if "gem" in mesh.get("extras", {})]
    assert all(len(stone["planes"]) % 4 == 0 and len(stone["planes"]) <= 4 * 200 for stone in stones)


@pytest.fixture
def page():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SOFT_GPU)
        page = browser.new_page(viewport={"width": 900, "height": 800})
        page.set_default_timeout(15_000)
        yield page
        browser.close()


@pytest.fixture
def shown(monkeypatch, transactional_db, live_server, client):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    cast.fixings()
    cast.ring("sill")
    client.get(ADDRESS)
    deliver(Work.objects.get(kind="shapes.draw_model").key)
    return f"{live_server.url}/en/pieces/sill/"


def drawn(page, times):
    page.locator(f".turning[data-drawn='{times}']").wait_for()
    return page.locator(".turning").screenshot()


@pytest.mark.browser
def test_a_ring_turns_under_the_keys_and_no_rule_of_the_page_is_broken(page, shown):
    said = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    fetched = []
    page.on("request", lambda asked: fetched.append(asked.url))
    page.goto(shown)
    assert not [url for url in fetched if "three" in url or "/model" in url]
    page.get_by_role("button", name="Turn it").click()
    page.locator(".turning[data-drawn]").or_(page.get_by_text("the picture stays")).wait_for()
    assert said == []
    first = drawn(page, page.locator(".turning").get_attribute("data-drawn"))
    tones = page.evaluate(
        """() => { const c = document.createElement('canvas'); c.width = c.height = 200; const p = c.getContext('2d');
        p.drawImage(document.querySelector('.turning'), 0, 0, 200, 200);
        const d = p.getImageData(0, 0, 200, 200).data, seen = [];
        for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 250) seen.push(d[i + 1]); return seen; }"""
    )
    assert len(tones) > 500
    assert max(tones) - min(tones) > 150
    count = int(page.locator(".turning").get_attribute("data-drawn"))
    page.keyboard.press("ArrowRight")
    assert drawn(page, count + 1) != first
    page.get_by_role("button", name="Back to the picture").click()
    assert page.locator(".turning").count() == 0
    assert said == []


@pytest.mark.browser
def test_without_a_model_or_webgl_the_picture_stays(page, shown):
    page.route("**/*.glb.gz", lambda route: route.abort())
    page.goto(shown)
    page.get_by_role("button", name="Turn it").click()
    page.get_by_text("the picture stays").wait_for()
    assert page.locator(".turning").count() == 0
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(shown)
    page.get_by_role("button", name="Turn it").click()
    page.get_by_text("the picture stays").wait_for()
    assert page.locator(".turning").count() == 0


@pytest.mark.browser
def test_another_metal_is_another_colour_and_not_another_model(page, shown):
    fetched = []
    page.on("request", lambda asked: fetched.append(asked.url))
    page.goto(shown)
    page.get_by_role("button", name="Turn it").click()
    page.locator("[data-turn][data-shows]").wait_for()
    count = int(page.locator(".turning").get_attribute("data-drawn"))
    yellow = drawn(page, count)
    page.locator("input[name=metal][value=PT950Ru]").check(force=True)
    page.locator("[data-turn-open][aria-busy]").wait_for(state="detached")
    grey = page.locator(".turning").screenshot()
    assert int(page.locator(".turning").get_attribute("data-drawn")) > count
    assert grey != yellow
    assert len([url for url in fetched if ".glb.gz" in url]) == 1
