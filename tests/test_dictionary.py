"""docs/data-dictionary.md says what the warehouse says."""

from __future__ import annotations

from pipeline.load.dictionary import TARGET, data_dictionary


def test_the_page_is_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == data_dictionary(), "run: python -m pipeline.load.dictionary"
