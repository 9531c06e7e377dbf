"""Short codes of clauses: what stands on paper beside a requirement, and what the search box takes.

A code is 30 bits of the CRC-32 of the full id, in Crockford's base 32 (no I, L, O, U), as 7KQ-2MD: it depends on the id
alone, so it outlives every edition.
"""

from __future__ import annotations

from zlib import crc32

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def code_of(clause: str) -> str:
    """The code of a clause by its full id: three characters, a hyphen, three characters."""
    bits = crc32(clause.encode()) & 0x3FFFFFFF
    digits = "".join(DIGITS[(bits >> shift) & 31] for shift in range(25, -1, -5))
    return f"{digits[:3]}-{digits[3:]}"
