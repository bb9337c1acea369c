"""Shows a demo to people: calm, readable at 80 columns, the same without colours."""

from collections import Counter
from functools import singledispatchmethod
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.text import Text

from bot.demo.facts import (
    Applied,
    Ended,
    Fact,
    Killed,
    Letter,
    Opened,
    Outcome,
    Said,
    SceneBegan,
    Seen,
    Started,
    Typing,
    Waiting,
)
from bot.demo.markdown import to_text
from bot.demo.page import MARGIN, Page
from bot.demo.summary import write_summary
from bot.demo.verdict import STYLES, sign, verdict
from bot.model.guidelines import Guidelines


class Printer:
    """Prints facts as they come; a context manager, so that a spinner never outlives it.

    Law: the first notice and the first case are shown in full, later ones in a line each.
    """

    def __init__(self, console: Console, guidelines: Guidelines, program: str) -> None:
        """Keep what is printed with.

        Args:
            console: where to.
            guidelines: whose titles are cited.
            program: how the reader starts Concord, such as ``.venv/bin/python -m bot``.
        """
        self._page = Page(console)
        self._guidelines = guidelines
        self._program = program
        self._shown_notice = False
        self._shown_case = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was."""
        self._page.rest()

    def show(self, fact: Fact) -> None:
        """Print one fact."""
        self._page.rest()
        self._show(fact)

    @singledispatchmethod
    def _show(self, fact: Fact) -> None:
        raise TypeError(f"BUG: nobody shows {fact!r}")

    @_show.register
    def _opened(self, fact: Opened) -> None:
        script = fact.script
        community = script.community
        self._page.blank()
        self._page.line(
            Text.assemble(
                ("Concord", "bold"),
                " keeps a community to its own guidelines, and explains every step.",
            )
        )
        self._page.blank()
        self._page.line(script.title)
        self._page.line(
            Text.assemble(
                ("A simulated server on this machine, not Discord", "bold"),
                f": {community.name}, {len(community.boards)} boards, "
                f"{len(community.groups)} Community Groups, {len(script.people)} people. "
                "The bot is the real one, in a process of its own.",
            )
        )
        self._page.blank()

    @_show.register
    def _waiting(self, fact: Waiting) -> None:
        self._page.busy(fact.words)

    @_show.register
    def _applied(self, fact: Applied) -> None:
        self._command(fact.command)
        changes = (line.split()[:2] for line in fact.said if line.startswith("  "))
        added = Counter(kind for sign_, kind in changes if sign_ == "+")
        counts = ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in added.items())
        self._page.line(
            Text(f"{counts or 'nothing new'}: what may be posted where", "dim"), 2 * MARGIN
        )

    @_show.register
    def _started(self, fact: Started) -> None:
        self._command("run")
        state = "connected and caught up" if fact.again else "connected"
        words = f"process {fact.pid}, {state} after {fact.seconds:.1f} s"
        self._page.line(Text(words, "dim"), 2 * MARGIN)
        if fact.again:
            self._page.blank()

    @_show.register
    def _scene(self, fact: SceneBegan) -> None:
        self._page.heading(fact.title)

    @_show.register
    def _typing(self, fact: Typing) -> None:
        if fact.speech.aside:
            self._page.line(Text(fact.speech.aside, "italic dim"))
        self._page.busy(f"{fact.speech.who} is typing")

    @_show.register
    def _said(self, fact: Said) -> None:
        note = "  (edited)" if fact.speech.edits is not None else ""
        self._post(fact.speech.who, fact.channel, fact.speech.says, note)
        if fact.bot_is_away:
            away = f"{self._page.glyphs.away} no bot is running; the post stands"
            self._page.line(Text(away, "dim"))
            self._page.blank()

    @_show.register
    def _killed(self, fact: Killed) -> None:
        self._page.line(
            Text.assemble(
                (f"{self._page.glyphs.remove} ", "red"),
                ("kill -9", "bold red"),
                f": process {fact.pid} is gone",
            )
        )
        if fact.removing is not None:
            told = "had just been told why" if fact.notified else "had not been told why"
            words = f"The post had just been removed; {fact.removing} {told}."
            self._page.line(words, 2 * MARGIN)
        self._page.blank()

    @_show.register
    def _outcome(self, fact: Outcome) -> None:
        who = fact.speech.who
        if fact.caught_up:
            self._post(who, fact.channel, self._cut(fact.speech.says), "")
        style = STYLES[fact.action]
        what, more = verdict(fact)
        self._page.line(
            Text.assemble(
                (f"{sign(fact.action, self._page.glyphs)} ", style), (what, f"bold {style}"), more
            )
        )
        for seen in fact.seen:
            self._reasons(seen)
        if not fact.told:
            self._page.row("found", "see the moderators' log; the bot was killed at that moment")
        if fact.notice is not None:
            self._notice(who, fact.notice)
        if fact.card is not None:
            self._case(fact.card)
        self._page.blank()

    @_show.register
    def _ended(self, fact: Ended) -> None:
        self._page.heading("What came of it")
        write_summary(fact, self._page, self._program)

    def _post(self, who: str, channel: str, says: str, note: str) -> None:
        self._page.line(Text.assemble((who, "bold"), "  ", (f"#{channel}", "cyan"), (note, "dim")))
        self._page.line(says, lead=Text(f"{self._page.glyphs.bar} ", "dim"))

    def _reasons(self, seen: Seen) -> None:
        where = self._page.glyphs.quoted(seen.words) if seen.words else "the whole post"
        self._page.row(
            "found",
            Text.assemble(
                (where, STYLES[seen.action]), f": {seen.reason} ({seen.confidence:.0%} sure)"
            ),
        )
        if seen.guideline is not None:
            title = self._guidelines.guideline(seen.guideline).title
            self._page.row("guideline", f"{seen.guideline}, {title} ({seen.rule})")
        else:
            self._page.row("care", f"{self._guidelines.rule(seen.rule).label} ({seen.rule})")
        if seen.because is not None:
            self._page.row("but", Text(seen.because, STYLES[seen.action]))

    def _notice(self, who: str, notice: Letter) -> None:
        where = "a direct message" if notice.thread is None else "a private thread"
        if not self._shown_notice:
            self._shown_notice = True
            self._letter(f"What {who} reads, in {where}", notice)
        else:
            name = f" named {self._page.glyphs.quoted(notice.thread)}" if notice.thread else ""
            self._page.row("told", f"{who}, in {where}{name}")

    def _case(self, card: Letter) -> None:
        if not self._shown_case:
            self._shown_case = True
            self._letter("What moderators read: the case, in their log", card)
        else:
            self._page.row("log", card.title)

    def _letter(self, title: str, letter: Letter) -> None:
        body = Text.assemble((letter.title, "bold"), "\n\n")
        body.append_text(to_text(letter.body, self._page.glyphs.bar))
        body.append(f"\n\n{letter.footer}", "dim")
        self._page.panel(title, body)

    def _command(self, words: str) -> None:
        self._page.line(Text.assemble(("$ ", "dim"), f"python -m bot {words}"))

    def _cut(self, words: str) -> str:
        room = self._page.width - 2 * MARGIN
        return words if len(words) <= room else f"{words[: room - 1].rstrip()}…"
