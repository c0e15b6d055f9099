"""A buyer without a script: reads the forms of a page and sends them back filled in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests

NAMELESS = ("submit", "button", "image", "file")


@dataclass
class Form:
    """One form as it was drawn: where it goes, and what it holds."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """Every form of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(told.get("action", ""), told.get("method", "get").lower()))
        elif not self.found:
            return
        elif tag == "input":
            self._input(told, {name for name, _ in attrs})
        elif tag == "select":
            self._select = told.get("name", "")
        elif tag == "option" and self._select:
            fields = self.found[-1].fields
            if "selected" in told or self._select not in fields:
                fields[self._select] = told.get("value", "")
        elif tag == "textarea" and told.get("name"):
            self.found[-1].fields[told["name"]] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _input(self, told: dict[str, str], flags: set[str]) -> None:
        kind, name = told.get("type", "text"), told.get("name")
        if not name or kind in NAMELESS:
            return
        if kind in ("radio", "checkbox") and "checked" not in flags:
            return
        self.found[-1].fields[name] = told.get("value", "on")


class Buyer:
    """A browser without a script, that counts what it was sent."""

    def __init__(self, url: str) -> None:
        self.session, self.url, self.page, self.bytes = requests.Session(), url, "", 0

    def open(self, address: str) -> requests.Response:
        return self._keep(self.session.get(urljoin(self.url, address), timeout=30))

    def send(self, to: str, **said: Any) -> requests.Response:
        """Send the form whose address contains `to`, with what is said filled in."""
        form = next(one for one in Forms(self.page).found if to in one.action and one.method == "post")
        address = urljoin(self.url, form.action)
        filled = form.fields | said
        return self._keep(self.session.post(address, data=filled, headers={"Referer": self.url}, timeout=30))

    def _keep(self, answer: requests.Response) -> requests.Response:
        answer.raise_for_status()
        self.page, self.url = answer.text, answer.url
        self.bytes += len(answer.content)
        return answer
