"""Lexicons: found beside the code, inflected by rule, refused when they hold what they may not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.text import lexicon_files
from bot.text.lexicon import lexicon
from bot.text.lexicon_files import word_lists


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty lexicon folder."""
    monkeypatch.setattr(lexicon_files, "lexicon_folder", lambda: tmp_path)
    lexicon.cache_clear()
    word_lists.cache_clear()
    yield tmp_path
    lexicon.cache_clear()
    word_lists.cache_clear()


def test_words_are_inflected_by_rule(folder: Path) -> None:
    """Verbs are conjugated, nouns get a plural, words stay as they are."""
    (folder / "test.toml").write_text(
        '[group]\nverbs = ["jog", "kiss", "bake", "wander"]\nnouns = ["box", "pony", "toy"]\n'
        'words = ["as it is"]\nroots = ["zz"]\nnames = ["bob"]\n'
    )

    group = lexicon("test")["group"]

    assert {"jogs", "jogged", "jogging", "joggin", "jogger", "joggers"} <= group.words
    assert {"kisses", "kissed", "kissing", "baked", "baking", "baker", "bakes"} <= group.words
    assert {"wandered", "wandering", "wanderer"} <= group.words
    assert {"boxes", "ponies", "toys", "as it is", "bob"} <= group.words
    assert (group.roots, group.names) == (frozenset({"zz"}), frozenset({"bob"}))


def test_every_problem_is_told_at_once(folder: Path) -> None:
    """Each names file, group, field and value, and what was expected."""
    (folder / "test.toml").write_text(
        'version = 1\nloose = 3\n[group]\nwords = ["Upper", 7, "two  spaces"]\n'
        'verb = ["x"]\nnouns = "x"\n'
    )

    with pytest.raises(ConfigurationError) as raised:
        lexicon("test")

    where = "config/lexicons/test.toml"
    shape = "expected lower-case words with single spaces"
    assert raised.value.problems == (
        f"{where}: loose = 3; expected a table of words",
        f"{where}: [group] words has 'Upper'; {shape}",
        f"{where}: [group] words has 7; {shape}",
        f"{where}: [group] words has 'two  spaces'; {shape}",
        f"{where}: [group] has 'verb'; expected one of verbs, nouns, words, roots, names",
        f"{where}: [group] nouns = 'x'; expected a list of words",
    )


def test_words_in_one_text_are_parted_by_white_space(folder: Path) -> None:
    """By table and key; a key outside any table belongs to the table without a name."""
    (folder / "test.toml").write_text('en = """\nthe a\n  an"""\n[hi]\nstrong = "hai"\n')

    assert word_lists("test") == {
        "": {"en": frozenset({"the", "a", "an"})},
        "hi": {"strong": frozenset({"hai"})},
    }


def test_every_list_that_is_no_text_is_told_at_once(folder: Path) -> None:
    """Each names file, table and key, and what was expected."""
    (folder / "test.toml").write_text('en = ["the"]\n[hi]\nstrong = 7\n')

    with pytest.raises(ConfigurationError) as raised:
        word_lists("test")

    assert raised.value.problems == (
        "config/lexicons/test.toml: en = ['the']; expected words in one text",
        "config/lexicons/test.toml: [hi] strong = 7; expected words in one text",
    )


@pytest.mark.parametrize("read", [lexicon, word_lists])
def test_a_missing_lexicon_is_named(folder: Path, read: Callable[[str], object]) -> None:
    """Not a traceback but a sentence."""
    with pytest.raises(ConfigurationError, match=r"config/lexicons/none\.toml is missing"):
        read("none")


@pytest.mark.parametrize("read", [lexicon, word_lists])
def test_a_broken_lexicon_is_named(folder: Path, read: Callable[[str], object]) -> None:
    """So is one that is no TOML."""
    (folder / "test.toml").write_text("[group\n")

    with pytest.raises(ConfigurationError, match=r"config/lexicons/test\.toml is no TOML"):
        read("test")


def test_the_working_directory_is_never_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A config folder where somebody happens to stand changes nothing."""
    (tmp_path / "config" / "lexicons").mkdir(parents=True)
    (tmp_path / "config" / "lexicons" / "vulgarity.toml").write_text("[strong]\nwords = ['x']\n")
    monkeypatch.chdir(tmp_path)
    lexicon.cache_clear()

    assert "x" not in lexicon("vulgarity")["strong"].words


def test_the_shipped_list_of_vulgar_words_can_be_read() -> None:
    """Every group of it holds words, and none is empty by a slip."""
    assert all(group.words for group in lexicon("vulgarity").values())
