"""An order's page, opened by its secret link; what its buyer can do there; and the orders of who signed in."""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from foundation.api.once import once, refused
from foundation.flow import WrongTurn
from foundation.people.doors import StaffRequest
from store.aftercare.forms import FindForm
from store.aftercare.page import Unanswered, show
from store.buyers.actions import company_of
from store.orders import actions
from store.orders.models import Order, WorkOrder
from store.payments.models import Invoice
from store.payments.paper import invoice_pdf

NOT_ANSWERED = (actions.CannotAnswer, WrongTurn)
"""Why an answer to a design is refused."""


@never_cache
@require_safe
def order(request: HttpRequest, token: str) -> HttpResponse:
    """Where the order stands. Whoever has the link may look; a stranger finds nothing."""
    try:
        found = _find(token)
    except actions.LinkReplaced:
        return render(request, "aftercare/replaced.html", {"form": FindForm()}, status=410)
    return _page(request, found, token)


def _page(request: HttpRequest, found: Order, token: str, wrong: Unanswered | None = None) -> HttpResponse:
    """The order's page; where an answer to a design was refused, with the reason and what was said."""
    page = show(found, token=token, today=timezone.localdate())
    open_ = wrong and any(design.work_id == wrong.work_id for design in page.designs)
    context = {
        "page": page,
        "order": page.order,
        "token": token,
        "wrong": wrong,
        "wrong_is_elsewhere": wrong and not open_,
    }
    return private(render(request, "aftercare/order.html", context, status=409 if wrong else 200))


@require_POST
@once
def pay(request: HttpRequest, token: str, due: int) -> HttpResponse:
    """On to the payment page for what is owed."""
    found = find_or_404(token)
    owed = get_object_or_404(found.dues, pk=due)
    try:
        attempt = actions.ask_for_payment(order=found, due=owed, now=timezone.now())
    except actions.CannotPay as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("aftercare:order", token))
    return redirect("payments:go", attempt.reference)


@require_POST
@once
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """The bank's slip of a transfer: a photo or a PDF. It can be sent again."""
    found = find_or_404(token)
    upload = request.FILES.get("slip")
    try:
        if upload is None:
            raise actions.SlipNotTaken(_("Choose a photo or a PDF first."))
        actions.attach_slip(order=found, upload=upload, now=timezone.now(), note=request.POST.get("note", "")[:200])
    except actions.SlipNotTaken as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("aftercare:order", token))
    messages.success(request, _("Thank you, your slip is here. We look for the money and then write to you."))
    return redirect("aftercare:order", token)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def approve(request: HttpRequest, token: str, work: int, revision: int) -> HttpResponse:
    """Approve a design by typing one's name. Come back to without a form, it is the order's page."""
    if request.method != "POST":
        return redirect("aftercare:order", token)
    found = find_or_404(token)
    piece = get_object_or_404(WorkOrder, pk=work, line__order=found)
    name = request.POST.get("name", "")[:200]
    try:
        actions.approve_design(order=found, work_order=piece, revision=revision, by_name=name, now=timezone.now())
    except NOT_ANSWERED as refusal:
        return _page(request, found, token, Unanswered(work, "name", str(refusal), name))
    messages.success(request, _("Thank you. The workshop goes on with this design."))
    return redirect("aftercare:order", token)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def comment(request: HttpRequest, token: str, work: int, revision: int) -> HttpResponse:
    """Say what should be different about a design. Come back to without a form, it is the order's page."""
    if request.method != "POST":
        return redirect("aftercare:order", token)
    found = find_or_404(token)
    piece = get_object_or_404(WorkOrder, pk=work, line__order=found)
    text, now = request.POST.get("text", "")[:10_000], timezone.now()
    try:
        actions.comment_on_design(
            order=found, work_order=piece, revision=revision, text=text, by_name=found.name, now=now
        )
    except NOT_ANSWERED as refusal:
        return _page(request, found, token, Unanswered(work, "text", str(refusal), text))
    messages.success(request, _("Thank you. The designer reads this and shows you another design."))
    return redirect("aftercare:order", token)


@never_cache
@require_GET
def invoice(request: HttpRequest, token: str, reference: UUID) -> HttpResponse:
    """An invoice or credit note of this order as PDF."""
    found = find_or_404(token)
    dues = found.dues.values("reference")
    paper = get_object_or_404(Invoice.objects.prefetch_related("lines"), reference=reference, due__in=dues)
    answer = HttpResponse(invoice_pdf(paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.number}.pdf"'
    return private(answer)


@login_required
@never_cache
@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    """The orders of who signed in, newest first."""
    rows = list(Order.objects.filter(user=request.user).prefetch_related("lines").order_by("-pk")[:100])
    if all(row.is_on_account for row in rows) and company_of(request.user) is not None:
        return redirect("trade:front")  # who buys for a shop alone begins at its desk
    return render(request, "aftercare/mine.html", {"orders": rows})


@login_required
@never_cache
@require_safe
def one_of_mine(request: StaffRequest, number: str) -> HttpResponse:
    """On to the page of one's own order."""
    found = get_object_or_404(Order, number=number, user=request.user)
    return redirect("aftercare:order", actions.token_of(found))


@require_POST
@once
def find(request: HttpRequest) -> HttpResponse:
    """Send the link again to the address of an order. The answer never says whether there is such an order."""
    form = FindForm(request.POST)
    if not _may_ask(request):
        sentence = _("That was asked for very often from here. Wait an hour, or write to us.")
        return render(request, "ui/refused.html", {"sentence": sentence}, status=429)
    if form.is_valid():
        said = form.cleaned_data
        found = Order.objects.filter(number=said["number"].strip().upper(), email__iexact=said["email"]).first()
        if found is not None:
            actions.send_link(order=found, key=f"{timezone.now():%Y%m%d%H}")
    messages.success(request, _("If there is such an order, its link is on its way to that address."))
    return redirect(reverse("aftercare:lost"))


@require_safe
def lost(request: HttpRequest) -> HttpResponse:
    """Somebody has lost the link to their order."""
    return render(request, "aftercare/lost.html", {"form": FindForm()})


def _may_ask(request: HttpRequest) -> bool:
    """A limit of its own (settings): enough for a family, too few to guess numbers."""
    return bool(ratelimit.consume(request, action="lost_link"))


def _find(token: str) -> Order:
    found = actions.find_by_token(token)
    if found is None:
        raise Http404(_("There is no such order."))
    return found


def find_or_404(token: str) -> Order:
    """The order that a secret link opens. Refuses a stranger and an old link alike."""
    try:
        return _find(token)
    except actions.LinkReplaced as error:
        raise Http404(_("This link was replaced by a newer one.")) from error


def private(answer: HttpResponse) -> HttpResponse:
    """The address is a secret: nobody is told where the reader came from, and no search engine keeps it."""
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer
