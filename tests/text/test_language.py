"""Which posts are found to be in another language, which are not, and what a guess says."""

import os
import random
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.screened import LanguageGuess
from bot.text.language import guess_languages
from bot.text.language_names import guessed_as, language_name
from bot.text.latin_letters import SECOND_VOICE_CALLS
from bot.text.lexicon_files import word_lists
from bot.text.romanised import romanised_language
from bot.text.scripts import LANGUAGE_OF_SCRIPT, LANGUAGES_OF_SCRIPT
from bot.text.voices import comparable, first_voice, second_voice
from tests.text.language_posts import FOREIGN, PERMITTED
from tests.text.reading import read

RELATED = ({"cs", "sk"}, {"da", "no", "sv"}, {"es", "pt", "ca"})
"""Languages that may be taken for each other without harm to what these tests promise."""


def guesses(text: str) -> tuple[LanguageGuess, ...]:
    """Return what is guessed for a text as the pipeline reads it."""
    return read(text).languages


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_a_foreign_sentence_is_found_and_named(code: str, text: str) -> None:
    """A sentence of another language is found, in any script, alone or beside English."""
    found = guesses(text)

    assert found, "nothing was found"
    assert found[0].evidence != "brief"
    named = found[0].code
    assert named == code or any({named, code} <= family for family in RELATED)


@pytest.mark.parametrize("text", PERMITTED)
def test_english_talk_is_left_alone(text: str) -> None:
    """Greetings, loan words, names, quotations, code and faulty English are no other language."""
    assert [guess for guess in guesses(text) if guess.evidence != "brief"] == []


def test_few_permitted_posts_are_even_noted() -> None:
    """Voices that agree on a few words without any small word are rare in English talk."""
    noted = [text for text in PERMITTED if guesses(text)]

    assert len(noted) <= 2, noted


def test_the_span_covers_the_foreign_stretch_in_the_raw_text() -> None:
    """A moderator sees which sentence is meant, markdown and all."""
    text = "Hi all!\n\n**Ich** suche einen _guten_ Entwickler für meine Webseite.\n\nThank you!"

    (guess,) = guesses(text)

    assert text[guess.start : guess.end].startswith("Ich")
    assert text[guess.start : guess.end].endswith("Webseite")


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        (
            "El amor en los tiempos del cólera de mi autor is my favourite of them",
            "El amor en los tiempos del cólera de mi autor",
        ),
        (
            "I think that he said quiero que me entregues el proyecto mañana sin falta, amigo",
            "quiero que me entregues el proyecto mañana sin falta, amigo",
        ),
    ],
)
def test_the_span_leaves_the_english_half_out(text: str, foreign: str) -> None:
    """English words before or after a foreign stretch are none of it."""
    (guess,) = guesses(text)

    assert text[guess.start : guess.end] == foreign


@pytest.mark.parametrize(
    "text",
    [
        "La casa de mi abuela is what they call it, as my client says",
        "Das ist ein Haus, as they would say and as I have said",
    ],
)
def test_a_phrase_inside_an_english_sentence_is_no_finding(text: str) -> None:
    """Where most of a sentence is English, a few foreign words are a quotation."""
    assert guesses(text) == ()


def test_each_language_is_named_so_that_an_exception_for_one_hides_no_other() -> None:
    """A post in Spanish and Russian is both, the longer stretch first."""
    text = (
        "Necesito un programador para mi tienda en línea, pago cada semana.\n\n"
        "Мне нужен программист для интернет-магазина, оплата каждую неделю, пишите мне."
    )

    assert [guess.code for guess in guesses(text)] == ["ru", "es"]


def test_two_latin_languages_in_one_run_are_both_named() -> None:
    """Neighbouring sentences of different languages are not judged as one."""
    text = (
        "Ich suche einen Entwickler, der mir bei meiner Webseite helfen kann. "
        "Busco un desarrollador para mi página de ventas en línea."
    )

    assert {guess.code for guess in guesses(text)} == {"de", "es"}


def test_a_post_that_is_nothing_but_a_quotation_is_read() -> None:
    """Quotation marks round the whole post hide nothing."""
    (guess,) = guesses('"Estoy buscando ayuda con mi perfil porque no consigo ningún cliente"')

    assert guess.code == "es"


def test_addresses_mentions_and_numbers_have_no_say() -> None:
    """What no language owns neither hides nor makes a finding."""
    assert guesses("https://example.com/busco-un-programador-para-mi-tienda <@123> 456") == ()
    assert guesses("<@12345> https://example.com/x Ich habe eine Frage zu meinem Vertrag 2026")


def test_words_that_mix_scripts_are_disguises_and_not_russian() -> None:
    """Look-alike letters inside English words say nothing about the language."""
    assert guesses("wе аrе hіring dеsignеrs tоdаy, sеnd yоur rеsumе") == ()


def test_full_width_and_mathematical_letters_count_as_what_they_stand_for() -> None:
    """Dressed-up English is English."""
    assert guesses("ｗｅ ａｒｅ ｌｏｏｋｉｎｇ ｆｏｒ ａ ｎｅｗ ｌｏｇｏ ｔｏｄａｙ") == ()
    assert guesses("𝓌𝑒 𝒶𝓇𝑒 𝓁𝑜𝑜𝓀𝒾𝓃𝑔 𝒻𝑜𝓇 𝒶 𝓃𝑒𝓌 𝓁𝑜𝑔𝑜") == ()


