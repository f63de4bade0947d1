"""Documents that are no scorecards (minutes, a letter, a budget book, equality statistics) and scans.

Nothing may be loaded from the former; the scans repeat layouts of the zoo as pictures without a text layer.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from . import blocks as b
from .cards import ADULT, CUSTOMER
from .layout import FOLDER, draw_one
from .model import Card, Drawn, truth, write_truth
from .zoo_columns import ARROWS, KPI, kpi_tables
from .zoo_rules import classic

CLOCK = time.gmtime(0)
MINUTES = (
    ("Wexbourne Borough Council", True),
    (
        "Minutes of the Adults and Health Scrutiny Panel, Tuesday 14 October 2014, 6.30 pm, Committee Room 2",
        True,
    ),
    (
        "Present: Councillors Abara (Chair), Denholm, Ferris, Marlow, Pike and Sutton. Apologies: Councillor Yeo.",
        False,
    ),
    (
        "22. Declarations of interest. Councillor Pike declared an interest in item 25 as a trustee of Age Wexbourne.",
        False,
    ),
    ("23. Minutes of the last meeting. The minutes of 9 September 2014 were agreed and signed.", False),
    (
        "24. Performance, Quarter 2. The Director introduced the scorecard. Members noted that 81.3% of older people were "
        "still at home 91 days after discharge against a target of 85%, and that delayed transfers had risen to 12.7 per "
        "100,000. In reply to a question she said that two nursing homes had closed to new residents in August. The panel "
        "asked for a report on the winter plan in December.",
        False,
    ),
    (
        "Resolved: that the report be noted and that the red measures be looked at again at the next meeting.",
        False,
    ),
    (
        "25. Grants to voluntary organisations. The panel supported the award of £45,000 over three years to Age Wexbourne "
        "and £12,500 to the Carers' Centre.",
        False,
    ),
)
ACTIONS: tuple[tuple[str, ...], ...] = (
    ("Action", "Who", "By"),
    ("Report on the winter plan", "Director of Adult Social Care", "9 December 2014"),
    ("Visit to Linden Court", "Scrutiny Officer", "30 November 2014"),
    ("Note on agency spending", "Head of Finance", "31 October 2014"),
)
LETTER = (
    "Northmere County Council, County Hall, Thorley TH1 2AB",
    "12 March 2014",
    "Our ref: HT/2013/0417",
    "Dear Mrs Calloway,",
    "Thank you for your letter of 24 February about the condition of Mill Road. I was sorry to read that your car was "
    "damaged. Our inspector visited on 3 March and ordered the repair of four defects; the work was done on 6 March.",
    "Last year we repaired 18,204 potholes, 92% of them within five working days. The county will spend £2.1m on Mill Road "
    "and the streets around it in the next two years, of which £350,000 is to be spent before July.",
    "Your claim is with our insurers under reference 13/8841. You should hear from them within 28 days.",
    "Yours sincerely,",
    "J Hartley, Head of Highways",
)
BUDGET: tuple[tuple[str | int, ...], ...] = (
    ("Service", "2013/14 Actual", "2014/15 Budget", "2014/15 Forecast", "2015/16 Budget", "Change %"),
    ("Housing management", 4_812_330, 4_905_000, 4_877_200, 4_990_000, "1.7%"),
    ("Repairs and maintenance", 6_120_904, 6_300_000, 6_411_500, 6_450_000, "2.4%"),
    ("Homelessness", 702_115, 690_000, 744_800, 720_000, "4.3%"),
    ("Supporting people", 1_333_871, 1_280_000, 1_279_000, 1_150_000, "-10.2%"),
    ("Depreciation", 3_940_000, 3_980_000, 3_980_000, 4_010_000, "0.8%"),
    ("Rents", -15_730_440, -16_020_000, -15_998_100, -16_340_000, "2.0%"),
    ("Net cost of services", 1_178_780, 1_135_000, 1_294_400, 980_000, "-13.7%"),
)
EQUALITY: tuple[tuple[str, ...], ...] = (
    (
        "Ethnic group",
        "Employees",
        "% of employees",
        "Applicants",
        "% of applicants",
        "Residents (2011 census)",
    ),
    ("White British", "2,214", "71.4%", "3,871", "58.9%", "69.2%"),
    ("White other", "188", "6.1%", "702", "10.7%", "7.5%"),
    ("Mixed", "71", "2.3%", "261", "4.0%", "3.4%"),
    ("Asian or Asian British", "301", "9.7%", "944", "14.4%", "11.8%"),
    ("Black or Black British", "244", "7.9%", "612", "9.3%", "6.9%"),
    ("Not declared", "82", "2.6%", "180", "2.7%", ""),
    ("Total", "3,100", "100%", "6,570", "100%", "98.8%"),
)


def plain_table(rows: tuple[tuple[str | int, ...], ...], widths: list[float]) -> b.T:
    cells: list[b.Row] = []
    for number, row in enumerate(rows):
        line: b.Row = []
        for column, content in enumerate(row):
            align = "left" if column == 0 or number == 0 else "right"
            if isinstance(content, int):
                line.append(b.C(f"{content:,}", align=align, native=content, number_format="#,##0"))
            else:
                line.append(b.C(content, align=align, bold=number == 0))
        cells.append(line)
    return b.T(widths, cells)


def pages() -> dict[str, tuple[b.Page, str]]:
    minutes: list[b.Block] = [b.P(text, bold=bold, size=10, gap=8) for text, bold in MINUTES]
    minutes.append(plain_table(ACTIONS, [220.0, 170.0, 110.0]))
    letter: list[b.Block] = [b.P(text, size=11, gap=12) for text in LETTER]
    budget: list[b.Block] = [
        b.P("Ashcombe District Council: Budget Book 2015/16", bold=True, size=13),
        b.P("Housing Revenue Account (£)"),
        b.P(""),
        plain_table(BUDGET, [160.0, *[80.0] * 5]),
    ]
    equality: list[b.Block] = [
        b.P("London Borough of Eastmarsh: Workforce equality data at 31 March 2014", bold=True, size=13),
        b.P("Table 3: employees and applicants by ethnic group"),
        plain_table(EQUALITY, [150.0, *[80.0] * 5]),
    ]
    return {
        "not-a-scorecard-minutes": (b.Page(minutes, size=b.A4, margin=56), "docx libreoffice-word"),
        "not-a-scorecard-letter": (b.Page(letter, size=b.A4, margin=70), "docx reportlab"),
        "not-a-scorecard-budget-book": (b.Page(budget, sheet="HRA"), "xlsx libreoffice"),
        "not-a-scorecard-equality-statistics": (b.Page(equality, sheet="Table 3"), "xlsx chromium"),
    }


def draw(folder: Path = FOLDER) -> None:
    nothing = Card("", "", "", 0, ())
    for name, (page, formats) in pages().items():
        for kind in formats.split():
            suffix = kind if kind in ("xlsx", "docx") else f"{kind}.pdf"
            draw_one(kind, page, folder / f"{name}.{suffix}")
        tables = truth(nothing, Drawn(title=False, status="not_a_scorecard", role=""))
        write_truth(folder / name, tables)
    ink = replace(b.WORDS, rag={})
    black = b.Page(classic(ADULT, ink=ink, head_fill=None))
    coloured = b.Page(kpi_tables(CUSTOMER, KPI, replace(b.WORDS, way=ARROWS, rag_level="measure")))
    scan(black, folder / "full-rules-scanned.pdf", 220, line_art=True)
    scan(coloured, folder / "kpi-table-scanned.pdf", 160, line_art=False)
    for name in ("full-rules", "kpi-table"):
        shutil.copytree(folder / name, folder / f"{name}-scanned", dirs_exist_ok=True)


def scan(page: b.Page, target: Path, resolution: int, line_art: bool) -> None:
    """A PDF of pictures of the pages, as an office scanner makes it: in colour, or black and white."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "page.pdf"
        draw_one("reportlab", page, source)
        command = ["pdftoppm", "-r", str(resolution), "-png", str(source), f"{scratch}/page"]
        subprocess.run(command, check=True)
        sheets: list[Image.Image] = [Image.open(file) for file in sorted(Path(scratch).glob("*.png"))]
        more: dict[str, Any] = {
            "resolution": resolution,
            "title": "",
            "creationDate": CLOCK,
            "modDate": CLOCK,
        }
        if line_art:
            sheets = [
                sheet.convert("L").point(lambda level: 255 * (level > 150)).convert("1") for sheet in sheets
            ]
        else:
            more["quality"] = 24
        sheets[0].save(target, "PDF", save_all=True, append_images=sheets[1:], **more)
