"""The managers are told of late tickets, each in their own language, and led to the board in it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.house.models import Brand
from foundation.mail.models import Letter
from production.tickets.actions import warn_late


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_letter_leads_to_the_board_in_its_reader_s_language(ticket, staff, seller, language):
    Brand.objects.get_or_create(
        code="ajour", defaults={"name": "Ajour", "seller": seller, "contact_email": "b@ajour.example"}
    )
    manager = staff["production_manager"]
    manager.language = language
    manager.save()
    assert warn_late(now=ticket.due_at + timedelta(hours=1)) == 1
    assert f"/{language}/workshop/" in Letter.objects.get(to=manager.email).text
    assert warn_late(now=timezone.now()) == 0
