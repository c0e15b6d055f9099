"""Tables on a phone: each cell carries the words over its column."""

from foundation.ui.tables import labelled

HEAD = '<thead><tr><th>Order</th><th class="r">Left to\n pay</th><td></td></tr></thead>'


def test_each_cell_says_its_column():
    row = '<tr><th scope="row">A7</th><td class="r">£5</td><td><button>Pay</button></td></tr>'
    assert labelled(f"{HEAD}<tbody>{row}</tbody>") == (
        f'{HEAD}<tbody><tr><th scope="row">A7</th><td data-label="Left to pay" class="r">£5</td>'
        "<td><button>Pay</button></td></tr></tbody>"
    )


def test_every_row_begins_at_the_first_column_and_a_span_is_counted():
    rows = '<tr><td colspan="2">both</td><td>x</td></tr><tr><td>a</td><td>b</td></tr>'
    assert labelled(f"{HEAD}<tbody>{rows}</tbody>").removeprefix(HEAD) == (
        '<tbody><tr><td data-label="Order" colspan="2">both</td><td>x</td></tr>'
        '<tr><td data-label="Order">a</td><td data-label="Left to pay">b</td></tr></tbody>'
    )


def test_words_over_a_column_cannot_break_out_of_the_mark():
    head = '<thead><tr><th>6" <b>&lt;wide&gt;</b></th></tr></thead>'
    assert labelled(f"{head}<tr><td>1</td></tr>") == f'{head}<tr><td data-label="6&quot; &lt;wide&gt;">1</td></tr>'


def test_a_table_without_a_head_stays_as_it_is():
    assert labelled("<tbody><tr><td>1</td></tr></tbody>") == "<tbody><tr><td>1</td></tr></tbody>"
