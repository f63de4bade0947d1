"""What the colour of print says of a rating."""

from __future__ import annotations


def bright(colour: str | None) -> str | None:
    """A colour that is not grey, black or white: those say nothing of a rating. None for the others."""
    if colour is None:
        return None
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return colour if max(parts) - min(parts) > 48 else None
