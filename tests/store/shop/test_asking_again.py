"""A price that is not known yet is asked for again by the page itself."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from production import offer
from production.shapes.asking import NotMeasuredYet, measures
from tests.store import cast

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture
def page():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.browser
def test_the_button_comes_alive_once_the_piece_is_measured(page, monkeypatch, transactional_db, live_server):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    cast.fixings()
    cast.listed(cast.ring("sill", made_to_order=True))
    asked = []

    def the_second_time(*piece):
        asked.append(piece)
        if len(asked) == 1:
            raise NotMeasuredYet
        return measures(*piece)

    monkeypatch.setattr(offer, "measures", the_second_time)
    page.goto(f"{live_server.url}/en/pieces/sill/?metal=AU750Y")
    button = page.get_by_role("button", name="Add to basket")
    expect(button).to_be_disabled()
    expect(button).to_be_enabled(timeout=15_000)
    assert len(asked) >= 2
