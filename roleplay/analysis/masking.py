"""Names taken out of words, so that they can be shown to somebody who is not to know who was there.

Names are found as whole words, whatever their capitals and accents; what follows a name, such as `’s`, stays. A name
that is an everyday word as well, such as Will, is taken for a name only with a capital letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from roleplay.analysis.folding import Folded, plain
from roleplay.analysis.naming import ALSO_WORDS

LEFT_OUT = "(left out)"
"""Stands for words that somebody asked to have masked."""
SOMEBODY = "somebody"
"""Stands for a part of a name that several people share."""


class Mask:
    """Hides some names and some other words."""

    def __init__(self, names: Mapping[str, str], words: Iterable[str] = ()) -> None:
        """Args:
        names: each name, to what is to be read instead of it.
        words: other words to leave out: nicknames, schools, places.
        """
        self._whole = {_key(name): label for name, label in names.items()}
        self._instead: dict[str, str] = {}
        for name, label in names.items():
            for part in (name, *name.split(), *re.findall(r"\w+", name)):
                key = _key(part)
                if len(key) > 1:
                    same = self._instead.get(key, label)
                    self._instead[key] = label if same == label else SOMEBODY
        self._instead |= {_key(name): label for name, label in names.items() if len(_key(name)) > 1}
        self._instead |= {_key(one): LEFT_OUT for one in words if _key(one)}
        longest = sorted(self._instead, key=len, reverse=True)
        self._pattern = re.compile("|".join(_pattern(key) for key in longest)) if longest else None

    def hide(self, text: str) -> str:
        """The words without the names."""
        if (label := self._whole.get(_key(text))) is not None:
            return label
        if self._pattern is None:
            return text
        folded = Folded(text)
        parts, done = [], 0
        for match in self._pattern.finditer(folded.plain):
            key = _key(match[0])
            start, end = folded.place(*match.span())
            if key in ALSO_WORDS and not text[start].isupper():
                continue
            parts += [text[done:start], self._instead[key]]
            done = end
        return "".join([*parts, text[done:]])


def _key(words: str) -> str:
    return " ".join(plain(words).split())


def _pattern(key: str) -> str:
    before = r"(?<!\w)" if re.match(r"\w", key) else ""
    after = r"(?!\w)" if re.search(r"\w$", key) else ""
    return before + r"\s+".join(re.escape(word) for word in key.split()) + after
