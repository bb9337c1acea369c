"""Puts the service together: the one place that sees every part.

It is long because it names every part once, in the order in which they need each other.
"""

import asyncio
import signal
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from hashlib import blake2b
from importlib import metadata

import structlog

from bot.absence import tell_of_absence
from bot.activity import Activity
from bot.app import App
from bot.casebook import Casebook
from bot.catchup import CaughtUp, Missed, catch_up
from bot.clock import SystemClock
from bot.desk import Desk
from bot.discord_io.audit_log import DiscordAuditLog
from bot.discord_io.client import ConcordClient
from bot.discord_io.enforcer import DiscordEnforcer
from bot.discord_io.entrance import in_words
from bot.discord_io.history import DiscordHistory
from bot.discord_io.measures import DiscordMeasures
from bot.discord_io.permissions import missing
from bot.discord_io.quotes import DiscordQuotes
from bot.discord_io.simulation import SimulatedClock, SimulationLink
from bot.docket import Versions
from bot.drafts import Drafts
from bot.enforcement import Enforcement
from bot.extensions import load_cogs, refuse_foreign_cogs
from bot.heads import HeadPosting
from bot.intake import Intake
from bot.model.community import Community, Place
from bot.moderation import Moderation, Setting
from bot.moves import Moves
from bot.oversight import Oversight, Traces, Watch
from bot.pausing import Pausing, Watching
from bot.policy.brake import Brake
from bot.ports import Clock, Referrals, Store
from bot.referrals import WebhookReferrals
from bot.retention import Retention
from bot.screening import Screener
from bot.settings import Settings
from bot.simulated import linked, point_at
from bot.storage import open_store
from bot.upholding import Upholding
from bot.upholding.referral import NoReferrals
from bot.upkeep import Upkeep
from bot.wording import Wording

_log = structlog.get_logger(__name__)

DRAIN = 8.0
"""Seconds that work under way may take after a signal to stop; process managers kill after ten."""

STUMBLE = timedelta(seconds=5)
"""Pause of a lane after its first failure, doubled after each further one; chosen, not measured."""

LONGEST_PAUSE = timedelta(minutes=10)
"""Pause of a lane at most; chosen, not measured."""


def versions(settings: Settings) -> Versions:
    """Return by what posts are judged: the guidelines, and the code with its numbers."""
    rulebook = settings.rulebook
    numbers = blake2b((rulebook.folder / "policy.toml").read_bytes(), digest_size=4).hexdigest()
    return Versions(
        guidelines=rulebook.guidelines.version,
        screening=f"{metadata.version('concord-bot')}+{numbers}",
    )


