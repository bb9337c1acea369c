"""What holds of every notice about a decision, whatever was decided and written."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.discord_io.render import DESCRIPTION, embed_of
from bot.model.ruling import Change, RulingKind
from tests.making import case_post
from tests.wording.samples import (
    BAN,
    BOARD,
    CASE,
    GROUP,
    GUIDELINES,
    MODERATOR,
    REFERRAL,
    TIMEOUT,
    TOKEN,
    WARNING,
    WORDING,
    counting,
    draft,
    telling,
    whole,
)

RULES = [rule.id for rule in GUIDELINES.rules() if rule.guideline is not None]
NASTY = st.sampled_from(
    [
        "**b**",
        "<@777>",
        "@everyone",
        "||x||",
        "```\n",
        "[a](https://evil.example)",
        "\n# big",
        "*" * 900,
    ]
)
notes = st.lists(st.one_of(NASTY, st.text(max_size=40)), max_size=6).map("".join)
drafts = st.builds(
    lambda kind, days, counts: counting(kind, days) if counts else draft(kind, days),
    st.sampled_from([WARNING, TIMEOUT, BOARD, GROUP, BAN, REFERRAL]),
    st.sampled_from([None, 1, 40]),
    st.booleans(),
)
some_drafts = st.lists(drafts, max_size=6).map(tuple)
posts = st.lists(
    st.builds(
        lambda text, number: case_post(text, message=1000 + number),
        st.one_of(NASTY, st.text(max_size=3000)),
        st.integers(0, 9),
    ),
    max_size=3,
).map(tuple)
tellings = st.builds(
    telling,
    st.sampled_from(RulingKind),
    rule=st.sampled_from([*RULES, "gossip", None]),
    words=notes,
    sanctions=some_drafts,
    ended=some_drafts,
    removed=posts,
    about=posts,
    changes=st.sampled_from([(), (Change("rule", "a", "b"),), (Change("secret", "s1", "s2"),)]),
    restored=st.booleans(),
)


@given(tellings)
def test_every_notice_fits_discord_and_betrays_nobody(told) -> None:
    """Whole, without a moderator, a report or a live mention, whatever was decided and written."""
    words = WORDING.ruling_notice(told, TOKEN)
    embed = embed_of(words, "A community with a name of ordinary length")
    said = re.sub(r"```.*?```|`[^`\n]*`|^> .*$", "", whole(words), flags=re.DOTALL | re.MULTILINE)

    assert embed.description == "\n\n".join(words.paragraphs)
    assert len(embed.description) <= DESCRIPTION
    assert len(embed.title or "") <= 256
    assert str(MODERATOR) not in said
    assert "secret" not in said
    assert "s1" not in said
    assert not re.search(r"<@|@everyone|report(?:ed|er)|your report", said)
    assert CASE in whole(words)


@given(tellings)
def test_every_decision_names_its_guideline_and_whom_to_ask(told) -> None:
    """By number in the first paragraph, which nothing can push out."""
    decided = replace(told, kind=RulingKind.DECIDED)
    words = WORDING.ruling_notice(decided, TOKEN)

    if decided.rule in RULES:
        number = GUIDELINES.rule(decided.rule).guideline
        assert words.paragraphs[0].endswith(f"A moderator decided this, by guideline {number}.")
    assert f"name {CASE}" in words.paragraphs[-1]
    assert all(not one.isspace() and one for one in words.paragraphs)
