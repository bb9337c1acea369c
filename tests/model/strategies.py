"""Random values of the model."""

from hypothesis import strategies as st

from bot.model.action import Action
from bot.model.decision import Decision
from bot.model.evidence import Evidence, Finding
from bot.model.post import Surface
from tests.making import guidelines

RULES = tuple(rule.id for rule in guidelines().rules())

actions = st.sampled_from(Action)
rule_ids = st.sampled_from(RULES)
confidences = st.floats(min_value=0.01, max_value=1.0)


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    """Any evidence on the first lines of a post."""
    start = draw(st.integers(0, 20))
    return Evidence(
        rule=draw(rule_ids),
        part=draw(st.integers(0, 2)),
        surface=draw(st.sampled_from(Surface)),
        start=start,
        end=start + draw(st.integers(1, 10)),
        confidence=draw(confidences),
        kind=draw(st.sampled_from(("word", "email", "es"))),
        reason="a reason",
        quoted=draw(st.booleans()),
    )


findings = st.builds(
    Finding,
    evidence=evidences(),
    guideline=st.sampled_from((1, 5, None)),
    action=actions,
    because=st.sampled_from((None, "allowed")),
)
decisions = st.builds(Decision, action=actions, because=st.frozensets(findings, max_size=3))
