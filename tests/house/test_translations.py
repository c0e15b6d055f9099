"""The house speaks Thai: on the bench, at the packing station, on the order's page."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils import translation
from django.utils.translation.template import templatize

from foundation.people.roles import Role
from production.routes.stages import Stage
from production.tickets.models.operations import EVIDENCE_NAMES
from tests.packing.conftest import _media, asked, house, packer  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = "locale/th/LC_MESSAGES/django.po"
PRODUCTION = (
    "board",
    "casting",
    "designs",
    "metal",
    "pictures",
    "planning",
    "quality",
    "routes",
    "shapes",
    "stones",
    "tickets",
)
STORE = ("aftercare", "baskets", "checkout", "orders", "payments", "quotes", "shop")
ROOMS = [
    *("config", "foundation/files", "foundation/office", "foundation/people", "foundation/ui", "packaging/packing"),
    *(f"production/{room}" for room in PRODUCTION),
    *(f"store/{room}" for room in STORE),
]
THAI = re.compile(r"[\u0e01-\u0e5b]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%%|%[sd]")
IN_BRACES = re.compile(r"\{\w+[^}]*\}")
GETTEXT = {"_", "_l", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def catalogue(room):
    return polib.pofile(str(ROOT / room / CATALOGUE))


def said(entry):
    """What stands in Thai for this entry: Thai has no plural, so there is always one sentence."""
    return entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_left_in_english_or_in_doubt(room):
    entries = [entry for entry in catalogue(room) if not entry.obsolete]
    assert entries
    assert [entry.msgid for entry in entries if entry.fuzzy or not said(entry).strip()] == []


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_compiled_is_what_is_written(room):
    compiled = polib.mofile(str(ROOT / room / CATALOGUE).removesuffix("po") + "mo")
    written = [entry for entry in catalogue(room) if not entry.obsolete]
    assert {(e.msgctxt, e.msgid): said(e) for e in compiled} == {(e.msgctxt, e.msgid): said(e) for e in written}


@pytest.mark.parametrize("room", ROOMS)
def test_every_figure_and_name_of_a_sentence_comes_through(room):
    """A named place may move in the sentence; an unnamed one may not."""
    for entry in catalogue(room):
        wanted, got = PLACEHOLDER.findall(entry.msgid_plural or entry.msgid), PLACEHOLDER.findall(said(entry))
        assert sorted(got) == sorted(wanted), entry.msgid
        assert sorted(IN_BRACES.findall(said(entry))) == sorted(IN_BRACES.findall(entry.msgid)), entry.msgid
        assert [p for p in got if "(" not in p] == [p for p in wanted if "(" not in p], entry.msgid


def test_two_rooms_say_the_same_thing_in_the_same_words():
    """All catalogues become one when the site starts: of two sayings only one would ever be read."""
    words: dict[tuple[str | None, str], set[str]] = {}
    for room in ROOMS:
        for entry in catalogue(room):
            words.setdefault((entry.msgctxt, entry.msgid), set()).add(said(entry))
    assert {key: sayings for key, sayings in words.items() if len(sayings) > 1} == {}


def strings_of_python(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT and node.args:
            first = node.args[1 if node.func.id.startswith("pgettext") else 0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def strings_of_template(source):
    for call in re.finditer(r"n?gettext\((u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))", templatize(source)):
        yield ast.literal_eval(call[1])


def strings(room):
    """The strings a room's sources ask to be translated; of the floors without a catalogue their root modules."""
    if room == "config":
        python = [p for folder in ("config", "foundation", "production") for p in (ROOT / folder).glob("*.py")]
        pages = []
    else:
        python = [p for p in (ROOT / room).rglob("*.py") if "migrations" not in p.parts]
        pages = [p for p in (ROOT / room).rglob("templates/**/*") if p.suffix in {".html", ".txt"}]
    for path in python:
        yield from strings_of_python(path.read_text())
    for path in pages:
        yield from strings_of_template(path.read_text())


@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_was_added_without_its_thai(room):
    """To mend it: `django-admin makemessages -l th` in the room's folder, write the Thai, `compilemessages`."""
    known = {entry.msgid for each in ROOMS for entry in catalogue(each)}
    assert sorted({text for text in strings(room) if text and text not in known}) == []


def test_the_reader_of_sources_finds_what_is_to_be_translated():
    assert list(strings_of_python('_("Pour")\nprint("not this")\ngettext_lazy("Weigh " "back")')) == [
        "Pour",
        "Weigh back",
    ]
    page = "{% translate 'Tree' %} {% blocktranslate with a=b %}On {{ a }}{% endblocktranslate %} plain"
    assert list(strings_of_template(page)) == ["Tree", "On %(a)s"]


def labels():
    """Every state, choice, role, stage and piece of evidence of a room that speaks Thai, by where it stands."""
    for model in apps.get_models():
        if any(Path(apps.get_app_config(model._meta.app_label).path) == ROOT / room for room in ROOMS):
            for field in model._meta.local_fields:
                for value, label in field.flatchoices:
                    yield f"{model._meta.label}.{field.name}={value}", label
    yield from ((f"role {role}", role.label) for role in Role)
    yield from ((f"stage {stage}", stage.label) for stage in Stage)
    yield from ((f"evidence {kind}", name) for kind, name in EVIDENCE_NAMES.items())


def test_names_that_wait_for_their_reader_come_out_in_his_language():
    with translation.override("th"):
        english = {where: str(label) for where, label in labels() if label and not THAI.search(str(label))}
    assert english == {}
    with translation.override("en"):
        assert Role.SETTER.label == "Setter"
    with translation.override("th"):
        assert Role.SETTER.label == "ช่างฝัง"


def page(client, address):
    """A page as it is read; the language it is read in ends with it."""
    with translation.override("en"):
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()


@pytest.mark.parametrize("brought_back", [False, True])
def test_the_packing_station_is_read_in_thai(client, packer, asked, brought_back):  # noqa: F811
    parcel = asked()
    client.force_login(packer)
    station, one = page(client, "/th/packing/"), page(client, f"/th/packing/{parcel.number}/")
    assert '<html lang="th"' in station
    assert "รอแพ็ก" in station
    assert "กำลังแพ็ก" in station
    assert "เริ่มแพ็ก" in one
    assert "ของที่ต้องใส่" in one
    assert "Start packing" not in one
    if brought_back:
        assert "Start packing" in page(client, f"/en/packing/{parcel.number}/")


def test_a_page_read_in_thai_leaves_the_next_reader_his_own_language(client, packer, asked):  # noqa: F811
    asked()
    client.force_login(packer)
    page(client, "/th/packing/")
    assert "To pack" in page(client, "/en/packing/")
