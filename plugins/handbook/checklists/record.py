"""An assessment as it is kept in a file: the shape that is published as assessment.schema.json.

It mirrors `Assessment` in engine/types.ts. What the shape cannot say (that ids are there once, that answers belong to
items) the engine checks when it reads a file.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

Result = Literal["conforms", "partly", "does-not-conform", "not-applicable", "not-checked"]
Severity = Literal["critical", "major", "minor"]

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=200)]
ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9.-]*$", max_length=400)]
Name = Annotated[str, StringConstraints(max_length=1000)]
Words = Annotated[str, StringConstraints(max_length=10_000_000)]
Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", max_length=40)]
Names = Annotated[list[Name], Field(max_length=20_000)]
CLOSED: JsonDict = {"additionalProperties": False}  # a key that is no id is an error, not something to pass over
Line = Annotated[int, Field(ge=0, le=100_000_000)]


class Record(BaseModel):
    """Base of the parts of an assessment: frozen, strict, without keys that the format does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Said(Record):
    """The same in both languages."""

    zh: Words
    en: Words


class Edition(Record):
    """The edition of the handbook that the assessment stands on."""

    version: Name
    fingerprint: Name
    date: Name


class Profile(Record):
    """What was chosen; an empty list restricts nothing."""

    products: Names
    sources: Names
    modifications: Names
    donors: Names
    stages: Names
    roles: Names
    topics: Names
    points: Names
    documents: Names
    forces: Names
    modalities: Names


class Checklist(Record):
    """Where the items come from: a ready-made list (its id), `chosen` by the profile, or `collected` one by one."""

    id: Name
    title: Said
    profile: Profile
    succeeded: Names = Field(default=[], description="documents whose later version took their place here")


class Head(Record):
    """The facts of the audit."""

    site: Words
    product: Words
    scope: Words
    auditor: Words
    auditee: Words
    begins: Words = Field(description="date (YYYY-MM-DD), or empty")
    ends: Words = Field(description="date (YYYY-MM-DD), or empty")


class Sample(Record):
    """A batch or sample that is answered for on its own."""

    id: Key
    label: Words


class Source(Record):
    """The document that an item comes from."""

    id: Name
    short: Said
    force: Name
    file: Name


class Topic(Record):
    """The topic that an item is grouped under."""

    id: Name
    label: Said


class Item(Record):
    """A copy of what is asked, so that an answer can be read years later without the handbook."""

    id: ItemId
    code: Name
    fingerprint: Name
    document: Source
    heading: Said
    number: Name | None
    lines: tuple[Line, Line]
    topic: Topic
    type: Name
    modality: Name
    zh: Words
    en: Words
    look: Annotated[list[Said], Field(max_length=10_000)]
    evidence: Annotated[list[Said], Field(max_length=10_000)]
    url: Name


class Mark(Record):
    """What is said of an item, as a whole or for one sample."""

    result: Result
    severity: Severity | None
    evidence: Words
    remark: Words
    reason: Words = Field(description="why it is not applicable")
    capa: Words


class Wording(Record):
    """A wording that an answer was given on."""

    id: ItemId
    fingerprint: Name
    zh: Words
    en: Words
    edition: Edition


class Review(Record):
    """Why an answer wants another look after an update."""

    kind: Literal["reworded", "moved", "split", "merged", "succeeded"]
    from_: Annotated[list[Wording], Field(min_length=1, max_length=10_000)] = Field(alias="from")


class Answer(Mark):
    """The answer to an item; `samples` by the id of the sample."""

    changed: Moment | None
    samples: dict[Key, Mark] = Field(json_schema_extra=CLOSED)
    review: Review | None


class Archived(Record):
    """An item that is no longer asked, with what was answered."""

    item: Item
    answer: Answer
    why: Said
    edition: Edition = Field(description="the edition that dropped it")
    last: Edition | None = Field(default=None, description="the last edition that asked it, in the words of the item")


class Assessment(Record):
    """A filled checklist; an item without an answer is not checked."""

    format: Literal["cell-therapy-handbook/assessment"]
    version: Literal[1]
    id: Key
    title: Words
    created: Moment
    changed: Moment
    archived: bool
    edition: Edition
    checklist: Checklist
    head: Head
    samples: Annotated[list[Sample], Field(max_length=10_000)]
    items: Annotated[list[Item], Field(max_length=100_000)]
    answers: dict[ItemId, Answer] = Field(json_schema_extra=CLOSED)
    archive: Annotated[list[Archived], Field(max_length=1_000_000)]
