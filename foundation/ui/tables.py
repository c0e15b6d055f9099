"""Tables on a phone: each cell says its column, so that a row can be read from top to bottom instead of sideways."""

import re

from django.utils.html import strip_tags

HEAD = re.compile(r"<thead>(.*?)</thead>", re.DOTALL)
CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
OPENS = re.compile(r"<(td|th)\b([^>]*)>")
SPAN = re.compile(r'\bcolspan="(\d+)"')


def labelled(html: str) -> str:
    """A table's rows, as a template wrote them, with `data-label` on every <td>: the words over its column.

    Cells under no words, and tables without a <thead>, stay as they are. A `colspan` is counted.
    """
    head = HEAD.search(html)
    if head is None:
        return html
    words = [" ".join(strip_tags(cell).split()).replace('"', "&quot;") for cell in CELL.findall(head[1])]
    return html[: head.end()] + ROW.sub(lambda row: _row(row[0], words), html[head.end() :])


def _row(html: str, words: list[str]) -> str:
    column = 0

    def cell(tag: re.Match[str]) -> str:
        nonlocal column
        label = words[column] if column < len(words) else ""
        column += int(span[1]) if (span := SPAN.search(tag[2])) else 1
        return f'<td data-label="{label}"{tag[2]}>' if tag[1] == "td" and label else tag[0]

    return OPENS.sub(cell, html)
