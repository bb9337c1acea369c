"""Words that look vulgar and mean something else: what stands round them tells."""

import pytest

from bot.model.action import Action
from tests.detectors.test_vulgarity import found, worth


@pytest.mark.parametrize(
    "text",
    [
        "A bitch is a female dog, says the glossary of my client, a vet",
        "The breeder sells two bitches from the spring litter",
        "Spay the bitch before the puppies of next year, the kennel told us",
        "Resting bitch face is what my portrait shows",
        "She laughs about her resting bitch-face",
        "my resting bitch faces, a series of drawings",
        "FCUK was a clothing brand, I drew for them",
        "The poster of FCUK in the nineties was my first commission",
        "we studied the FCUK campaign at school",
        "The village of Fucking in Austria changed its name",
        "I translated a sign near Fucking, Upper Austria",
        "They moved from Fucking to Vienna",
    ],
)
def test_strong_words_in_a_harmless_sense_are_never_removed(text: str) -> None:
    """Dogs, faces, brands and villages: a moderator is asked at most."""
    assert worth(text) <= Action.REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "this bitch stole my money",
        "my client is a bitch and her face is ugly",
        "fcuk this contract",
        "I am Fucking tired of this",
        "The FUCKING village is far",
        "Fucking clients",
    ],
)
def test_the_same_words_meant_as_they_sound_go(text: str) -> None:
    """A capital, a dog nowhere near or a brand's letters in lower case excuse nothing."""
    assert worth(text) is Action.REMOVE


@pytest.mark.parametrize(
    "text",
    [
        # Latin: together with, also used as
        "I am a designer cum developer from Pune",
        "Designer-cum-developer, open to questions",
        "my degree is in management cum accounting",
        "we turned it into an office-cum-library",
        "a teacher cum translator wrote this",
        # endings of files
        "the .ass subtitles are out of step",
        "convert movie.ass to srt",
        "(.ass or .srt)",
        # abbreviated titles
        "Ass. Prof. Meyer reviewed my thesis",
        "she is Ass. Director at the theatre",
        "write to the Ass. Professor of law",
        # names
        "Dick's Sporting Goods needs a new site",
        "I bought it at Dick’s last year",
        # tools, books, cooking, idiom
        "No: shit-take is wrong, it is shiitake",
        "shit-take? No: shiitake.",
        "shit-take/shiitake",
        "a recipe with shitake mushrooms",
        "an illustration of a bastard sword",
        "a bastard file removes metal",
        "bastard swords are hand-and-a-half swords",
        "that made me prick up my ears",
        "She pricked up her ears at the offer",
        "the dogs pricked up their ears",
        "Twatt is a village in Orkney",
    ],
)
def test_harmless_senses_of_coarse_words_are_left_alone(text: str) -> None:
    """Nothing is found where the words round it leave no doubt."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Peter Cock answered my proposal",
        "my client Fuk Lam pays on time",
        "the mail came from Mr. Prick of the bank",
        "Cock Lane is a street in London",
        "ass-ignments are due on Friday",
        "a cock-up in the invoice",
        "sorry for the cock-ups last week",
        "that was a cock up on my side",
        "a tit-bit for the readers",
        "Write to Fuk Lam and Peter Cock",
        "a sofa cum bed",
        "a hotel cum restaurant in Goa",
    ],
)
def test_names_and_hyphens_ask_nobody(text: str) -> None:
    """A capital beside another capital is a name; a coarse piece of a longer word is a pun."""
    assert worth(text) < Action.REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "you Cock",
        "What Cock wrote this",
        "Suck My Big Fat Cock You Stupid Loser",
        "I want your cum in it",
        "make her cum hard",
        "move your ass.",
        "what an ass. Professors know better",
        "he is a bastard",
        "you prick",
        "a cum shot",
        "an ass-hat wrote this",
        "you cock-sucker",
        "Big Titties",
        "a crack-whore",
    ],
)
def test_coarse_words_meant_as_they_sound_still_ask(text: str) -> None:
    """Neither a function word nor a headline makes a name."""
    assert worth(text) is Action.REVIEW


def test_no_text_gives_more_findings_than_a_moderator_reads() -> None:
    """Of very many words the surest are kept, in the order of the text."""
    evidence = found("damn " * 100 + "fuck " + "damn " * 100)

    assert len(evidence) == 32
    assert "strong" in {one.kind for one in evidence}
    assert [one.start for one in evidence] == sorted(one.start for one in evidence)
