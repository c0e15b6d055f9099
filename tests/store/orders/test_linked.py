"""Whose cash is whose."""

from store.orders.linked import CashPaid, keys_of, linked_minor


def paid(order, minor, **who):
    return CashPaid(order, minor, keys_of(**({"name": "", "email": "", "phone": ""} | who)))


def test_a_telephone_number_is_known_however_it_is_written():
    assert keys_of(name="", email="", phone="+44 (0)20 7946 0001") == keys_of(name="", email="", phone="02079460001")


def test_a_chain_of_likenesses_is_one_customer():
    rows = [paid(1, 100, name="Ann", phone="0207 946 0001"), paid(2, 10, phone="02079460001", email="a@x.example")]
    assert linked_minor(rows, order=3, keys=keys_of(name="", email="A@x.example", phone="")) == 110


def test_nobody_is_linked_to_nobody():
    assert linked_minor([paid(1, 100)], order=2, keys=frozenset()) == 0
    assert linked_minor([paid(1, 100)], order=1, keys=frozenset()) == 100
