"""What `screen` prints for people."""

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from bot.__main__ import cli
from bot.commands._explain import explain
from bot.commands._post_lines import EPOCH, PostLine
from bot.commands._stream import Setting, as_post
from bot.errors import ConfigurationError
from bot.files.folder import config_folder
from bot.memory import GuildMemory
from bot.screening import Screener

EXAMPLE = str(config_folder() / "community.example.toml")
MAIL = "Please write to annalindholm84@fastmail.com about it."


def _screen(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["screen", *arguments], input=stdin, catch_exceptions=False)


def _page(screener: Screener, text: str, *, terminal: bool) -> str:
    line = PostLine("0", text, None, None, None, (), (), ())
    post = as_post(line, EPOCH, number=1)
    policy = screener.policy
    memory = GuildMemory(policy.memory, policy.memory_posts)
    report = screener.screen(post, memory, Setting(screener).terms(post, line))
    colours = "standard" if terminal else None
    console = Console(force_terminal=terminal, width=200, highlight=False, color_system=colours)
    with console.capture() as capture:
        explain(text, report, screener.guidelines, console)
    return capture.get()


def test_what_was_found_is_marked_cited_and_explained() -> None:
    """The span, the guideline with its title, the reason, the action and what to do instead."""
    result = _screen(MAIL)

    lines = result.stdout.splitlines()
    marked = next(number for number, line in enumerate(lines) if MAIL in line)
    start, end = lines[marked + 1].index("^"), lines[marked + 1].rindex("^") + 1
    assert lines[marked][start:end] == "annalindholm84@fastmail.com"
    assert "Guideline 3: Keep contact details and private talks private" in result.stdout
    assert "e-mail address" in result.stdout
    assert "remove" in result.stdout
    assert "keep contact details out of posts" in result.stdout
    assert result.exit_code == 0


def test_a_post_without_a_finding_is_said_to_be_fine() -> None:
    """A harmless text is answered in one kind line."""
    result = _screen("Thank you all, that helped me a lot with my first proposal.")

    assert result.stdout.startswith("This post is fine.")
    assert "^" not in result.stdout


def test_each_text_is_a_post_of_its_own() -> None:
    """Two texts get two answers, in their order."""
    result = _screen("Good morning everyone, how are you?", MAIL)

    assert result.stdout.index("This post is fine.") < result.stdout.index("would be removed.")


def test_a_text_may_come_from_standard_input() -> None:
    """Without a text, what standard input holds is one post, bytes that are no text included."""
    result = _screen(stdin=b"\xff\n" + MAIL.encode())

    assert "would be removed." in result.stdout


def test_on_a_terminal_colour_marks_the_span(screener: Screener) -> None:
    """Underlined and coloured on a terminal, carets elsewhere, never both."""
    terminal = _page(screener, "ok mail!remove", terminal=True)
    pipe = _page(screener, "ok mail!remove", terminal=False)

    assert "\x1b[4;31mmail!remove\x1b[0m" in terminal
    assert "^" not in terminal
    assert "\x1b" not in pipe
    assert "     ^^^^^^^^^^^\n" in pipe


@pytest.mark.parametrize(
    ("before", "columns"), [("漢字 ", 5), ("🌱 ", 3), ("e\u0301 ", 2), ("a\nb ", 4)]
)
def test_carets_stand_under_the_words(before: str, columns: int, screener: Screener) -> None:
    """Wide and combining characters take the columns they take on a screen."""
    page = _page(screener, f"{before}mail!remove", terminal=False)

    carets = next(line for line in page.splitlines() if "^" in line)
    assert carets.index("^") == 2 + columns


def test_nothing_in_a_post_can_steer_the_terminal(screener: Screener) -> None:
    """Escapes, markup and marks of direction are shown, not obeyed."""
    text = "\x1b[2Jmail!remove [bold red]x[/] \u202egnp.exe\x07"

    page = _page(screener, text, terminal=False)

    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "\x07" not in page
    assert "[bold red]x[/]" in page


def test_only_the_words_around_a_finding_are_shown(screener: Screener) -> None:
    """A long post is cut on both sides, and a long finding in the middle."""
    page = _page(screener, "a" * 500 + " mail!remove " + "b" * 500, terminal=False)

    shown = next(line for line in page.splitlines() if "mail!remove" in line)
    assert len(shown) < 200
    assert shown.strip().startswith("…")
    assert shown.endswith("…")


def test_what_was_not_checked_is_said(screener: Screener) -> None:
    """A degraded report tells that nothing is removed for it."""
    assert "Not all of this post could be checked" in _page(screener, "boom", terminal=False)


def test_half_a_character_can_be_printed(screener: Screener) -> None:
    """A lone surrogate, as arguments that are not UTF-8 give, neither fails nor vanishes."""
    page = _page(screener, "\udcff mail!remove", terminal=False)

    assert "\ufffd mail!remove" in page


def test_a_board_and_groups_may_be_given() -> None:
    """An admin can try an exception before members meet it."""
    text = "Come and join our server: discord.gg/abcdef"
    there = ["--community", EXAMPLE, "--group", "Agency Owners", "--board"]

    home = _screen(*there, "Agency talk", text)
    away = _screen(*there, "Feedback", text)

    assert "This post is fine." in home.stdout
    assert "allowed: group 'Agency Owners' permits solicitation on this board" in home.stdout
    assert "would be removed" in away.stdout


def test_an_unknown_board_is_named() -> None:
    """A slip in a name is an error with the names there are."""
    with pytest.raises(ConfigurationError, match="board 'Feedbak' is unknown; did you mean"):
        CliRunner().invoke(
            cli,
            ["screen", "--community", EXAMPLE, "--board", "Feedbak", "x"],
            catch_exceptions=False,
        )


@pytest.mark.parametrize("extra", [["a text"], ["--board", "Feedback"], ["--group", "x"]])
def test_lines_and_arguments_are_not_mixed(extra: list[str]) -> None:
    """With --jsonl everything stands on the lines, and saying it twice is an error."""
    result = _screen("--jsonl", *extra, stdin="")

    assert result.exit_code == 2
    assert "stand on the lines" in result.stderr


def test_the_help_says_how() -> None:
    """The help holds the form of lines and answers."""
    text = _screen("--help").stdout

    assert '{"id", "action", "findings", "degraded"}' in text
    assert '{"event": "removed", "text"}' in text
