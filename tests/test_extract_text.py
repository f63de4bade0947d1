"""The text reader: encodings, separators, quotation marks, lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import Extract, Unreadable, extract
from pipeline.shapes import Document

GOLDEN = Path(__file__).parents[1] / "raw" / "2012-13" / "Q1" / "cap-scorecard-2012-13-q1.txt"


def reading(file: Path) -> Extract:
    return extract(Document("test", file.name, str(file), "", file.suffix[1:]))


def written(folder: Path, name: str, content: str | bytes) -> Extract:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return reading(file)


def texts(found: Extract) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.grids[0].rows]


def test_published_scorecard_keeps_its_stray_quotation_mark_and_every_field() -> None:
    found = reading(GOLDEN)
    lines = GOLDEN.read_text(encoding="utf-8").split("\n")
    assert any(line.count('"') % 2 for line in lines)
    assert texts(found) == [line.split("\t") for line in lines if line or line is not lines[-1]]
    assert not found.findings


def test_places_are_line_and_field(tmp_path: Path) -> None:
    found = written(tmp_path, "a.txt", "x\ty\n\n\tz")
    assert [(str(cell.place), cell.text) for cell in found.grids[0].cells() if not cell.blank] == [
        ("r1 c1", "x"),
        ("r1 c2", "y"),
        ("r3 c2", "z"),
    ]
    assert [len(row) for row in found.grids[0].rows] == [2, 1, 2]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    rows = [["Measure", "Target", "Q1"], ["Spend – “net”", "£1,000", "£980"], ["Council’s visits", "95%", ""]]
    found = written(tmp_path, "a.txt", end.join("\t".join(row) for row in rows).encode(encoding))
    assert texts(found) == rows


def test_mixed_line_ends_and_none_at_the_end(tmp_path: Path) -> None:
    assert texts(written(tmp_path, "a.tsv", "a\tb\r\nc\td\re\tf\ng\th")) == [
        ["a", "b"],
        ["c", "d"],
        ["e", "f"],
        ["g", "h"],
    ]


def test_characters_that_python_calls_line_ends_do_not_end_a_line(tmp_path: Path) -> None:
    assert texts(written(tmp_path, "a.txt", "a\vb\tc\u2028d\x85e\n")) == [["a\vb", "c\u2028d\x85e"]]


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
def test_separator_of_csv_is_found(tmp_path: Path, separator: str) -> None:
    rows = [["Measure", "Target", "Q1"], ["Calls answered", "95%", "91%"], ["Visits", "", "12"]]
    assert texts(written(tmp_path, "a.csv", "\n".join(separator.join(row) for row in rows))) == rows


def test_csv_fields_of_several_lines_stay_one_field_in_the_line_they_start_in(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        "a.csv",
        'Measure,Comment\nVisits,"First line\nsecond, with a comma and ""quotes"""\nCalls,none\n',
    )
    assert texts(found) == [
        ["Measure", "Comment"],
        ["Visits", 'First line\nsecond, with a comma and "quotes"'],
        ["Calls", "none"],
    ]
    assert [row[0].place.row for row in found.grids[0].rows] == [1, 2, 4]
    assert not found.findings


def test_an_unclosed_quotation_mark_swallows_no_rows(tmp_path: Path) -> None:
    found = written(tmp_path, "a.csv", 'a,b,c\n"d,e,f\n"g, h",i,j\nk,l,m\n')
    assert texts(found) == [["a", "b", "c"], ['"d', "e", "f"], ["g, h", "i", "j"], ["k", "l", "m"]]
    assert [(f.rule, str(f.place), f.quote) for f in found.findings] == [
        ("unbalanced-quotes", "r2 c1", '"d,e,f')
    ]


def test_two_stray_quotation_marks_that_meet_swallow_no_rows(tmp_path: Path) -> None:
    found = written(tmp_path, "a.csv", 'a,b\n1,"2\n3,4\n5,6"\n7,8\n')
    assert [row[0] for row in texts(found)] == ["a", "1", "3", "5", "7"]
    assert {f.rule for f in found.findings} == {"unbalanced-quotes"}


def test_tabs_are_never_quoted(tmp_path: Path) -> None:
    for name in ("a.txt", "a.tsv", "a.csv"):
        assert texts(written(tmp_path, name, 'a\t"b\nc\t"d"\ne\tf\n')) == [
            ["a", '"b'],
            ["c", '"d"'],
            ["e", "f"],
        ]


def test_prose_is_loose_lines_and_a_table_of_commas_is_not(tmp_path: Path) -> None:
    prose = written(tmp_path, "a.txt", "Dear all,\nplease find, as promised, the minutes.\n\nRegards, J\n")
    assert prose.grids[0].lines
    assert texts(prose) == [["Dear all,"], ["please find, as promised, the minutes."], [""], ["Regards, J"]]
    table = written(tmp_path, "b.txt", 'Measure,Target,Q1\n"Spend, net",5,6\nCalls,1,2\n')
    assert texts(table)[1] == ["Spend, net", "5", "6"]
    assert not table.grids[0].lines


def test_nul_bytes_are_dropped_and_reported(tmp_path: Path) -> None:
    found = written(tmp_path, "a.txt", b"a\tb\nc\t\x00d\nLong enough to be plainly text and nothing else\n")
    assert texts(found)[1] == ["c", "d"]
    assert [(f.rule, str(f.place), f.detail["count"]) for f in found.findings] == [("nul-bytes", "r2 c1", 1)]


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00"])
def test_a_file_without_text_is_empty(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        written(tmp_path, "a.txt", content)
    assert caught.value.rule == "file-empty"


def test_a_binary_file_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        written(tmp_path, "a.csv", bytes(range(256)) * 20)
    assert caught.value.rule == "file-type-unknown"
    assert "save" in caught.value.message


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    found = written(tmp_path, "a.xls", "Measure\tTarget\nCalls\t95%\n")
    assert texts(found) == [["Measure", "Target"], ["Calls", "95%"]]
    assert not found.findings


def test_a_hint_names_the_separator(tmp_path: Path) -> None:
    assert texts(written(tmp_path, "a.csv", "sep=;\na,1;b\nc,2;d\n")) == [
        ["sep=", ""],
        ["a,1", "b"],
        ["c,2", "d"],
    ]
