"""English names of languages by code, for reasons that members read, and codes that go together."""

_NAMES = {
    "af": "Afrikaans",
    "am": "Amharic",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bo": "Tibetan",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi or Urdu",
    "hr": "Croatian, Bosnian or Serbian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "km": "Khmer",
    "kn": "Kannada",
    "ko": "Korean",
    "ku": "Kurdish",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "ml": "Malayalam",
    "mr": "Marathi",
    "ms": "Malay or Indonesian",
    "my": "Burmese",
    "nl": "Dutch",
    "no": "Norwegian",
    "or": "Odia",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "yo": "Yoruba",
    "zh": "Chinese",
}
"""ISO 639-1 codes that a guess can bear; the names are those of ISO 639-1, shortened."""


def language_name(code: str) -> str:
    """Return the English name of a language; for one without a name here, words that name none."""
    return _NAMES.get(code, "a language other than English")


_GUESSED_AS = {
    "bs": frozenset({"sr", "hr"}),
    "fil": frozenset({"tl"}),
    "hr": frozenset({"sr", "hr"}),
    "id": frozenset({"ms"}),
    "nb": frozenset({"no"}),
    "nn": frozenset({"no"}),
    "sr": frozenset({"sr", "hr"}),
    "ur": frozenset({"ur", "hi"}),
}
"""Codes a language is found under, where that is not its own alone.

Source: the codes that bot.text.voices compares languages by; Urdu in Latin letters reads as Hindi.
"""


def guessed_as(code: str) -> frozenset[str]:
    """Return the codes under which a language is found that an admin permits by its own code.

    Indonesian is found as Malay, Serbian in Latin letters as Croatian, Urdu in Latin letters as
    Hindi: their sentences cannot be told apart.
    """
    return _GUESSED_AS.get(code, frozenset({code}))
