"""Names of files: kept as text, and made harmless where a file of that name is written."""

from __future__ import annotations

import re
from unicodedata import category, normalize

import resources
from models.attachment import Media
from resources.words import N_, Word
from services.desk.errors import Invalid

ENDING = re.compile(r"\.(?=\w*[A-Za-z])[A-Za-z0-9]{1,8}$")
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*%&;$`\'!~#{}\[\]\x00-\x1f]+')
RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CLOCK\$|(COM|LPT)[0-9¹²³])(\..*)?$", re.IGNORECASE)  # names of devices
HIDDEN, BREAKS = ("Cf", "Cs", "Co", "Cn"), ("Cc", "Zl", "Zp")
LONGEST = 60  # characters of a name written to disk: 240 bytes in Chinese with its ending, and any system takes 255
WRONG_ENDING = N_("{file} is a file of the kind {kind}, but is called {ending}; rename it to {wanted} and add it again")


def endings(media: Media) -> list[str]:
    """The endings names of this kind may have, the usual one first."""
    found: list[str] = resources.settings("attachments")["endings"][media.value]
    return found


def clean(text: str) -> str:
    """The last part of a name, as visible text on one line: nothing of it is a folder, and nothing of it deceives."""
    last = re.split(r"[/\\]", normalize("NFC", text).replace("\x00", " "))[-1]
    kept = [c for c in last if category(c) not in HIDDEN]
    return " ".join("".join(" " if category(c) in BREAKS else c for c in kept).split()).strip(" .")


def of_kind(text: str, media: Media) -> str:
    """The name as it is kept: clean, with an ending of its kind, cut to what fits. Invalid: the ending is another's."""
    name, fitting = clean(text), endings(media)
    ending = found[0] if (found := ENDING.search(name)) else ""
    if ending and ending.lower() not in fitting:
        kind = Word(f"attachment.media={media.value}")
        said = {"file": name, "kind": kind, "ending": ending, "wanted": fitting[0]}
        raise Invalid(WRONG_ENDING, field=Word("attachment.name"), **said)
    stem = name.removesuffix(ending).rstrip(" .") or media.value
    ending = ending or fitting[0]
    most: int = resources.settings("attachments")["name_characters"]
    return stem[: most - len(ending)].rstrip(" .") + ending


def on_disk(name: str, media: Media) -> str:
    """A name a file can have on every system: no folder, no device, no stream, and the ending of its kind."""
    fitting = endings(media)
    ending = next((e for e in fitting if name.lower().endswith(e)), fitting[0])
    stem = name[: -len(ending)] if name.lower().endswith(ending) else name
    stem = NOT_IN_NAMES.sub("_", clean(stem)).strip(" .-_")[:LONGEST].rstrip(" .") or media.value
    return f"_{stem}{ending}" if RESERVED.match(stem) else stem + ending
