"""The workshop's cast for tests: one company in Bangkok, its bench, and people with one craft each."""

from datetime import date

import pytest

from foundation.house.models import Calendar, Seller, Site
from foundation.people.models import User
from production.metal.actions import receive_lot


def person(role, name=""):
    user = User.objects.create_user(f"{name or role}@ajour.example", name=name or role)
    user.roles_held.create(role=role)
    return user


@pytest.fixture
def seller(db):
    return Seller.objects.create(
        code="workshop", legal_name="Ajour Workshop Co., Ltd.", country="TH", currency="THB", invoice_prefix="AJW"
    )


@pytest.fixture
def site(seller):
    site = Site.objects.create(
        code="bangkok", name="Bangkok", seller=seller, country="TH", time_zone="Asia/Bangkok", is_workshop=True
    )
    Calendar.objects.create(site=site, weekdays=[1, 2, 3, 4, 5])
    return site


@pytest.fixture
def caster(db):
    return person("caster", "somchai")


@pytest.fixture
def setter(db):
    return person("setter", "nok")


@pytest.fixture
def manager(db):
    return person("production_manager", "ploy")


@pytest.fixture
def lot(site, manager):
    return receive_lot(
        number="L-750Y-1",
        site=site,
        alloy="AU750Y",
        gross_mg=100_000,
        supplier="Refiner",
        received_on=date(2026, 11, 2),
        by=manager,
    )
