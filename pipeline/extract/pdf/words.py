"""The words of a page: characters of one look that stand next to each other in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from statistics import median

from pipeline.extract.glyphs import FONTS, shown
from pipeline.extract.pdf.chars import WHITE, Char, Look, Run
from pipeline.extract.pdf.lines import Word
from pipeline.extract.pdf.page import Page

APART = 1.5
"""Points between two characters that part words."""
BLANK = 0.15
"""Of the size of the print, white that parts words where pdfium takes it for a blank: at four points a printed blank
is narrower than APART."""
OVER = 0.18
"""Of the size of the print, how far letters of one text never reach over each other."""
SPACED, ALONE, SPREAD = 4, 1.4, 0.8
"""Letters that are spaced out: so many words in a line at the least, so many letters a word on average at the most, and
less white between them than this part of the size of the print."""
LEVEL = 3.0
"""Points by which characters of a line may stand higher or lower than the one before."""

LIGATURES = {0xF000: "ﬀ", 0xF001: "ﬁ", 0xF002: "ﬂ", 0xF003: "ﬃ", 0xF004: "ﬄ"}
"""The private codes that older fonts give their ligatures."""
PRIVATE = "\ue000"


def words_of(page: Page) -> list[Word]:
    """Every word of a page, upright ones first; turned text is read along its own direction."""
    words: list[Word] = []
    for turn in (0, 90, 180, 270):
        for run in page.runs:
            if run.look.leans and turn == 0:
                words += _leaning(run)
            elif run.look.turn == turn and not run.look.leans:
                chars = run.chars if turn == 0 else [_flat(char, turn) for char in run.chars]
                size = run.look.size
                lines = (closed_up([*_parted(line, size)], size) for line in _lines(chars))
                words += [_word(word, run.look) for line in lines for word in line]
    return words


def _leaning(run: Run) -> Iterator[Word]:
    """The words of print that leans, as headings over narrow columns do: each where its line of print begins, for what
    it heads stands below that place."""
    look = replace(run.look, turn=0)
    word: list[Char] = []
    start: Char | None = None
    for char in [*run.chars, None]:
        ends = char is None or not char[4].strip()
        apart = bool(word) and not ends and _far(word[-1], char, 2 * run.look.size)
        if word and start and (ends or apart):
            text = "".join(letter[4] for letter in word)
            yield _word([(start[0], start[3] - look.size, start[2], start[3], text)], look)
            start = (start[0] + 0.1, *start[1:])
            word = []
        if char is None or ends:
            continue
        start = char if start is None or apart else start
        word.append(char)


def _far(one: Char, other: Char | None, distance: float) -> bool:
    return other is not None and max(abs(other[0] - one[0]), abs(other[1] - one[1])) > distance


def _parted(line: Sequence[Char], size: float) -> Iterator[list[Char]]:
    """The characters of each word of a line, in the order of reading."""
    blank, over = BLANK * size, -OVER * size
    word: list[Char] = []
    white = False
    before: Char | None = None
    for char in line:
        text = char[4]
        if text == WHITE:
            white = True
            continue
        if text.isspace():
            if word:
                yield word
            word, before = [], None
        elif before is None:
            word, before = [char], char
        else:
            gap = char[0] - before[2]
            if (
                gap > APART
                or (gap < over and char[0] > before[0] + 0.5)  # not two letters of one sign
                or (white and gap > blank)
                or char[0] < before[0]
                or abs(char[1] - before[1]) > LEVEL
            ):
                yield word
                word = []
            word.append(char)
            before = char
        white = False
    if word:
        yield word


def closed_up(words: list[list[Char]], size: float) -> list[list[Char]]:
    """The words of a line with those put together whose letters are spaced out ('P R I O R I T Y'): hardly any two
    stand close, and the white between most is the same and less than a column's."""
    if len(words) < SPACED or sum(map(len, words)) > ALONE * len(words):
        return words
    if sum(word[0][4].isalpha() for word in words) < 0.6 * len(words):
        return words
    gaps = [after[0][0] - before[-1][2] for before, after in pairwise(words)]
    usual = median(gaps)
    if not 0 < usual < SPREAD * size:
        return words
    found = [words[0]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap < 1.6 * usual + 0.1 * size:
            found[-1] = found[-1] + word
        else:
            found.append(word)
    return found


def _lines(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """The characters by line, top to bottom, each from left to right."""
    line: list[Char] = []
    for char in sorted(chars, key=itemgetter(1)):
        # From the first of them: lines of cells beside each other, each a little lower, would make one of all.
        if line and char[1] - line[0][1] > LEVEL:
            yield sorted(line, key=itemgetter(0))
            line = []
        line.append(char)
    if line:
        yield sorted(line, key=itemgetter(0))


def _word(chars: Sequence[Char], look: Look) -> Word:
    family, bold = _font(look.font)
    lefts, tops, rights, bottoms, texts = zip(*chars, strict=True)
    text = "".join(texts)
    if family in FONTS or max(text) >= PRIVATE:
        text = shown(text.translate(LIGATURES), family)
    x0, top, x1, bottom = lefts[0], min(tops), max(rights), max(bottoms)
    if look.turn:
        x0, top, x1, bottom = _back((x0, top, x1, bottom), look.turn)
    return Word(text, x0, top, x1, bottom, look.size, bold, look.colour, look.turn)


def _flat(char: Char, turn: int) -> Char:
    """A character that is turned to the left, as it stands when its line is level."""
    x0, top, x1, bottom, text = char
    if turn == 90:
        return -bottom, x0, -top, x1, text
    if turn == 180:
        return -x1, -bottom, -x0, -top, text
    return top, -x1, bottom, -x0, text


def _back(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """A box of level print as it stands when turned to the left."""
    x0, top, x1, bottom = box
    if turn == 90:
        return top, -x1, bottom, -x0
    if turn == 180:
        return -x1, -bottom, -x0, -top
    return -bottom, x0, -top, x1


@lru_cache(maxsize=1024)
def _font(name: str) -> tuple[str, bool]:
    """(family, whether it is bold): 'BCDEEE+Wingdings-Regular' -> 'wingdings', 'Wingdings3' -> 'wingdings 3'."""
    family = re.sub(r"^[A-Z]{6}\+|-?(Regular|Normal)$", "", name).casefold()
    return re.sub(r"^(wingdings)[ -]?(\d)$", r"\1 \2", family), "bold" in name.lower()
