"""A studio without a renderer: it answers at once with a plain picture, or as a test has it answer."""

import io

import pytest
from PIL import Image

from foundation.people.models import User
from production.pictures import presence, taking, tasks


def png(shade="#c9b3a6"):
    out = io.BytesIO()
    Image.new("RGB", (80, 100), shade).save(out, "PNG")
    return out.getvalue()


class Camera:
    """What the studio's pool is to the task; keeps what it was asked for."""

    def __init__(self):
        self.asked, self.answer = [], lambda: (png(), 32_500)

    def do(self, *asked):
        self.asked.append(asked)
        return self.answer()


@pytest.fixture
def camera(db, monkeypatch, settings, tmp_path):
    """An open studio."""
    settings.MEDIA_ROOT = tmp_path
    made = Camera()
    monkeypatch.setattr(tasks, "STUDIO", made)
    monkeypatch.setattr(taking, "is_equipped", lambda: True)
    tasks.look_in()
    yield made
    presence.cache.delete(presence.OPEN)


@pytest.fixture
def sales(db):
    person = User.objects.create_user("sam@ajour.example", name="Sam")
    person.roles_held.create(role="sales")
    return person
