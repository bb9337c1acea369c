"""The document is asked by rule id and by number."""

import pytest

from tests.making import guidelines, rule


def test_rules_come_in_the_order_of_the_document_care_last() -> None:
    """Every rule once, care rules at the end."""
    ids = [one.id for one in guidelines().rules()]
    assert ids == [
        "language",
        "solicitation",
        "vulgarity",
        "hate",
        "spam-repeat",
        "unsafe-download",
        "self-harm",
    ]


def test_a_rule_and_a_guideline_are_found_by_their_names() -> None:
    """rule() by id, guideline() by number."""
    document = guidelines()
    assert document.rule("hate").guideline == 5
    assert document.guideline(5).title == "Title 5"


def test_what_is_not_in_the_document_is_a_key_error() -> None:
    """Unknown ids and numbers raise KeyError."""
    with pytest.raises(KeyError, match="gossip"):
        guidelines().rule("gossip")
    with pytest.raises(KeyError, match="99"):
        guidelines().guideline(99)


@pytest.mark.parametrize("length", [0, 101])
def test_a_label_that_no_list_can_show_is_refused(length: int) -> None:
    """Discord's options take 1 to 100 characters; the error names the rule."""
    good = rule("gossip")
    with pytest.raises(ValueError, match="rule gossip must have 1 to 100"):
        type(good)(
            **{
                name: getattr(good, name) if name != "label" else "x" * length
                for name in good.__dataclass_fields__
            }
        )