class Service:
    """The running bot: its parts, and the order they start and stop in."""

    def __init__(self, settings: Settings, store: Store) -> None:
        rulebook = settings.rulebook
        self._settings = settings
        self._store = store
        self._activity = Activity()
        self._simulated = SimulatedClock() if settings.api_base is not None else None
        self._link: SimulationLink | None = None
        self._communities: dict[int, Community | None] = {}
        self._clock: Clock = self._simulated or SystemClock()
        self._client = ConcordClient(self._activity, shard_count=settings.shard_count)
        self._history = DiscordHistory(self._client)
        self._versions = versions(settings)
        self._screener = Screener(rulebook.guidelines, rulebook.policy, rulebook.detectors)
        self._measures = DiscordMeasures(self._client, self._clock)
        self._enforcer = DiscordEnforcer(
            self._client,
            self._clock,
            self._log_channel,
            self._public_log,
            rulebook.policy.practice.evidence,
        )
        self._wording = Wording(rulebook.guidelines)
        self._enforcement = Enforcement(
            store,
            self._enforcer,
            self._clock,
            self._wording,
            self._activity,
            self._upholding(),
            rulebook.policy.practice.notice_first,
        )
        self._brake = Brake()
        self._watching = Watching(
            self._enforcement,
            store,
            self._clock,
            rulebook.policy.falling_back,
            self._brake,
            self._activity,
        )
        self._intake = Intake(
            self._activity,
            self._prepare,
            self._watching.carry_out,
            self._pause,
        )
        self._setting = Setting(
            store,
            self._clock,
            rulebook.guidelines,
            rulebook.policy,
            self._wording,
            self._versions,
            refers=self._settings.referral_url is not None,
        )
        self._pausing = Pausing(
            self._setting,
            self._enforcer,
            self._watching,
            self._brake,
            self._activity,
            self._watching.resumed,
        )
        self._retention = Retention(
            store,
            self._clock,
            self._carry_out_if_ready,
            settings.evidence.days,
            settings.observations.days,
        )
        self._moves = Moves(
            store,
            DiscordQuotes(self._client, self._clock, self._log_channel),
            self._clock,
            self._activity,
            rulebook.policy.practice.mass_actions,
        )
        self._upkeep = Upkeep(store, self._measures, self._clock, self._enforcement.carry_out)
        self._watch = Watch(
            Oversight(
                store,
                self._measures,
                self._upkeep,
                self._versions,
                Traces(
                    store,
                    self._measures,
                    self._versions,
                    rulebook.policy.burst,
                    rulebook.policy.practice.board_removal_bits,
                ),
                self._enforcement.carry_out,
            ),
            DiscordAuditLog(self._client, self._clock),
            store,
            self._enforcer,
            self._clock,
            self._activity,
            self._pause,
        )
        self._ready = asyncio.Event()
        self._client.add_listener(self._on_ready, "on_ready")
        self._client.use(self._app())

    def _upholding(self) -> Upholding:
        """Return what brings members to what their sanctions ask for."""
        url, secret = self._settings.referral_url, self._settings.referral_secret
        referrals: Referrals = NoReferrals()
        if url is not None and secret is not None:
            referrals = WebhookReferrals(url, secret.get_secret_value(), self._clock)
        return Upholding(
            self._store,
            self._measures,
            referrals,
            self._clock,
            self._settings.rulebook.guidelines,
            self._settings.rulebook.policy.practice.board_removal_bits,
        )

    def _app(self) -> App:
        """Return the services that cogs may use."""
        rulebook = self._settings.rulebook
        return App(
            intake=self._intake,
            enforcement=self._enforcement,
            store=self._store,
            clock=self._clock,
            activity=self._activity,
            moderation=Moderation(self._setting, self._watching),
            casebook=Casebook(self._store, self._clock, self._enforcement.carry_out, self._forget),
            moves=self._moves,
            drafts=Drafts(self._store, self._clock),
            pausing=self._pausing,
            guidelines=rulebook.guidelines,
            policy=rulebook.policy,
            wording=self._wording,
            screener=self._screener,
            watch=self._watch,
            upkeep=self._upkeep,
        )

    async def run(self, token: str) -> None:
        """Serve until a signal to stop comes, then drain and leave the rest as intents.

        Raises:
            ConcordError: if Discord does not let Concord in, in words that say why.
        """
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stopped.set)
        background: list[asyncio.Task[None]] = []
        connection: asyncio.Task[None] | None = None
        # Now rather than in front of the first member whose post would wait for it.
        self._screener.warm_up()
        try:
            with in_words():
                self._link = await self._connect(token)
            await self._pausing.load()
            await load_cogs(self._client)
            connection = asyncio.create_task(self._client.start(token), name="connection")
            background = self._begin()
            stop = asyncio.create_task(stopped.wait(), name="stop")
            await asyncio.wait({connection, stop, *background}, return_when=asyncio.FIRST_COMPLETED)
            stop.cancel()
            with in_words():
                _raise_from(connection)
            for task in background:
                _raise_from(task)
        finally:
            await self._stop(background, connection)

    def _begin(self) -> list[asyncio.Task[None]]:
        """Start what works beside the connection."""
        work = {
            "intake": self._intake.run(),
            "enforcement": self._enforcement.run(),
            "brake": self._watching.run(self._pausing.fall_back),
            "oversight": self._watch.run(),
            "retention": self._retention.run(),
            "heads": self._post_heads(),
            "moves": self._look_after_moves(),
        }
        if self._link is not None:
            work |= {
                "progress": self._link.report(self._client),
                "trace": self._link.trace.tell(),
            }
        return [asyncio.create_task(one, name=name) for name, one in work.items()]

    async def _stop(
        self, background: list[asyncio.Task[None]], connection: asyncio.Task[None] | None
    ) -> None:
        self._intake.close()
        self._watch.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._activity.until_quiet(), DRAIN)
        await self._enforcement.stop()
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        if connection is not None:  # else the client never logged in, and has nothing to close
            await self._client.close()
            await asyncio.gather(connection, return_exceptions=True)
        _log.info("stopped")

    async def _connect(self, token: str) -> SimulationLink | None:
        if self._simulated is None or self._settings.api_base is None:
            return None
        link = SimulationLink(self._settings.api_base, token, self._simulated, self._activity)
        await linked(self._client, link)
        return link

    async def _prepare(self, guild: int, earlier: Desk | None) -> tuple[Desk, CaughtUp] | None:
        community = await self._store.community(guild)
        self._communities[guild] = community
        if community is None:
            _log.info("this server is not set up yet; nothing is screened there", guild=guild)
            return None
        known = self._client.get_guild(guild)
        if known is not None:
            takes = self._screener.policy.practice.board_removal_takes
            for sentence in missing(known, community, takes):
                _log.warning(sentence, guild=guild)
        desk = Desk(
            guild,
            community,
            self._screener,
            self._store,
            self._clock,
            versions=self._versions,
            observer=self._link.trace.observe if self._link is not None else None,
            brake=self._brake,
        )

        async def tell(missed: Sequence[Missed]) -> None:
            await tell_of_absence(guild, missed, self._store, self._enforcer, self._clock)

        policy = self._screener.policy
        caught_up = await catch_up(
            desk, self._history, self._store, self._clock, policy, earlier, tell
        )
        return desk, caught_up

    async def _pause(self, stumbles: int) -> None:
        pause = min(STUMBLE * 2 ** (stumbles - 1), LONGEST_PAUSE)
        await self._clock.sleep_until(self._clock.now() + pause)

    async def _log_channel(self, guild: int) -> int | None:
        community = await self._community(guild)
        return _id_of(community.log) if community is not None else None

    async def _public_log(self, guild: int) -> int | None:
        community = await self._community(guild)
        return _id_of(community.public_log) if community is not None else None

    async def _community(self, guild: int) -> Community | None:
        # Every line asks; a whole community takes milliseconds to read (4 to 13 measured).
        if guild not in self._communities:
            self._communities[guild] = await self._store.community(guild)
        return self._communities[guild]

    async def _post_heads(self) -> None:
        await self._ready.wait()  # before that nobody can be told anything
        await HeadPosting(self._store, self._enforcer, self._clock, self._activity).run()

    async def _look_after_moves(self) -> None:
        await self._ready.wait()
        await self._moves.run()

    def _forget(self, guild: int, user: int) -> None:
        self._intake.forget(guild, user)
        self._moves.wake()

    async def _on_ready(self) -> None:
        self._ready.set()

    def _carry_out_if_ready(self, cases: Iterable[int]) -> None:
        if self._ready.is_set():  # else they are taken up once Discord can be asked
            self._enforcement.carry_out(cases)


async def serve(settings: Settings) -> None:
    """Run the bot until it is told to stop.

    Raises:
        ConcordError: if the database or Discord cannot be used, in words that say why.
    """
    refuse_foreign_cogs()
    point_at(settings)
    async with open_store(settings.database) as store:
        await Service(settings, store).run(settings.require_token().get_secret_value())


def _id_of(place: Place | None) -> int | None:
    return place.id if place is not None else None


def _raise_from(task: asyncio.Task[None]) -> None:
    if task.done() and not task.cancelled() and (error := task.exception()) is not None:
        raise error
