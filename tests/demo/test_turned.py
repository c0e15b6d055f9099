"""On the style guide a piece of every family is turned in a real browser: its picture first, its model when somebody asks.

`make test` turns a band and a solitaire; `make journeys` goes down every rung to the picture;
`make looks` turns all of them both ways. LOOKS=folder keeps a picture of each.
"""

import os
import shutil
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from demo.turned import taken
from foundation.outbox.actions import deliver
from foundation.outbox.models import Work
from production.shapes.families import FAMILIES
from production.shapes.tasks import draw_model

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SOFT_GPU = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
FEW = ("eave", "clerestory")
LEAST_TONES = 40  # from the darkest to the lightest of a piece; a thin chain has few full pixels
LEAST_TURNED = 0.05  # a thin chain moves few pixels
TONES = """canvas => { const c = document.createElement('canvas'); c.width = c.height = 160; const p = c.getContext('2d');
  p.drawImage(canvas, 0, 0, 160, 160); const d = p.getImageData(0, 0, 160, 160).data, seen = [];
  for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 250) seen.push(d[i + 1]); return seen; }"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(autouse=True)
def _own_shelf(settings, shelf):
    settings.MEDIA_ROOT = shelf


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SOFT_GPU)
        yield browser
        browser.close()


class Guide:
    """The style guide in a browser, what it fetched and what it complained of."""

    def __init__(self, page, url):
        self.page, self.fetched, self.said = page, [], []
        page.set_default_timeout(40_000)
        page.on("request", lambda asked: self.fetched.append(asked.url))
        page.on("console", lambda line: self.said.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.goto(f"{url}/en/styleguide/")

    def box(self, slug):
        return self.page.locator(f"[data-turn='/en/styleguide/turned/{slug}/']")

    def open(self, slug, stones=""):
        """Ask for this piece's model, its stones drawn one way or as the page decides; the way they were drawn."""
        box = self.box(slug)
        if stones:
            box.evaluate("(box, as) => { box.dataset.stonesAs = as }", stones)
        box.get_by_role("button").click()
        self.page.locator(f"[data-turn$='/{slug}/'][data-shows]").wait_for()
        return box.get_attribute("data-shows")

    def drawn(self, slug, *, key=""):
        """The picture that stands there, after a key was pressed."""
        canvas = self.box(slug).locator("canvas")
        count = int(canvas.get_attribute("data-drawn"))
        if key:
            canvas.press(key)
            self.page.locator(f"[data-turn$='/{slug}/'] canvas[data-drawn='{count + 1}']").wait_for()
        self.keep(slug)
        return canvas.screenshot()

    def keep(self, slug):
        if folder := os.environ.get("LOOKS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            way = self.box(slug).get_attribute("data-shows")
            self.box(slug).screenshot(path=str(Path(folder) / f"turned-{slug}-{way}.png"))

    def tones(self, slug):
        """From the darkest to the lightest of what the piece covers."""
        seen = self.box(slug).locator("canvas").evaluate(TONES)
        assert len(seen) > 40, "the piece is hardly there"
        return max(seen) - min(seen)


@pytest.fixture
def guide(chromium, transactional_db, live_server, request):
    """The style guide with these pieces' models on the shelf."""
    for slug in getattr(request, "param", FEW):
        told = taken()[slug].told
        draw_model(family=told["family"], parameters=told["parameters"])
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield lambda script="": Guide(_page(context, script), live_server.url)
    context.close()


def _page(context, script):
    page = context.new_page()
    if script:
        page.add_init_script(script)
    return page


def apart(one, other):
    """How far two pictures of the same place differ, as a mean of 0 to 255."""
    first, second = (np.asarray(Image.open(BytesIO(shot)).convert("L"), float) for shot in (one, other))
    return np.abs(first - second).mean()


def turns(guide, slug, stones=""):
    shown = guide.open(slug, stones)
    first = guide.drawn(slug)
    assert guide.tones(slug) > LEAST_TONES, slug
    turned = apart(first, guide.drawn(slug, key="ArrowUp"))
    assert turned > LEAST_TURNED, slug
    assert apart(first, guide.drawn(slug, key="Home")) < turned / 4, f"{slug}: Home sets it back"
    return shown


def test_every_family_is_on_the_page_and_each_picture_is_there():
    pieces = taken()
    assert {one.told["family"] for one in pieces.values()} == set(FAMILIES)
    assert all(one.path.exists() for one in pieces.values())


@pytest.mark.django_db
def test_a_model_is_owed_when_it_is_first_asked_for(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert client.get("/en/styleguide/turned/eave/").status_code == 202
    deliver(Work.objects.get(kind="shapes.draw_model").key)
    told = client.get("/en/styleguide/turned/eave/").json()
    assert (told["metal"], told["url"].endswith(".glb.gz")) == ("yellow", True)
    picture = client.get("/en/styleguide/turned/eave.webp")
    assert b"".join(picture.streaming_content)[8:12] == b"WEBP"


@pytest.mark.django_db
def test_a_piece_that_is_not_on_the_page_has_no_picture_and_no_model(client):
    assert client.get("/en/styleguide/turned/nothing/").status_code == 404
    assert client.get("/en/styleguide/turned/nothing.webp").status_code == 404


@pytest.mark.browser
def test_the_picture_comes_first_and_each_family_turns_under_the_keys(guide):
    page = guide()
    assert not [
        url for url in page.fetched if any(part in url for part in ("three", "viewer", "/models/", "/turned/eave/"))
    ]
    ways = {turns(page, slug) for slug in FEW}
    assert ways == {"plain"}, "a machine without a graphics chip is not asked to trace light"
    assert page.page.locator("canvas").count() == 1, "one at a time"
    assert len([url for url in page.fetched if "three.module" in url]) == 1
    assert len([url for url in page.fetched if ".glb.gz" in url]) == len(FEW)
    assert page.said == [], "no rule of the page is broken"


@pytest.mark.journey
@pytest.mark.browser
def test_a_stone_may_be_traced_all_the_same(guide):
    page = guide()
    assert turns(page, "clerestory", "traced") == "traced"
    assert page.said == []


def machine(*, chip="ANGLE (NVIDIA, GeForce RTX 3060)", memory_gb="8", frame_ms=10):
    """A browser that tells of this graphics chip and this memory, and whose clock says that a frame takes so long."""
    return f"""
      const told = WebGL2RenderingContext.prototype.getParameter;
      WebGL2RenderingContext.prototype.getParameter = function (what) {{ return what === 0x9246 ? {chip!r} : told.call(this, what); }};
      Object.defineProperty(Navigator.prototype, "deviceMemory", {{ get: () => {memory_gb} }});
      let now = 0;
      performance.now = () => (now += {frame_ms});
    """


@pytest.mark.journey
@pytest.mark.browser
@pytest.mark.parametrize(
    ("script", "way"),
    [
        (machine(), "traced"),
        (machine(memory_gb="2"), "traced"),
        (machine(memory_gb="undefined"), "traced"),
        (machine(memory_gb="1"), "plain"),
        (machine(chip="Google SwiftShader"), "plain"),
        (machine(chip="llvmpipe (LLVM 15.0)"), "plain"),
        (machine(frame_ms=119), "traced"),
        (machine(frame_ms=121), "plain"),
    ],
    ids=["strong", "2 GB", "memory untold", "1 GB", "SwiftShader", "llvmpipe", "119 ms a frame", "121 ms a frame"],
)
@pytest.mark.parametrize("guide", [("clerestory",)], indirect=True)
def test_light_is_traced_where_chip_memory_and_speed_allow_it_and_else_stones_are_plain(guide, script, way):
    page = guide(script)
    assert page.open("clerestory") == way
    canvas = page.box("clerestory").locator("canvas")
    assert canvas.get_attribute("data-stones") == way
    assert page.tones("clerestory") > LEAST_TONES, "it is drawn whichever way"
    assert page.said == []


@pytest.mark.journey
@pytest.mark.browser
@pytest.mark.parametrize("guide", [("clerestory",)], indirect=True)
def test_where_frames_are_slow_the_stones_change_under_the_eye_and_the_piece_turns_on(guide):
    page = guide(machine(frame_ms=200))
    assert turns(page, "clerestory") == "plain"


@pytest.mark.journey
@pytest.mark.browser
@pytest.mark.parametrize(
    "script",
    [
        "HTMLCanvasElement.prototype.getContext = () => null",
        "window.fetch = () => Promise.reject(new TypeError('no way through'))",
    ],
    ids=["without WebGL", "without the model"],
)
def test_where_nothing_can_be_turned_the_picture_stays_and_one_sentence_says_so(guide, script):
    page = guide(script)
    assert page.open("clerestory") == "picture"
    assert page.box("clerestory").locator("canvas").count() == 0
    assert (
        page.box("clerestory").get_by_role("status").inner_text()
        == "The model cannot be shown here, so the picture stays."
    )
    assert page.box("clerestory").locator("img").is_visible()


@pytest.mark.journey
@pytest.mark.browser
def test_a_lost_context_brings_the_picture_back(guide):
    page = guide()
    page.open("eave")
    page.box("eave").locator("canvas").evaluate(
        "c => c.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"
    )
    page.page.locator("[data-turn$='/eave/'][data-shows=picture]").wait_for()
    assert (
        page.box("eave").get_by_role("status").inner_text() == "The model cannot be shown here, so the picture stays."
    )


@pytest.mark.looks
@pytest.mark.browser
@pytest.mark.parametrize("guide", [tuple(taken())], indirect=True)
@pytest.mark.parametrize("stones", ["traced", "plain"])
def test_every_piece_turns_with_its_stones_drawn_either_way(guide, stones):
    page = guide()
    for slug in taken():
        assert turns(page, slug, stones) == stones
    assert page.said == []