def test_the_second_voice_says_the_same_whatever_was_asked_before() -> None:
    """Langdetect draws samples; with its seed set, order and repetition change nothing."""
    texts = [text for _, text in FOREIGN] + list(PERMITTED)
    first = {text: second_voice(text) for text in texts}
    shuffled = texts * 2
    random.Random(5).shuffle(shuffled)

    assert all(second_voice(text) == first[text] for text in shuffled)


def test_guesses_are_the_same_in_another_process_with_other_hashes() -> None:
    """Nothing depends on the order of sets or on a random start."""
    program = (
        "from tests.text.test_language import guesses\n"
        "from tests.text.language_posts import FOREIGN\n"
        "print([(g.code, g.start, g.end, g.evidence) for _, t in FOREIGN for g in guesses(t)])"
    )
    here = [(g.code, g.start, g.end, g.evidence) for _, text in FOREIGN for g in guesses(text)]

    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        )
        assert there.stdout.strip() == str(here)


def test_english_never_loads_the_slow_voice() -> None:
    """A start that sees only plain English does not pay for langdetect."""
    program = (
        "import sys\n"
        "from tests.text.test_language import read\n"
        "import bot.text.voices as voices\n"
        "voices._langdetect.cache_clear()\n"
        "read('I have been looking for a good client for weeks, any advice is welcome.')\n"
        "assert 'langdetect' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("voice", [first_voice, second_voice])
def test_voices_answer_on_text_without_letters(voice: object) -> None:
    """Digits, signs and nothing at all are no error."""
    for text in ("", "12345", "!!!", "\u200b"):
        assert callable(voice)
        voice(text)


def test_codes_of_both_voices_are_made_comparable() -> None:
    """Indonesian is Malay, all Chinese is Chinese, all Norwegian is Norwegian."""
    assert {comparable(code) for code in ("id", "ms")} == {"ms"}
    assert {comparable(code) for code in ("zh-cn", "zh-tw", "zh")} == {"zh"}
    assert {comparable(code) for code in ("nb", "nn", "no")} == {"no"}


def test_every_code_that_can_be_guessed_has_a_name() -> None:
    """No member reads a code, and no reason falls back to words without a name."""
    import eldc

    codes = {*LANGUAGE_OF_SCRIPT.values(), *word_lists("romanised"), *word_lists("small_words")[""]}
    codes.update(code for spoken in LANGUAGES_OF_SCRIPT.values() for code in spoken)
    codes.update({"hr", *eldc.LANGUAGES} - {"en"})
    for code in codes - {"", "en", "sh"}:
        assert language_name(code) != "a language other than English", code


def test_a_permitted_language_covers_the_codes_it_is_found_as() -> None:
    """An admin who permits Indonesian permits what is found as Malay."""
    assert guessed_as("id") == {"ms"}
    assert guessed_as("es") == {"es"}
    indonesian = "Halo semuanya, saya baru di sini dan ingin tahu bagaimana cara mendapatkan klien."
    assert guesses(indonesian)[0].code in guessed_as("id")


def test_small_words_tell_romanised_speech_and_english_does_not() -> None:
    """Two telling words in a short post, four in a longer one; never one alone."""
    assert romanised_language(["kya", "haal", "hai", "bhai"]) == "hi"
    assert romanised_language("kak dela, kto mozhet pomoch".replace(",", "").split()) == "ru"
    assert romanised_language(["bhai", "this", "client", "is", "a", "nightmare"]) is None
    assert romanised_language(()) is None


def test_one_post_costs_bounded_time_whatever_it_holds() -> None:
    """4,000 code points of the worst kinds known take at most 50 ms of processor time."""
    chance = random.Random(3)
    alphabet = "abcdefghijklmnopqrstuvwxyz  .\n"
    spanish = "Estoy buscando un cliente desde hace tres meses y nadie me responde. "
    english = "I have been trying to find a good client and nobody answers me. "
    worst = (
        "".join(chance.choice(alphabet) for _ in range(4000)),
        (spanish + english) * 40,
        english * 80,
        '"ab" ' * 800,
        "a. " * 1333,
        "aé " * 1333,
        "я" * 4000,
    )
    guesses(spanish)
    for text in worst:
        view = read(text[:4000]).plain
        best = min(_seconds(view) for _ in range(3))
        assert best < 0.05 * _slowness(), text[:30]


def _seconds(view: object) -> float:
    start = time.process_time()
    guess_languages(view)  # type: ignore[arg-type]
    return time.process_time() - start


def _slowness() -> float:
    """Return how many times slower this machine counts than the one the bound is for."""
    start = time.process_time()
    sum(range(2_000_000))
    return max(1.0, (time.process_time() - start) / 0.03)


def test_the_slow_voice_is_asked_a_few_times_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many foreign lines between English ones do not add up."""
    asked: list[str] = []

    def voice(text: str) -> str:
        asked.append(text)
        return "und"

    monkeypatch.setattr("bot.text.latin_letters.second_voice", voice)
    guesses(
        "Thanks for the help with this.\nEstoy buscando un cliente nuevo para mi estudio.\n" * 30
    )

    assert 0 < len(asked) <= SECOND_VOICE_CALLS
    assert max(map(len, asked)) <= 240


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_guesses_that_lie_inside_it(text: str) -> None:
    """Spans are never empty and never leave the text; one guess for each language."""
    found = guesses(text)

    assert all(0 <= guess.start < guess.end <= len(text) for guess in found)
    assert len({guess.code for guess in found}) == len(found)
    assert [g.letters for g in found] == sorted((g.letters for g in found), reverse=True)
