"""A finding as columns, the same for findings of cases and for observations."""

from sqlalchemy import Row

from bot.model.evidence import Evidence, Finding


def values_of(finding: Finding) -> dict[str, object]:
    """Return a finding's columns."""
    evidence = finding.evidence
    return {
        "rule": evidence.rule,
        "kind": evidence.kind,
        "guideline": finding.guideline,
        "confidence": evidence.confidence,
        "surface": evidence.surface,
        "part": evidence.part,
        "span_start": evidence.start,
        "span_end": evidence.end,
        "reason": evidence.reason,
        "quoted": evidence.quoted,
        "action": finding.action,
        "because": finding.because,
    }


def finding_of(row: Row[tuple[object, ...]]) -> Finding:
    """Return the finding that a row holds."""
    return Finding(
        evidence=Evidence(
            rule=row.rule,
            part=row.part,
            surface=row.surface,
            start=row.span_start,
            end=row.span_end,
            confidence=row.confidence,
            kind=row.kind,
            reason=row.reason,
            quoted=row.quoted,
        ),
        guideline=row.guideline,
        action=row.action,
        because=row.because,
    )
