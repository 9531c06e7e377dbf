"""Small handbooks for tests: a valid project in a folder, with any file replaced or changed by the test."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

FACETS: dict[str, Any] = {
    "products": [{"id": "msc", "label": {"zh": "间充质干细胞产品", "en": "MSC product"}}],
    "sources": [{"id": "umbilical-cord", "label": {"zh": "脐带", "en": "umbilical cord"}}],
    "modifications": [],
    "donors": [{"id": "allogeneic", "label": {"zh": "异体", "en": "allogeneic"}}],
    "stages": [{"id": "marketing-application", "label": {"zh": "上市申请", "en": "marketing application"}}],
    "roles": [{"id": "applicant", "label": {"zh": "申请人", "en": "applicant"}}],
    "bodies": [{"id": "authority", "label": {"zh": "样例机构", "en": "Sample Authority"}}],
    "sampling_points": [
        {"id": "mcb", "label": {"zh": "主细胞库", "en": "master cell bank"}},
        {"id": "drug-product", "label": {"zh": "成品", "en": "drug product"}},
    ],
    "attributes": [{"id": "viability-quantity", "label": {"zh": "活率与数量", "en": "viability and quantity"}}],
    "topics": [
        {"id": "quality-control", "label": {"zh": "质量控制", "en": "quality control"}},
        {"id": "cell-viability", "label": {"zh": "细胞活性", "en": "cell viability"}, "broader": "quality-control"},
    ],
}
EVIDENCE = {"evidence": [{"id": "test-report", "label": {"zh": "检验报告", "en": "test report"}}]}
TERMS = {
    "terms": [
        {
            "id": "drug-product",
            "label": {"zh": "成品制剂", "en": "drug product"},
            "abbr": ["DP"],
            "misprints": [{"text": "DPP", "document": "alpha", "line": 3}],
            "definition": {"zh": "可供使用的最终产品。", "en": "The final product, ready for use."},
        }
    ]
}
METHODS = {
    "methods": [
        {
            "id": "viability-assay",
            "label": {"zh": "活率检测", "en": "viability assay"},
            "attribute": "viability-quantity",
            "definition": {"zh": "测定活细胞所占比例。", "en": "Measures the share of living cells."},
        }
    ]
}
PARAMETERS = {
    "parameters": [
        {
            "id": "viability",
            "label": {"zh": "细胞存活率", "en": "share of living cells"},
            "definition": {"zh": "活细胞占全部细胞的比例。", "en": "Living cells as a share of all cells."},
            "dimension": "fraction",
            "unit": "%",
            "stricter": "higher",
        }
    ]
}
REFERENCES = {
    "references": [
        {
            "id": "cn-rules",
            "title": {"zh": "样例管理规范（试行）", "en": "Sample Rules (Trial)"},
            "kind": "regulation",
            "aliases": ["SR 7"],
            "parts": [{"part": "0234", "title": {"zh": "第一章", "en": "Chapter one"}}],
        }
    ]
}


def clause(**changes: Any) -> dict[str, Any]:
    """A valid clause, with changes; None removes a key."""
    base: dict[str, Any] = {
        "id": "1-viability.1",
        "heading": "1",
        "lines": [2, 4],
        "modality": "should",
        "cue": "建议",
        "zh": "成品制剂的存活率建议不低于85%。",
        "en": "The drug product should keep at least 85 % of its cells alive.",
        "quantities": [{"parameter": "viability", "relation": ">=", "value": 85, "unit": "%", "at": "drug-product"}],
        "topics": ["cell-viability"],
        "tests": [{"method": "viability-assay", "at": "drug-product"}],
        "evidence": ["test-report"],
    }
    base.update(copy.deepcopy(changes))
    return {key: value for key, value in base.items() if value is not None}


def document(**changes: Any) -> dict[str, Any]:
    """A valid document record, with changes; None removes a key."""
    base: dict[str, Any] = {
        "id": "alpha",
        "title": {"zh": "样例指导原则", "en": "Sample Guideline"},
        "short": {"zh": "样例", "en": "Sample"},
        "issuer": {"zh": "样例机构", "en": "Sample Authority"},
        "status": "trial",
        "kind": "guideline",
        "scope": {"products": ["msc"]},
        "original": {"file": "a.txt", "lines": [1, 10]},
        "headings": [
            {"key": "1", "level": 1, "number": "一、", "zh": "要求", "en": "Requirements", "lines": [2, 6]},
            {"key": "2", "level": 1, "number": "二、", "zh": "附则", "en": "Final provisions", "lines": [7, 10]},
        ],
        "review": {"restated": "machine", "translated": "machine", "by": {"zh": "机器", "en": "machine"}},
    }
    base.update(copy.deepcopy(changes))
    return {key: value for key, value in base.items() if value is not None}


def project(root: Path, files: dict[str, Any] | None = None, clauses: list[dict[str, Any]] | None = None) -> Path:
    """Writes a valid project below `root`; `files` (path to value or raw text, None to leave out) replaces parts."""
    whole: dict[str, Any] = {
        "glossary/facets.yml": FACETS,
        "glossary/evidence.yml": EVIDENCE,
        "glossary/terms.yml": TERMS,
        "glossary/methods.yml": METHODS,
        "glossary/parameters.yml": PARAMETERS,
        "content/references.yml": REFERENCES,
        "content/alpha/document.yml": document(),
        "content/alpha/01-requirements.yml": {"clauses": clauses if clauses is not None else [clause()]},
        **(files or {}),
    }
    for name, value in whole.items():
        if value is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = value if isinstance(value, str) else yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")
    return root
