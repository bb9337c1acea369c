"""The users of the simulated Discord: people and apps."""

from dataclasses import dataclass

from bot.sandbox.seam import JsonObject


@dataclass(slots=True, eq=False)
class User:
    """One account.

    Attributes:
        takes_dms: False: sending this user a direct message is refused (code 50007).
        server_tag: the tag of the guild that the user displays, up to 4 characters.
    """

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    avatar: str | None = None
    public_flags: int = 0
    takes_dms: bool = True
    server_tag: str | None = None

    @property
    def mention(self) -> str:
        """The text that mentions this user."""
        return f"<@{self.id}>"

    def payload(self) -> JsonObject:
        """Return the user as anybody sees it."""
        return {
            "id": str(self.id),
            "username": self.username,
            "discriminator": "0000" if self.bot else "0",
            "global_name": self.global_name,
            "avatar": self.avatar,
            "avatar_decoration_data": None,
            "banner": None,
            "accent_color": None,
            "collectibles": None,
            "public_flags": self.public_flags,
            "flags": self.public_flags,
            "bot": self.bot,
            "system": False,
            "primary_guild": self._primary_guild(),
        }

    def own_payload(self) -> JsonObject:
        """Return the user as it sees itself."""
        return {
            **self.payload(),
            "mfa_enabled": True,
            "locale": "en-US",
            "premium_type": 0,
            "email": None,
            "verified": True,
        }

    def _primary_guild(self) -> JsonObject | None:
        if self.server_tag is None:
            return None
        return {
            "identity_guild_id": str(self.id),
            "identity_enabled": True,
            "tag": self.server_tag,
            "badge": None,
        }
