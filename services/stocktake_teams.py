"""Who counts: teams of two persons, and the rooms they go to."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from models.staff import Staff
from models.stocktake import Stocktake, StocktakeRoom, StocktakeState, StocktakeTeam
from models.stocktake_scan import StocktakeScan
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.stocktake_states import KEPT, in_state

S = StocktakeState
AT_ONCE = 500
TWO = N_("Counter and supervisor are two different persons")
LEFT = N_("{name} has left; choose somebody who is here")
SAME_NAME = N_("This stocktake has a team “{name}” already")
OTHERS = N_("This team belongs to another stocktake")
COUNTED = N_("Team {name} has counted already: it stays")
NO_ROOM = N_("Choose at least one room of this stocktake")


@intent(N_("Form a team"), on=StocktakeTeam, name="stocktakes.team", kept=KEPT)
def team(work: Work, stocktake_id: UUID, name: str, counter_id: UUID, supervisor_id: UUID) -> UUID:
    """A team of two who have not left; its id. Invalid: they are one person, or one has left; Conflict: the name is
    taken."""
    found = in_state(work, stocktake_id, S.DRAFT, S.COUNTING)
    given = checks.checked(describe(StocktakeTeam)["name"], name)
    if counter_id == supervisor_id:
        raise Invalid(TWO, field=Word("stocktake_team.supervisor_id"))
    for field, id in (("counter_id", counter_id), ("supervisor_id", supervisor_id)):
        person = work.get(Staff, id)
        if person.left_on and person.left_on <= work.today:
            raise Invalid(LEFT, field=Word(f"stocktake_team.{field}"), name=person.name)
    same = sa.select(StocktakeTeam.id).where(StocktakeTeam.stocktake_id == found.id, StocktakeTeam.name == given)
    if work.session.scalar(same):
        raise Conflict(SAME_NAME, field=Word("stocktake_team.name"), name=given)
    made = StocktakeTeam(
        compound_id=found.compound_id, stocktake_id=found.id, name=given, counter_id=counter_id,
        supervisor_id=supervisor_id,
    )  # fmt: skip
    return work.add(made).id


@intent(N_("Disband a team"), on=StocktakeTeam, name="stocktakes.disband", kept=KEPT)
def disband(work: Work, team_id: UUID) -> None:
    """A team that has counted nothing; its rooms are nobody's again."""
    found = work.get(StocktakeTeam, team_id)
    in_state(work, found.stocktake_id, S.DRAFT, S.COUNTING)
    scans = sa.select(StocktakeScan.id).where(StocktakeScan.team_id == found.id).limit(1)
    if work.session.scalar(scans, execution_options={"dead": True}):
        raise Conflict(COUNTED, name=found.name)
    for room in work.session.scalars(sa.select(StocktakeRoom).where(StocktakeRoom.team_id == found.id)):
        room.team_id = None
    work.remove(found)


takes("stocktakes.disband", (FieldSpec("stocktake_team", "team_id", Kind.REFERENCE, True, target="stocktake_team"),))


@intent(N_("Assign rooms to a team"), on=StocktakeRoom, name="stocktakes.assign", kept=KEPT)
def assign(work: Work, stocktake_id: UUID, stocktake_room_ids: Sequence[UUID], team_id: UUID | None = None) -> int:
    """These rooms are gone to by this team (none: by nobody yet); how many changed hands."""
    found = in_state(work, stocktake_id, S.COUNTING)
    if team_id:
        team_of(work, found, team_id)
    rooms, wanted = list[StocktakeRoom](), list(dict.fromkeys(stocktake_room_ids))
    for start in range(0, len(wanted), AT_ONCE):
        part = sa.select(StocktakeRoom).where(
            StocktakeRoom.stocktake_id == found.id, StocktakeRoom.id.in_(wanted[start : start + AT_ONCE])
        )
        rooms += work.session.scalars(part)
    if not wanted or len(rooms) != len(wanted):
        raise Invalid(NO_ROOM, field=Word("stocktake_room.stocktake_room_ids"))
    changing = [room for room in rooms if room.team_id != team_id]
    for room in changing:
        room.team_id = team_id
    return len(changing)


def team_of(work: Work, found: Stocktake, team_id: UUID) -> StocktakeTeam:
    """A team of this stocktake. Conflict: of another one."""
    made: StocktakeTeam = work.see("stocktake_team", team_id)
    if made.stocktake_id != found.id:
        raise Conflict(OTHERS, field=Word("stocktake_scan.team_id"))
    return made


def members(work: Work, stocktake_id: UUID) -> frozenset[str]:
    """The names of who is in a team of a stocktake."""
    team = StocktakeTeam
    of = sa.or_(Staff.id == team.counter_id, Staff.id == team.supervisor_id)
    return frozenset(
        work.session.scalars(sa.select(Staff.name).join(team, of).where(team.stocktake_id == stocktake_id))
    )


def room_of(work: Work, stocktake_room_id: UUID, *states: StocktakeState) -> StocktakeRoom:
    """A room of a stocktake that is in one of these states."""
    found = work.get(StocktakeRoom, stocktake_room_id)
    in_state(work, found.stocktake_id, *states)
    return found
