"""Web addresses: found in every dress, and not where a sentence only looks like one."""

import pytest

from tests.text.reading import read


@pytest.mark.parametrize(
    ("text", "found", "url", "host", "domain", "path"),
    [
        ("see https://Example.com/Path_a?x=1).", "https://Example.com/Path_a?x=1",
         "https://Example.com/Path_a?x=1", "example.com", "example.com", "/Path_a?x=1"),
        ("join discord.gg/aBc now", "discord.gg/aBc",
         "discord.gg/aBc", "discord.gg", "discord.gg", "/aBc"),
        ("www.studio.photography", "www.studio.photography",
         "www.studio.photography", "www.studio.photography", "studio.photography", ""),
        ("(at shop.example.co.uk)", "shop.example.co.uk",
         "shop.example.co.uk", "shop.example.co.uk", "example.co.uk", ""),
        ("[safe](https://evil.example.com/x)", "https://evil.example.com/x",
         "https://evil.example.com/x", "evil.example.com", "example.com", "/x"),
        ("hxxps://evil.com/a", "hxxps://evil.com/a",
         "https://evil.com/a", "evil.com", "evil.com", "/a"),
        ("h**p://evil.com", "h**p://evil.com", "http://evil.com", "evil.com", "evil.com", ""),
        ("discord . gg / x", "discord . gg / x", "discord.gg/x", "discord.gg", "discord.gg", "/x"),
        ("discord[.]gg/aB", "discord[.]gg/aB", "discord.gg/aB", "discord.gg", "discord.gg", "/aB"),
        ("discord(dot)gg/a", "discord(dot)gg/a", "discord.gg/a", "discord.gg", "discord.gg", "/a"),
        ("discord dot gg slash a", "discord dot gg slash a", "discord.gg/a",
         "discord.gg", "discord.gg", "/a"),
        ("mysite dot com", "mysite dot com", "mysite.com", "mysite.com", "mysite.com", ""),
        ("%64iscord.gg/a", "%64iscord.gg/a", "discord.gg/a", "discord.gg", "discord.gg", "/a"),
        (r"discord\.gg/a", r"discord\.gg/a", "discord.gg/a", "discord.gg", "discord.gg", "/a"),
        ("ｄiscord。gg/a", "ｄiscord。gg/a", "discord.gg/a", "discord.gg", "discord.gg", "/a"),
        ("disc\u200bord.gg/a", "disc\u200bord.gg/a",
         "discord.gg/a", "discord.gg", "discord.gg", "/a"),
        ("https://google.com@evil.com:8080/x", "https://google.com@evil.com:8080/x",
         "https://google.com@evil.com:8080/x", "evil.com", "evil.com", "/x"),
        ("http://192.168.0.1/x", "http://192.168.0.1/x",
         "http://192.168.0.1/x", "192.168.0.1", "", "/x"),
        ("t.me/someone", "t.me/someone", "t.me/someone", "t.me", "t.me", "/someone"),
        ("https://en.wikipedia.org/wiki/A_(b)", "https://en.wikipedia.org/wiki/A_(b)",
         "https://en.wikipedia.org/wiki/A_(b)", "en.wikipedia.org", "wikipedia.org", "/wiki/A_(b)"),
        ("https://a.com/?u=http://b.com/c", "https://a.com/?u=http://b.com/c",
         "https://a.com/?u=http://b.com/c", "a.com", "a.com", "/?u=http://b.com/c"),
        ("http://[::1]:80/x", "http://[::1]:80/x", "http://[::1]:80/x", "[::1]", "", "/x"),
        ("<https://a.dev/x>", "https://a.dev/x", "https://a.dev/x", "a.dev", "a.dev", "/x"),
    ],
)  # fmt: skip
def test_an_address_is_found(
    text: str, found: str, url: str, host: str, domain: str, path: str
) -> None:
    """The span is the address as written, the url the address meant."""
    (link,) = read(text).links

    assert text[link.start : link.end] == found
    assert (link.url, link.host, link.registered_domain, link.path) == (url, host, domain, path)


@pytest.mark.parametrize(
    "text",
    [
        "e.g. this, i.e. that, etc.and so on",
        "node.js, main.py, lib.rs, run.sh, README.md, notes.zip",
        "version 3.5, v1.2.3 and 10.0.0.1",
        "Mr.Smith said so.It was fine.Is it?",
        "Write to joe.smith@example.com",
        "System.IO and ASP.NET and System.Net",
        "window.info() and foo.dev(x)",
        "U.S.A. is big . In fact huge",
        "gg . wp everyone",
        "the .com bubble and polka dot dresses",
        "and/or, 24/7, TCP/IP",
        "12.5.net",
        "https://",
        "http://)))",
        "",
    ],
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    """File names, versions, abbreviations, code, mail addresses and sentences are no links."""
    assert read(text).links == ()


def test_links_stand_in_the_order_of_the_text() -> None:
    """However each was written."""
    text = "b.com/1 then [x](https://a.com/2) then https://c.com/3 then dd[.]com/4"

    assert [link.path for link in read(text).links] == ["/1", "/2", "/3", "/4"]


def test_one_address_is_one_link() -> None:
    """No address is found a second time inside itself."""
    assert len(read("https://www.example.com/go?to=other.com/x").links) == 1
