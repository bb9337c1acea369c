"""What the language rule makes of what was guessed."""

import pytest

from bot.detectors.language import DETECTOR
from bot.memory import GuildMemory
from bot.model.action import Action
from bot.model.evidence import Evidence
from bot.model.post import Part, Surface
from bot.policy.judge import judge
from bot.policy.terms import Permission, Terms
from bot.text.prepare import prepare
from tests.making import guidelines, policy, post

SPANISH = "Estoy buscando ayuda con mi perfil porque no consigo ningún cliente."
RUSSIAN = "Подскажите, пожалуйста, как вывести деньги на карту, никто не отвечает."


def found(*parts: Part) -> list[Evidence]:
    """Return the evidence on a post of these parts."""
    screened, _ = prepare(post(parts=parts), policy().bounds, {})
    return list(DETECTOR(screened, GuildMemory(policy().memory, 10)))


def test_the_kind_is_the_code_and_the_reason_names_the_language() -> None:
    """So that an exception can name languages, and a member understands."""
    (one,) = found(Part(Surface.CONTENT, SPANISH))

    assert (one.rule, one.kind, one.reason) == ("language", "es", "a passage in Spanish")
    assert one.confidence >= 0.9


def test_an_exception_for_one_language_leaves_the_other_found() -> None:
    """A Spanish board is no Russian board."""
    evidence = found(Part(Surface.CONTENT, f"{SPANISH}\n\n{RUSSIAN}"))
    terms = Terms((Permission("language", "this board speaks Spanish", frozenset({"es"})),))

    findings = judge(evidence, guidelines(), policy(), terms, degraded=False)

    assert {f.evidence.kind: f.action for f in findings} == {
        "es": Action.ALLOW,
        "ru": Action.REVIEW,
    }


def test_a_few_words_without_small_words_are_only_noted() -> None:
    """Two voices that agree on terse words are right only now and then."""
    (one,) = found(Part(Surface.CONTENT, "Tarayıcı penceresi yükleniyor"))

    assert 0.30 <= one.confidence < 0.97


@pytest.mark.parametrize("text", ["Здравствуйте!", "Спасибо большое!", "как дела"])
def test_a_greeting_in_another_script_asks_nobody(text: str) -> None:
    """A few letters may be no more than politeness."""
    assert all(one.confidence < 0.50 for one in found(Part(Surface.CONTENT, text)))


def test_names_of_languages_and_people_in_their_own_script_are_left_alone() -> None:
    """A list of capitalised words is no sentence."""
    text = "Native languages: Українська, Русский, Polski. I translate in all directions."

    assert found(Part(Surface.CONTENT, text)) == []


@pytest.mark.parametrize("surface", [Surface.REPLY, Surface.LINK_PREVIEW, Surface.FILE_NAME])
def test_texts_whose_language_the_member_did_not_choose_have_no_say(surface: Surface) -> None:
    """Answering somebody, or linking an article, is no post in another language."""
    assert found(Part(Surface.CONTENT, "Same for me!"), Part(surface, SPANISH)) == []


def test_a_forwarded_post_counts_as_borrowed() -> None:
    """Who forwards chooses what others have to read; a moderator decides."""
    (one,) = found(Part(Surface.FORWARD, SPANISH))

    assert one.borrowed


def test_a_post_that_is_all_quote_counts_as_quoted() -> None:
    """Nothing but a quote in another language is seen, as somebody's words."""
    (one,) = found(Part(Surface.CONTENT, f"> {SPANISH}"))

    assert one.quoted
