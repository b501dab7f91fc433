"""The skill matrix with everything posts ask for: courses, schooling and ages beside the certificates.

It looks at schooling and training of people, so that not everybody who may see certificates may ask for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from models.post import PostFunction
from models.staff import Staff
from resources.rest import resting
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import takes
from services.post_asked import asked_of, judged
from services.skill_matrix import DAY_OF, SCOPED, Matrix, Reading, scope_of


@query(N_("Skill matrix with everything posts ask for"), on=Staff, name="staff.skills")
def skills(
    session: Session, on: date, compound_ids: Sequence[UUID] = (), unit_ids: Sequence[UUID] = (),
    functions: Sequence[PostFunction] = (),
) -> Matrix:  # fmt: skip
    """As the skill matrix, with everybody whose post asks for a course, schooling or an age; ages for those who may be
    told them."""
    with resting():
        scope = scope_of(compound_ids, unit_ids, functions)
        reading = Reading(session, on, scope)
        asked = {key: rows for key, rows in asked_of(session, on, scope).items() if key in reading.homes}
        reading.others = judged(session, on, asked)
        return reading.matrix()


takes("staff.skills", (DAY_OF, *SCOPED))
