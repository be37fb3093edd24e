"""The rules that findings come from, in words, for formats that list them (SARIF)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from b40cli.model.finding import Finding
from b40cli.rules.record.signed.history import norm_named
from b40cli.rules.table import rule_named

if TYPE_CHECKING:
    from b40cli.model.answer import NormTold


def norms(findings: Iterable[Finding]) -> dict[str, NormTold]:
    """Each rule named in the findings: article, norm, what fails, what cures it."""
    names = sorted({finding.rule for finding in findings})
    found = (rule_named(name) or norm_named(name) for name in names)
    return {
        rule.name: {
            "article": rule.article,
            "norm": rule.norm,
            "rule_set": rule.since,
            "fails": rule.fails,
            "cure": rule.cure,
        }
        for rule in found
        if rule is not None
    }
