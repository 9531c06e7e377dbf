"""What a clause does with its subject: asks for it, turns against it, or sets terms for using it all the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from handbook.modality import Modality, strength
from handbook.model import Clause

Direction = Literal["for", "against", "if-used"]

# Avoiding the use of something; avoiding contamination or error is no stance on a material.
_AVOID = re.compile(
    "避免[^，。；]{0,14}(?:使用|采用|选用|加用|含有)|(?:尽可能|尽量|均)不(?:使)?用|用[^，。；]{0,6}避免"
)
_AS_FAR_AS = re.compile("尽量|尽可能|如可行|如可能|原则上")
_IF_USED = re.compile(
    "(?:必须|必需|如需|若需|确需)使用|非用[^，。]{0,24}不可|非用不可|不得不|不可避免|必不可少|(?:如|若)[^，。]{0,6}用|使用[^，。]{0,16}的，"
)
# A shall-not that asks for something: "not less than …", "not without …".
_BOUND = re.compile(
    "不[得应]?(?:当|该)?(?:少于|短于|低于|高于|超过|多于|大于|小于|早于|晚于)|[未无][^。]{0,40}不(?:得|应|予)"
)


@dataclass(frozen=True)
class Stance:
    """The direction and how firm it is: 3 for shall (not), 2 for should, 1 for may; avoiding is half a step less."""

    direction: Direction
    degree: float

    def differs_from(self, other: Stance) -> bool:
        """Whether the two ask for different things, or for the same with another degree."""
        against = "against" in (self.direction, other.direction) and self.direction != other.direction
        return against or abs(self.degree - other.degree) >= 0.5


def stance_of(clause: Clause) -> Stance | None:
    """The stance of a clause; None where it states something and asks for nothing.

    "Shall be avoided" leaves more room than "shall not be used", and "as far as possible" leaves still more.
    """
    degree: float = strength(clause.modality)
    if not degree:
        return None
    refuses = clause.modality in (Modality.SHALL_NOT, Modality.SHOULD_NOT)
    if _IF_USED.search(clause.zh) and not refuses:
        return Stance("if-used", degree)
    if refuses:
        return Stance("for" if _BOUND.search(clause.zh) else "against", degree)
    if _AVOID.search(clause.zh):
        return Stance("against", degree - (1 if _AS_FAR_AS.search(clause.zh) else 0.5))
    return Stance("for", degree)
