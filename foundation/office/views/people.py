"""Pages about people: where sign-in leads, the staff list, invitations, and a first password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.api.once import once
from foundation.house.models import Brand
from foundation.mail.actions import send_letter
from foundation.office.forms import InviteForm, RolesForm
from foundation.people import actions
from foundation.people.doors import StaffRequest, staff
from foundation.people.models import User
from foundation.people.roles import MAKERS, OFFICE, STAFF, Role
from foundation.people.welcome import welcome_url, welcomed

LANDINGS = [
    ((Role.PRODUCTION_MANAGER, *MAKERS, Role.INSPECTOR), "board:board"),
    ((Role.PACKER,), "packing:station"),
    (OFFICE, "orders:list"),
]
"""Where each role's day begins; the first that fits."""


@require_safe
@login_required
def landing(request: StaffRequest) -> HttpResponse:
    """Where sign-in leads: to the page on which this person's day begins."""
    user = request.user
    place = next((page for roles, page in LANDINGS if user.roles & set(roles)), None)
    return redirect(place or ("orders:list" if user.is_staff else "aftercare:mine"))


@require_safe
@staff(Role.ADMIN)
def people(request: StaffRequest) -> HttpResponse:
    """Everybody who works here, with their roles."""
    rows = User.objects.filter(roles_held__role__in=STAFF).distinct().prefetch_related("roles_held").order_by("name")
    listed = [(user, [Role(held.role).label for held in user.roles_held.all()]) for user in rows]
    return render(request, "office/people.html", {"people": listed, "form": InviteForm(), "here": "people"})


@staff(Role.ADMIN)
@once
def invite(request: StaffRequest) -> HttpResponse:
    """Invite somebody to work here; they get a letter with a link to choose their password."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.invite(**form.cleaned_data, by=request.user)
        except actions.NotInvited as refusal:
            form.add_error(None, str(refusal))
        else:
            _write_welcome(user)
            messages.success(request, _("%(name)s is invited. A letter is on its way.") % {"name": user})
            return redirect("office:people")
    status = 422 if request.method == "POST" else 200
    return render(request, "office/invite.html", {"form": form, "here": "people"}, status=status)


@staff(Role.ADMIN)
@once
def person(request: StaffRequest, reference: str) -> HttpResponse:
    """One person's roles; the end of their access, and its new beginning."""
    user = get_object_or_404(User, reference=reference)
    if request.method == "POST" and "write" in request.POST:
        return _let_in(request, user)
    held = user.roles_held.values_list("role", flat=True)
    form = RolesForm(request.POST or None, initial={"roles": list(held)})
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, user, form.cleaned_data["roles"])
        except actions.LastAdmin as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("office:people")
    status = 422 if request.method == "POST" else 200
    return render(request, "office/person.html", {"person": user, "form": form, "here": "people"}, status=status)


def _change(request: StaffRequest, user: User, roles: list[str]) -> None:
    if "close" in request.POST:
        actions.close_account(user=user, by=request.user, now=timezone.now())
        messages.success(request, _("%(name)s can no longer sign in.") % {"name": user})
    else:
        actions.set_roles(user=user, roles=roles, by=request.user)
        messages.success(request, _("The roles are changed."))


def _let_in(request: StaffRequest, user: User) -> HttpResponse:
    """Write to somebody who has yet to choose a password, or has to choose one again."""
    if user.access == "closed":
        actions.open_account(user=user, by=request.user)
    if user.access == "invited":
        _write_welcome(user, again=request.POST["action_id"])
        messages.success(request, _("%(name)s is invited. A letter is on its way.") % {"name": user})
    return redirect("office:people")


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """An invited person chooses a password and is signed in."""
    user = welcomed(uid, token)
    if user is None:
        sentence = _("This link has ended or was used. Ask whoever invited you for a new one.")
        return render(request, "ui/refused.html", {"sentence": sentence}, status=410)
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("office:landing")
    return render(request, "office/welcome.html", {"form": form, "person": user}, status=422 if form.errors else 200)


def _write_welcome(user: User, again: str = "") -> None:
    brand = Brand.objects.select_related("seller").order_by("pk")[0]
    link = welcome_url(user, language=user.language)
    send_letter(
        to=user.email, language=user.language, template="office/mail/welcome", brand=brand,
        context={"name": user.name, "link": link}, key=f"welcome:{user.reference}:{again}".rstrip(":"),
    )  # fmt: skip
