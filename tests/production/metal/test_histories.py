"""Whatever happens to metal, in whatever order, the books sum to nothing and no bag holds less than nothing."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.house.models import Site
from production.metal import actions, books, ledger, questions
from production.metal.allowances import LossNeedsWitness
from production.metal.models import HOLDING, Account, Entry, Lot

REFUSED = (
    books.NotEnoughMetal,
    ledger.NotAWeight,
    ledger.MoreThanCharged,
    LossNeedsWitness,
    actions.NotReversible,
    ledger.DoesNotBalance,
)
ALLOYS = ("AU750Y", "AU585R", "AG925", "PT950Ru")
weights = st.integers(min_value=0, max_value=60_000)
deeds = st.tuples(st.sampled_from(["receive", "issue", "tree", "cast", "weigh", "return", "finish", "scrap", "reverse"]),
                  st.sampled_from(ALLOYS), st.integers(0, 2), weights, weights)  # fmt: skip


def _lot(alloy):
    return Lot.objects.get(number=f"first-{alloy}")


def _do(deed, alloy, n, a, b, key, by):
    ticket = f"T-{alloy}-{n}"
    doing = {
        "receive": lambda: actions.receive_lot(number=f"L-{key}", site=Site.objects.get(), alloy=alloy, gross_mg=a,
                                               supplier="R", received_on=date(2026, 1, 1), by=by),
        "issue": lambda: actions.issue_to_ticket(lot=_lot(alloy), ticket=ticket, gross_mg=a, by=by, key=key),
        "tree": lambda: actions.issue_to_tree(lot=_lot(alloy), tree=f"X-{alloy}", gross_mg=a, by=by, key=key),
        "cast": lambda: actions.cast(tree=f"X-{alloy}", alloy=alloy, pieces_mg={ticket: a}, sprue_and_button_mg=b, scrap_mg=0, by=by, key=key),
        "weigh": lambda: actions.book_stage_loss(ticket=ticket, stage="finishing", alloy=alloy, metal_mg=a, filings_mg=b,
                                                 by=by, key=key),
        "return": lambda: actions.return_metal(account=books.ticket(ticket), alloy=alloy, gross_mg=a, by=by, key=key),
        "finish": lambda: actions.finish_piece(ticket=ticket, alloy=alloy, metal_mg=a, by=by, key=key),
        "scrap": lambda: actions.scrap_ticket(ticket=ticket, alloy=alloy, by=by, key=key),
        "reverse": lambda: actions.reverse_entry(entry=Entry.objects.order_by("pk")[a % Entry.objects.count()], reason="x", by=by),
    }  # fmt: skip
    doing[deed]()


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=st.lists(deeds, min_size=1, max_size=25))
def test_fine_metal_sums_to_nothing_over_any_history(site, manager, history):
    for alloy in ALLOYS:
        actions.receive_lot(number=f"first-{alloy}", site=site, alloy=alloy, gross_mg=50_000, supplier="R",
                            received_on=date(2026, 1, 1), by=manager)  # fmt: skip
    before = Entry.objects.count()
    for step, (deed, alloy, n, a, b) in enumerate(history):
        try:
            _do(deed, alloy, n, a, b, f"{before}-{step}", manager)
        except REFUSED:
            pass
    assert set(questions.totals().values()) == {0}
    assert questions.drifted() == []
    assert not Account.objects.filter(kind__in=HOLDING, fine_dug__lt=0).exists()
