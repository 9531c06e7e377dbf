"""One rule of applicability, twice: in Python for the command line, in TypeScript for the page where one chooses."""

from __future__ import annotations

import functools
import json
import random
from pathlib import Path

import pytest
import yaml
from handbook.applicability import SCOPE, Hierarchy, Subject, judge, subjects_of
from handbook.checklists.catalogue import EditionFacts, catalogue
from handbook.force import Force
from handbook.model import Applicability, Profile
from handbook.phrases import Phrases
from handbook.pipeline import compile_handbook

ROOT = Path(__file__).resolve().parents[2]
CASES = yaml.safe_load((ROOT / "tests/data/applicability.yml").read_text(encoding="utf-8"))
ROUNDS = 40


@functools.cache
def real():
    return compile_handbook(ROOT)


@functools.cache
def known():
    phrases = Phrases(ROOT / "site_templates/phrases.yml")
    return catalogue(real(), phrases, EditionFacts("1.0.0", "0" * 12, "2026-01-01"))


@pytest.fixture(scope="module")
def page(engine):
    """The engine with the catalogue of the corpus loaded, and a function that judges all clauses at once."""
    engine.eval(f"var known = JSON.parse({json.dumps(json.dumps(known()))})")
    engine.eval(
        """function judged(profile) {
          const found = handbookChecklists.select(known, profile)
          const left = found.left.map((one) => [one.entry.id, one.reasons])
          return JSON.stringify([found.taken.map((one) => one.id), left])
        }"""
    )
    return engine


def subject_of(clause):
    scope = {name: tuple(clause.get(name, ())) for name in SCOPE}
    return Subject(
        document="alpha",
        force=Force(clause.get("force", "binding")),
        modality=clause.get("modality", "shall"),
        asks=clause.get("asks", True),
        scope=Applicability(**scope),
        topics=tuple(clause.get("topics", ("ethics",))),
        points=tuple(clause.get("points", ())),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_both_sides_give_the_reasons_of_the_table(case, engine):
    profile, subject = Profile.model_validate(case["profile"]), subject_of(case["clause"])
    assert [reason.facet for reason in judge(profile, subject, Hierarchy.of(real().corpus))] == case["reasons"]
    entry = {
        "id": "alpha/1", "document": "alpha", "modality": subject.modality, "audited": subject.asks,
        "scope": subject.scope.model_dump(mode="json"), "topics": list(subject.topics), "points": list(subject.points),
    }  # fmt: skip
    small = {
        "vocabularies": known()["vocabularies"],
        "documents": [{"id": "alpha", "force": subject.force.value}],
    }
    found = engine.call("judge", small, profile.model_dump(mode="json"), entry)
    assert [reason["facet"] for reason in found] == case["reasons"]


def test_both_sides_agree_on_every_clause_whatever_is_chosen(page):
    handbook = real()
    subjects, hierarchy = subjects_of(handbook.corpus, handbook.clauses), Hierarchy.of(handbook.corpus)
    values = {name: [value["id"] for value in rows] for name, rows in known()["vocabularies"].items()}
    values |= {"forces": [force.value for force in Force], "modalities": ["shall", "should", "may", "none"]}
    values["documents"] = list(handbook.documents)
    chance = random.Random(2026)
    for _ in range(ROUNDS):
        fields = chance.sample(sorted(Profile.model_fields), chance.randint(1, 5))
        given = {field: chance.sample(values[field], min(len(values[field]), chance.randint(1, 3))) for field in fields}
        profile = Profile.model_validate(given)
        taken, left = json.loads(page.eval(f"judged({json.dumps(profile.model_dump(mode='json'))})"))
        own = {name: judge(profile, subject, hierarchy) for name, subject in subjects.items()}
        assert taken == [name for name, reasons in own.items() if not reasons], given
        expected = [
            [name, [{"facet": reason.facet, "has": list(reason.has)} for reason in reasons]]
            for name, reasons in own.items()
            if reasons
        ]
        assert left == expected, given
