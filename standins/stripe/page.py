"""The hosted payment page: plain HTML that says what it is."""

from html import escape
from pathlib import Path
from string import Template

from standins.stripe import checkout
from standins.stripe.books import Books, Thing
from standins.stripe.events import News
from standins.stripe.money import written
from standins.stripe.payments import DECLINES, PAYS, Declined
from standins.stripe.refusals import Refused

HERE = Path(__file__).parent
PAGE = Template((HERE / "page.html").read_text())
FORM = Template((HERE / "form.html").read_text())


def pay(books: Books, news: News, session: Thing, given: dict[str, str]) -> str | None:
    """Try to pay with what the form holds; a sentence for the customer when that fails."""
    number = "".join(given.get("number", "").split())
    if number not in PAYS and number not in DECLINES:
        return "Your card number is not one that this stand-in knows. Use 4242 4242 4242 4242 to pay."
    if len(given.get("cvc", "")) not in (3, 4):
        return "Your card's security code is incomplete."
    if "@" not in (given.get("email") or session["customer_email"] or ""):
        return "Enter your e-mail address."
    try:
        with books.changing():
            email, name = given.get("email", ""), given.get("name", "")
            checkout.pay_session(books, news, session, number=number, email=email, name=name)
    except Declined as no:
        return f"{no.message} Try another card, or go back; nothing was charged."
    except Refused as no:
        return str(no)
    return None


def after(session: Thing) -> str:
    """Where the customer goes once it is paid."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def draw(session: Thing, *, refused: str | None = None, given: dict[str, str] | None = None) -> str:
    total = written(session["amount_total"], session["currency"])
    heading = {"open": "To pay", "complete": "Paid", "expired": "Expired"}[session["status"]]
    lines = "".join(_line(line) for line in checkout.line_items(session))
    return PAGE.substitute(
        title=f"{heading} {total} – stand-in for Stripe",
        heading=heading,
        total=total,
        lines=lines,
        back=_link(session["cancel_url"], "← Back to the shop") if session["status"] == "open" else "",
        body=_form(session, total, refused, given or {}) if session["status"] == "open" else _done(session),
    )


def _line(line: Thing) -> str:
    count = f"{line['quantity']} × " if line["quantity"] > 1 else ""
    price = written(line["amount_total"], line["currency"])
    return f"<li><span>{count}{escape(line['description'])}</span><span>{price}</span></li>"


def _form(session: Thing, total: str, refused: str | None, given: dict[str, str]) -> str:
    return FORM.substitute(
        total=total,
        refused=f'<p class="refused" role="alert">{escape(refused)}</p>' if refused else "",
        email=escape(given.get("email") or session["customer_email"] or ""),
        name=escape(given.get("name", "")),
    )


def _done(session: Thing) -> str:
    if session["status"] == "complete":
        return f'<div class="done"><p>This payment is complete.</p>{_link(after(session), "Back to the shop")}</div>'
    words = "This payment page has expired. Nothing was charged."
    return f'<div class="done"><p>{words}</p>{_link(session["cancel_url"], "Back to the shop")}</div>'


def _link(address: str | None, words: str) -> str:
    return f'<p><a href="{escape(address)}">{words}</a></p>' if address else ""
