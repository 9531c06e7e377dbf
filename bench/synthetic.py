"""A synthetic project of any size: the committed glossary with made-up documents and clauses.

usage: python bench/synthetic.py FOLDER CLAUSES
"""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
PER_DOCUMENT = 120
PER_HEADING = 12


def write_project(folder: Path, clauses: int, seed: int = 1) -> Path:
    """Writes a valid project with `clauses` clauses into `folder`; the same seed gives the same bytes."""
    random.seed(seed)
    for name in ("glossary", "site_templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    words = _words()
    _without_sources(folder / "glossary")
    (folder / "content").mkdir()
    shutil.copy(ROOT / "content/references.yml", folder / "content/references.yml")
    for number in range((clauses + PER_DOCUMENT - 1) // PER_DOCUMENT):
        count = min(PER_DOCUMENT, clauses - number * PER_DOCUMENT)
        _document(folder / "content" / f"document-{number:04}", number, count, words)
    return folder


def _words() -> list[tuple[str, str]]:
    terms = yaml.safe_load((ROOT / "glossary/terms.yml").read_text(encoding="utf-8"))["terms"]
    labels = [(term["label"]["zh"], term["label"]["en"]) for term in terms]
    return [pair for pair in labels if not any(letter.isdigit() for word in pair for letter in word)]


def _without_sources(glossary: Path) -> None:
    """The glossary names clauses and documents that a synthetic corpus does not have."""
    for name in ("terms", "methods", "parameters"):
        path = glossary / f"{name}.yml"
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
        for concept in value[name]:
            for key in ("source", "misprints", "valid_in"):
                concept.pop(key, None)
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _document(folder: Path, number: int, count: int, words: list[tuple[str, str]]) -> None:
    folder.mkdir()
    sections = (count + PER_HEADING - 1) // PER_HEADING
    headings = [
        {"key": str(s), "level": 1, "zh": f"第{s}部分", "en": f"Part {s}", "lines": [s * 100 + 1, s * 100 + 99]}
        for s in range(sections)
    ]
    record = {
        "id": folder.name,
        "title": {"zh": f"合成文件{number:04}号", "en": f"Synthetic document {number:04}"},
        "short": {"zh": f"合成{number}", "en": f"Synthetic {number}"},
        "issuer": {"zh": "无", "en": "None"},
        "status": "trial",
        "kind": "guideline",
        "original": {"file": f"{folder.name}.txt", "lines": [1, sections * 100 + 99]},
        "headings": headings,
        "review": {"restated": "machine", "translated": "machine", "by": {"zh": "合成", "en": "synthetic"}},
    }
    (folder / "document.yml").write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
    clauses = [_clause(n, words) for n in range(count)]
    text = yaml.safe_dump({"clauses": clauses}, allow_unicode=True, sort_keys=False)
    (folder / "01-clauses.yml").write_text(text, encoding="utf-8")


def _clause(number: int, words: list[tuple[str, str]]) -> dict[str, object]:
    section, place = divmod(number, PER_HEADING)
    (zh_one, en_one), (zh_two, en_two) = random.sample(words, 2)
    value = random.randint(50, 99)
    line = section * 100 + 2 + place
    return {
        "id": f"{section}-clause.{number}",
        "heading": str(section),
        "lines": [line, line],
        "modality": "shall",
        "cue": "应",
        "zh": f"涉及{zh_one}的样品应连同{zh_two}一并核对，合格比例不低于{value}%，并记录结果供查阅。",
        "en": f"Samples that concern {en_one} shall be checked together with {en_two}; at least {value} % shall pass.",
        "quantities": [
            {"parameter": "cell-viability", "relation": ">=", "value": value, "unit": "%", "sense": "reported"}
        ],
        "topics": [random.choice(["quality-control", "cell-bank", "potency", "stability", "donor-screening"])],
        "tests": [{"method": "cell-viability-assay", "at": random.choice(["mcb", "wcb", "drug-product"])}],
        "evidence": ["test-report"],
    }


if __name__ == "__main__":
    write_project(Path(sys.argv[1]), int(sys.argv[2]))
