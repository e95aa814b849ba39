"""Lines of a CSV file: quoted where they must be, harmless to a spreadsheet."""

from __future__ import annotations

from servicing.csv_file import cell, lines_of


def test_lines_are_quoted_and_ended() -> None:
    assert lines_of([("a", None), ('b "c"', "d\ne")]) == 'a,\r\n"b ""c""","d\ne"\r\n'


def test_a_formula_is_text_and_an_amount_is_an_amount() -> None:
    assert cell("=1+1") == "'=1+1"
    assert cell("-12.50") == "-12.50"
    assert cell("@mail") == "'@mail"
