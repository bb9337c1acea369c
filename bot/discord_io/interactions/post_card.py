"""The card of a post: what is found in it, what the ladder proposes, and the ways to decide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import discord

from bot.app import App
from bot.discord_io.interactions.answers import Answer, Control, Interaction
from bot.discord_io.interactions.controls import NO_RULE, Style, button, deciding, rules, select
from bot.discord_io.interactions.deciding import propose
from bot.discord_io.interactions.lengths import USUAL, spelled
from bot.discord_io.interactions.ordering import Said, order_about
from bot.discord_io.interactions.people import Here
from bot.discord_io.interactions.posts import Found
from bot.discord_io.interactions.previews import listed, preview
from bot.discord_io.interactions.references import link_of
from bot.discord_io.interactions.removals import with_the_ladder
from bot.discord_io.render import fitted, panel
from bot.memory import GuildMemory
from bot.model.case import Case, CaseState
from bot.model.evidence import Finding
from bot.model.guidelines import Rule
from bot.model.order import Order, Refusal
from bot.model.post import AuthorKind
from bot.moderation.validity import DISCRETION
from bot.policy.authority import refusals_to_change, untouchable
from bot.policy.rule_names import proposed
from bot.policy.terms import terms_for
from bot.quoting import for_moderators
from bot.text.durations import said
from bot.wording.citing import cited_finding, where_to_report

CARD_ROOM = 1500
"""Characters of the card beside a preview; see ``bot.discord_io.interactions.previews``."""

LONGEST_RULE = 40
"""Characters of a rule's id in the custom id of a button; see ``controls.POST``."""

