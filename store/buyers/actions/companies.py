"""A company applies for a trade account, and the office decides."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.files.models import File
from foundation.house.models import Seller
from foundation.money import Money
from foundation.people.models import User
from foundation.people.roles import Role
from store.buyers.flow import CompanyState
from store.buyers.models import CompanyPaper, CompanyPerson, TradeCompany
from store.buyers.vat_numbers import tidy, why_not


class AlreadyKnown(Exception):
    """This company or person has an account, or an application that waits."""


class WrongNumber(Exception):
    """The VAT number cannot be one of its country."""


@dataclass(frozen=True)
class Application:
    """What a company says of itself."""

    name: str
    vat_number: str
    contact_name: str
    email: str
    line1: str
    city: str
    country: str
    line2: str = ""
    region: str = ""
    postcode: str = ""
    phone: str = ""
    registration_number: str = ""
    website: str = ""
    about: str = ""
    language: str = "en"


@transaction.atomic
def apply_for_account(*, seller: Seller, said: Application, by: User | None) -> TradeCompany:
    """Write down an application. It opens nothing: the office decides.

    Refuses, with AlreadyKnown, a second one of the same address or VAT number; with WrongNumber, a number that is none.
    """
    if reason := why_not(said.vat_number, country=said.country):
        raise WrongNumber(reason)
    facts = asdict(said) | {"vat_number": tidy(said.vat_number), "email": said.email.lower()}
    if by is not None and CompanyPerson.objects.filter(user=by).exists():
        raise AlreadyKnown(_("You buy for a company already. Sign in to see its account."))
    try:
        with transaction.atomic():
            company = TradeCompany.objects.create(seller=seller, **facts)
    except IntegrityError as error:
        raise AlreadyKnown(
            _(
                "There is an account or an application with this e-mail address or VAT number already. We answer within two working days."
            )
        ) from error
    if by is not None:
        CompanyPerson.objects.create(company=company, user=by)
    return company


@transaction.atomic
def add_paper(*, company: TradeCompany, file: File) -> CompanyPaper:
    """Keep a document with the application."""
    return CompanyPaper.objects.create(company=company, file=file)


@transaction.atomic
def open_account(*, company: TradeCompany, terms_days: int, credit_limit_minor: int, by: User) -> TradeCompany:
    """Open the account on these terms; whoever buys for the company becomes a trade buyer. Refuses with WrongTurn."""
    company = _locked(company)
    limit = Money(credit_limit_minor, company.seller.currency)
    company.move(CompanyState.APPROVED, by=by, note=f"{terms_days} days, up to {limit.decimal} {limit.currency}")
    _write_terms(company, terms_days=terms_days, credit_limit_minor=credit_limit_minor)
    if not company.people.exists():
        add_person(company=company, email=company.email, name=company.contact_name, by=by)
    for person in company.people.select_related("user"):
        person.user.roles_held.get_or_create(role=Role.TRADE_BUYER, defaults={"given_by": by})
    return company


@transaction.atomic
def set_terms(*, company: TradeCompany, terms_days: int, credit_limit_minor: int, by: User) -> TradeCompany:
    """Change the terms of an account. Orders that are placed keep theirs. What was agreed before stays in its steps."""
    return _write_terms(_locked(company), terms_days=terms_days, credit_limit_minor=credit_limit_minor)


@transaction.atomic
def decline(*, company: TradeCompany, reason: str, by: User) -> TradeCompany:
    """Say no, with the reason that the company reads."""
    company = _locked(company)
    company.move(CompanyState.DECLINED, by=by, note=reason)
    return company


@transaction.atomic
def suspend(*, company: TradeCompany, reason: str, by: User) -> TradeCompany:
    """Close the account for now: no prices, no new orders. What was ordered and owed stays."""
    company = _locked(company)
    company.move(CompanyState.SUSPENDED, by=by, note=reason)
    return company


@transaction.atomic
def reopen(*, company: TradeCompany, by: User) -> TradeCompany:
    """Open a suspended account again, on the terms it had."""
    company = _locked(company)
    company.move(CompanyState.APPROVED, by=by, note="")
    return company


@transaction.atomic
def add_person(*, company: TradeCompany, email: str, name: str, by: User) -> User:
    """Let somebody buy for the company; who has no account yet gets one without a password.

    Refuses, with AlreadyKnown, somebody who buys for another company.
    """
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(
        email, name=name, language=company.language
    )
    person, _made = CompanyPerson.objects.get_or_create(user=user, defaults={"company": company})
    if person.company_id != company.pk:
        raise AlreadyKnown(_("%(person)s buys for another company already.") % {"person": user})
    if company.is_open:
        user.roles_held.get_or_create(role=Role.TRADE_BUYER, defaults={"given_by": by})
    return user


def company_of(user: Any) -> TradeCompany | None:
    """The company that this person buys for, if any."""
    if not isinstance(user, User):
        return None
    return TradeCompany.objects.select_related("seller").filter(people__user=user).first()


def _write_terms(company: TradeCompany, *, terms_days: int, credit_limit_minor: int) -> TradeCompany:
    company.terms_days, company.credit_limit_minor = terms_days, credit_limit_minor
    company.save(update_fields=["terms_days", "credit_limit_minor"])
    return company


def _locked(company: TradeCompany) -> TradeCompany:
    return TradeCompany.objects.select_for_update().get(pk=company.pk)
