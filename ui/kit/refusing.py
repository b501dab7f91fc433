"""What became of a question that was refused: a sentence on the page, or an error nobody expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.desk.errors import UserError

if TYPE_CHECKING:
    from ui.kit.background import Background
    from ui.kit.card import Banner


def refuse(banner: Banner, background: Background, error: Exception) -> None:
    """Says why on the banner of a page; what is no refusal goes to the one handler."""
    if isinstance(error, UserError):
        banner.say(error.message, **error.values)
        banner.show()
    else:
        background.failed.emit(error)
