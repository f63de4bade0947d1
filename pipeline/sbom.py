"""A bill of materials: every installed package with version and licence, in CycloneDX's JSON form."""

from __future__ import annotations

from importlib import metadata
from typing import Any


def bill_of_materials() -> dict[str, Any]:
    """The packages of this environment, by name."""
    installed = {
        found.metadata["Name"]: found for found in metadata.distributions() if found.metadata["Name"]
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "components": [_component(name, installed[name]) for name in sorted(installed, key=str.casefold)],
    }


def _component(name: str, found: metadata.Distribution) -> dict[str, Any]:
    about = found.metadata
    said = [about[name] for name in ("License-Expression", "License") if name in about]
    licence = next(filter(None, said), "").splitlines()
    component: dict[str, Any] = {
        "type": "library",
        "name": name,
        "version": found.version,
        "purl": f"pkg:pypi/{name.lower().replace('_', '-')}@{found.version}",
    }
    if licence and len(licence[0]) < 80:
        component["licenses"] = [{"license": {"name": licence[0]}}]
    return component
