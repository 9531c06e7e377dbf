"""Words for the values of the model: figures, labels of the vocabularies, orders of strength."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from handbook.corpus import Corpus
from handbook.force import Force
from handbook.modality import Modality
from handbook.model import Kind, Quantity, Text

SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "~": "≈"}
FORCES = tuple(Force)
KINDS: tuple[str, ...] = get_args(Kind)
MODALITIES = tuple(Modality)
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def both(word: str) -> Text:
    """A word that is the same in both languages."""
    return Text(zh=word, en=word)


def figure(quantity: Quantity) -> str:
    """Relation and value of a quantity, without its unit; empty when a formula takes their place."""
    if quantity.relation == "range":
        return f"{number(quantity.low)}–{number(quantity.high)}"
    if quantity.value is None:
        return ""
    return f"{SIGNS[quantity.relation]} {number(quantity.value)}"


def number(value: float | None) -> str:
    """A number as people write it: 85, 0.1, 1×10⁹."""
    if value is None:
        return ""
    if value and not 1e-4 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.6e}".split("e")
        power = "10" + str(int(exponent)).translate(_SUPERSCRIPTS)
        mantissa = mantissa.rstrip("0").rstrip(".")
        return power if mantissa == "1" else f"{mantissa}×{power}"
    return f"{value:,}".replace(",", "\u202f") if isinstance(value, int) else f"{value:.10g}"


def superscript(text: str) -> str:
    """Digits and minus as superscripts."""
    return text.translate(_SUPERSCRIPTS)


def force_rank(force: Force) -> int:
    """0 for what binds most."""
    return FORCES.index(force)


def modality_rank(modality: Modality) -> int:
    """0 for the strongest modality."""
    return MODALITIES.index(modality)


@dataclass(frozen=True)
class Vocabulary:
    """The labels of facets and kinds of evidence; an id without a label is its own label."""

    facets: dict[tuple[str, str], Text]
    evidence: dict[str, Text]

    @classmethod
    def of(cls, corpus: Corpus) -> Vocabulary:
        """The labels that `corpus` gives."""
        facets = {
            (group, entry.record.id): entry.record.label
            for group, entries in corpus.facets.items()
            for entry in entries
        }
        return cls(facets, {entry.record.id: entry.record.label for entry in corpus.evidence})

    def facet(self, group: str, name: str) -> Text:
        """The label of one value of a vocabulary."""
        return self.facets.get((group, name)) or both(name)

    def point(self, name: str | None) -> Text | None:
        """The label of a sampling point."""
        return self.facet("sampling_points", name) if name else None

    def records(self, names: Iterable[str]) -> tuple[Text, ...]:
        """The labels of kinds of evidence."""
        return tuple(self.evidence.get(name) or both(name) for name in names)