_CARD = discord.Colour(0x5B6EAE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A post with what is known about it."""

    found: Found
    case: Case | None
    """Its case, if it has one."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in it."""
        return self.found.post.findings

    @property
    def rule(self) -> str | None:
        """The rule of the gravest finding; None where nothing was found."""
        ranked = sorted(
            (one for one in self.findings if one.guideline is not None),
            key=lambda one: (one.action, one.evidence.confidence),
        )
        return ranked[-1].evidence.rule if ranked else None


async def look_at(app: App, here: Here, found: Found) -> Seen:
    """Return a post with its findings: those of its case, else what detectors see in it now.

    Looking stores nothing, and knows nothing of other posts: repeats are not seen.
    """
    case = await app.store.case_of(found.post.message)
    kept = None
    if case is not None and case.guild == here.guild.id:
        kept = next((one for one in case.posts if one.message == found.post.message), None)
    if kept is not None and (found.gone or kept.digest == found.post.digest):
        return Seen(replace(found, post=replace(kept, files=found.post.files or kept.files)), case)
    if found.placed is None:
        return Seen(found, case)
    policy = app.policy
    memory = GuildMemory(policy.memory, policy.memory_posts)
    terms = terms_for(found.placed, here.community, app.guidelines, app.clock.now())
    report = app.screener.screen(found.placed, memory, terms)
    return Seen(replace(found, post=replace(found.post, findings=report.findings)), case)


async def card(interaction: Interaction, here: Here, seen: Seen, rule: str | None) -> Answer:
    """Return the card of a post, with the preview of what the ladder proposes.

    Args:
        interaction: held already.
        here: who looks, and where.
        seen: the post.
        rule: the rule it is to be about; None takes the gravest finding's.
    """
    chosen = rule or seen.rule
    about = _about(interaction.client.app, here, seen, chosen)
    standing = await here.standing(seen.found.author)
    if reasons := untouchable(standing):
        words = fitted((listed(reasons),), CARD_ROOM)
        why = panel("Nothing can be done about this person", words, _CARD)
        return Answer((about, why), () if refusals_to_change(standing) else _closing(seen))
    if chosen is None:
        asks = "Which rule do you think it is about?"
        about = _about(interaction.client.app, here, seen, chosen, asks)
        return Answer((about,), _controls(interaction.client.app, seen, None))
    order = await order_of(interaction, here, seen, chosen)
    proposal = await propose(interaction, order, standing)
    controls = _controls(interaction.client.app, seen, chosen)
    if isinstance(proposal, Refusal):
        words = fitted((listed(proposal.reasons),), CARD_ROOM)
        return Answer((about, panel("This cannot be done as it is", words, _CARD)), controls)
    draft = await interaction.client.app.drafts.put(proposal.order, interaction.user.id)
    shown = preview(proposal, ())
    return Answer(
        (about, *shown.embeds),
        (
            *deciding(draft, "Do this", unexplained=proposal.unexplained),
            *controls,
        ),
    )


async def order_of(interaction: Interaction, here: Here, seen: Seen, rule: str) -> Order:
    """Return the order that the card proposes: remove the post, and what the ladder says."""
    order = await order_about(
        interaction, here, seen.found.author, Said(rule), removed=(seen.found,)
    )
    if seen.found.gone:
        order = replace(order, evidence=(seen.found.post,))
    if seen.found.author_kind is AuthorKind.APP:  # nobody is there to be sanctioned
        return order
    return await with_the_ladder(interaction, order)


def _about(app: App, here: Here, seen: Seen, rule: str | None, asks: str = "") -> discord.Embed:
    post = seen.found.post
    where = link_of(here.guild.id, post.channel, post.message)
    paragraphs = [f"<@{seen.found.author}> in <#{post.channel}> · [open]({where})"]
    if seen.case is not None:
        paragraphs.append(_of_case(seen.case))
    if seen.findings:
        paragraphs.append(listed(cited_finding(app.guidelines, one) for one in seen.findings[:5]))
    elif rule is None:
        paragraphs.append(f"Nothing was found in it. {asks}")
    else:
        paragraphs.append(f"Nothing was found in it; you say it is about **{rule}**.")
    if quoted := for_moderators(post, rule):
        paragraphs.append(quoted)
    if report := where_to_report(app.guidelines, (post,), rule):
        paragraphs.append(report)
    return panel("Moderate this post", fitted(paragraphs, CARD_ROOM), _CARD)


def _of_case(case: Case) -> str:
    states = {
        CaseState.OPEN: "it waits for a moderator",
        CaseState.ACTED: "Concord removed it, and nobody has confirmed that yet",
        CaseState.CLOSED: "it is decided",
    }
    return f"It belongs to {case.reference}: {states[case.state]}."


def _controls(app: App, seen: Seen, rule: str | None) -> tuple[Control, ...]:
    post = seen.found.post
    # A custom id has room for so much; a rule with a longer name is chosen anew at each press.
    named = rule if rule is not None and len(rule) <= LONGEST_RULE else NO_RULE
    prefix = f"post:{post.channel}:{post.message}:{named}"
    found: list[Control] = [rules(f"{prefix}:rule", _offered(app, seen, rule), rule, row=1)]
    ways: list[Control] = []
    anybody = seen.found.author_kind is not AuthorKind.APP
    if rule is not None:
        if not seen.found.gone:
            ways.append(button("Remove only", f"{prefix}:remove", row=3))
        if not seen.found.gone and anybody:
            options = [discord.SelectOption(label=said(one), value=spelled(one)) for one in USUAL]
            words = "Remove it, and time them out for…"
            found.append(select(words, f"{prefix}:duration", options, row=2))
            ways.append(button("Remove and warn", f"{prefix}:remove-warn", row=3))
        if anybody:
            ways.append(button("Warn, keep the post", f"{prefix}:warn", row=3))
            ways.append(button("Remind, keep the post", f"{prefix}:remind", row=3))
    ways.append(button("More…", f"{prefix}:more", row=4))
    return (*found, *ways, *_closing(seen))


def _closing(seen: Seen) -> tuple[Control, ...]:
    """Return what closes a case that waits, with nothing else done."""
    if seen.case is None or seen.case.state is not CaseState.OPEN:
        return ()
    return (button("Nothing follows…", f"case:{seen.case.number}:keep", Style.success, row=4),)


def _offered(app: App, seen: Seen, rule: str | None) -> Sequence[Rule]:
    """Return the rules to choose from: the chosen one and those found first."""
    first = {rule: None} if rule is not None else {}
    first |= {one.evidence.rule: None for one in seen.findings}
    every = proposed("", app.guidelines)
    # Twenty-five are shown, and where none of them fits, discretion must be among them.
    first.setdefault(DISCRETION)
    return [one for one in every if one.id in first] + [one for one in every if one.id not in first]
