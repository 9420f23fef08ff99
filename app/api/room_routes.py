"""Routes for rooms: what a wall shows and asks, the entries of seats, and the stream of all events."""

import csv
import hmac
import io
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.api.requests import StrictRoute, check_no_keys
from app.api.room_bodies import (
    MAX_HANDED_ON,
    AddedContest,
    AddedEntry,
    AddedEvent,
    ContestBody,
    DeletedRoom,
    EntryBody,
    OpenedRoom,
    RanBody,
    RoomState,
    ShownBody,
    check_entry,
)
from app.api.room_streams import Reader, now, room_events
from app.api.stream import HEADERS, EventStream, ResumeFrom, StreamRoute
from app.api.trajectories import FORMULA_STARTS
from app.rooms.contests import Contest
from app.rooms.followed import Followed
from app.rooms.served import Rooms
from app.server.messages import get_and_head, query_pairs
from app.server.refusals import REFUSALS, REFUSED_QUERY, RequestError, Responses, described
from app.work.worker import in_slices, worker_of
from fallline.errors import SpecError, known_names, located

NOT_KEPT = {"Cache-Control": "no-store"}
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)

NO_ROOM: Responses = {404: described("There is no room with this code.")}
WITH_KEY: Responses = {401: described("The key is missing, or not that of the room."), **NO_ROOM}
TOO_LATE: Responses = {409: described("The question or contest is not open, or another window leads the room.")}

router = APIRouter(tags=["rooms"], route_class=StrictRoute)
streams = APIRouter(tags=["rooms"], route_class=StreamRoute)


def rooms_of(request: Request) -> Rooms:
    """The rooms of the process that serves a request."""
    rooms: Rooms = request.app.state.rooms
    return rooms


async def room_of_path(request: Request, code: str) -> Followed:
    """The room with the code of the path. Raises: RequestError (404)."""
    return await rooms_of(request).at(code)


Key = Annotated[
    HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False, description="The room's key."))
]
AnyRoom = Annotated[Followed, Depends(room_of_path)]


async def room_led(at: AnyRoom, given: Key) -> Followed:
    """The room with the code of the path, for a request with its key. Raises: RequestError (404, 401)."""
    if given is None or not hmac.compare_digest(given.credentials.encode(), at.room.key.encode()):
        raise RequestError("wrong_key", ("header", "authorization"), None)
    return at


LedRoom = Annotated[Followed, Depends(room_led)]


@router.post(
    "/rooms", status_code=201, summary="Open a room", response_model=OpenedRoom, responses=REFUSED_QUERY | NO_ROOM
)
async def post_room(request: Request) -> Response:
    """Open a room, on a server with `--rooms`. A wall leads it with the key, and students join it with the code."""
    check_no_keys(request)
    if not rooms_of(request).settings.rooms:
        raise RequestError("not_found", ("path",), request.url.path)
    code, key = await rooms_of(request).open()
    return _answer({"code": code, "key": key}, 201)


@get_and_head(router, "/rooms/{code}", summary="A room", response_model=RoomState, responses=REFUSED_QUERY | NO_ROOM)
async def get_room(request: Request, at: AnyRoom) -> Response:
    """Return what a room shows, its open question, and the numbers of seats and of answers."""
    check_no_keys(request)
    room = at.room
    return _answer(
        {
            "code": at.code, "last": room.last, "seats": at.seats, "shown": room.shown, "question": room.question,
            "entries": len(room.entries), "now": now(),
        }
    )  # fmt: skip


@router.delete("/rooms/{code}", summary="Delete a room", response_model=DeletedRoom, responses=REFUSED_QUERY | WITH_KEY)
async def delete_room(request: Request, at: LedRoom) -> Response:
    """Close a room, and delete everything that was shown and answered in it.

    The room of a server that was started with `--classroom` then opens again, empty.
    """
    check_no_keys(request)
    await rooms_of(request).delete(at)
    return _answer({"code": at.code})


ROOM_EVENTS: Responses = {
    200: {
        "description": "Events: first `state` with the current state of the room, then `shown`, `entered`, `seats`, "
        "`ran`, `contest` and `closed`, and for a wall also `lead`. The `state` of a wall has as `past` the `id`s of "
        "all questions that have run: these are not opened again. The `data` of each event is one line of JSON.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@streams.get(
    "/rooms/{code}/events", summary="Follow a room", response_class=Response,
    responses=ROOM_EVENTS | REFUSED_QUERY | WITH_KEY,
)  # fmt: skip
async def get_room_events(
    request: Request,
    at: AnyRoom,
    given: Key,
    last: ResumeFrom,
    seat: Annotated[
        str | None, Query(description="The token of a seat: 16 to 64 random letters, digits, - and _.")
    ] = None,
) -> Response:
    """Stream the events of a room, to a seat with its token, or to a wall with its key.

    After a break, a request with the last id as `Last-Event-ID` continues the stream after that event. Of what the wall
    has shown meanwhile, only the latest is sent.
    """
    _check_keys(request, "seat", "last_event_id")
    if given is not None:
        await room_led(at, given)
    elif seat is None:
        raise SpecError("missing", ("query", "seat"))
    number = None if seat is None else await _seat(request, at, seat, ("query", "seat"))
    text, _ = last
    last_number = int(text) if text.isdecimal() and len(text) < 20 else 0
    first = at.room.first
    reader = Reader(at, number, last_number if first <= last_number <= at.room.last else None)
    worker = worker_of(request)
    return EventStream(room_events(reader, worker.shutdown), HEADERS, worker.streams)


async def _seat(request: Request, at: Followed, token: str, place: tuple[str, ...]) -> int:
    """The number of the seat with a token; a new token gets a new seat. Raises: RequestError."""
    if not TOKEN.fullmatch(token):
        raise RequestError("wrong_seat", place, token)
    digest, rooms = sha256(token.encode()).hexdigest()[:32], rooms_of(request)
    if digest not in at.room.seats:
        if len(at.room.seats) >= rooms.settings.room_seats:
            raise RequestError("room_full", ("server",), what="seats", limit=rooms.settings.room_seats)
        await rooms.add(at, "joined", {"seat": digest})
    return at.room.seats[digest]


@router.post(
    "/rooms/{code}/shown", summary="What the wall shows", response_model=AddedEvent,
    responses=REFUSALS | WITH_KEY | TOO_LATE,
)  # fmt: skip
async def post_shown(request: Request, at: LedRoom, body: ShownBody) -> Response:
    """Set what the wall shows and which question is open. Seats show the same."""
    check_no_keys(request)
    _check_size("picture", body.picture)
    room = at.room
    shown = body.model_dump(exclude={"window", "take"}) | {"since": body.since or now()}
    lead = {"window": body.window, "take": body.take}
    number = None
    if room.lead in (None, body.window) or body.take:
        number = await rooms_of(request).add(at, "shown", {**shown, **lead}, room.superseded_by_next)
    if number is None:
        raise RequestError("not_leading", ("body", "window"), body.window)
    return _answer({"number": number, "now": now()})


@router.post(
    "/rooms/{code}/ran", summary="A question has run", response_model=AddedEvent,
    responses=REFUSALS | WITH_KEY | TOO_LATE,
)  # fmt: skip
async def post_ran(request: Request, at: LedRoom, body: RanBody) -> Response:
    """Close a question, and send all answers and the right one to everybody."""
    check_no_keys(request)
    number, question = None, at.room.asked.get(body.question)
    if question and not question.told:
        if body.truth is not None:
            with located("body", "truth", value=body.truth):
                check_entry(question.question, body.truth)
        number = await rooms_of(request).add(at, "ran", body.model_dump())
    if number is None:
        raise RequestError("not_open", ("body", "question"), body.question)
    return _answer({"number": number, "now": now()})


@router.post(
    "/rooms/{code}/entries", summary="An answer", response_model=AddedEntry, responses=REFUSALS | NO_ROOM | TOO_LATE
)
async def post_entry(request: Request, at: AnyRoom, body: EntryBody) -> Response:
    """Answer the open question, or hand in values for a contest, with which the server then computes the run.

    Only the last entry of a seat counts.
    """
    check_no_keys(request)
    seat = await _entering_seat(request, at, body)
    entered = {"seat": seat, "question": body.question, "entry": body.entry}
    if contest := at.room.contest_called(body.question):
        async with worker_of(request).requests.reserve():
            result = contest.result_of(body.entry, rooms_of(request).settings.limits)
            entered["result"] = await in_slices(request, result)
    else:
        _check_answer(at, body)
    number = await rooms_of(request).add(at, "entered", entered)
    if number is None:
        raise RequestError("not_open", ("body", "question"), body.question)
    answer = {"number": number, "now": now(), "seat": seat}
    if contest:
        answer |= {name: contest.placed()[seat][name] for name in ("place", "result")}
    return _answer(answer)


async def _entering_seat(request: Request, at: Followed, body: EntryBody) -> int:
    """The number of the seat that hands something in. Raises: RequestError, if it is too large or comes too soon."""
    settings = rooms_of(request).settings
    if len(await request.body()) > settings.max_entry_bytes:
        raise RequestError("body_too_large", ("body",), limit=settings.max_entry_bytes)
    seat = await _seat(request, at, body.seat, ("body", "seat"))
    if not at.takes_entry(seat, settings.entries_a_second):
        raise RequestError("too_fast", ("server",), limit=settings.entries_a_second)
    return seat


def _check_answer(at: Followed, body: EntryBody) -> None:
    """Check an answer, and that its question is open. Raises: SpecError, RequestError (409)."""
    question = at.room.question
    if question is None or body.question != at.room.open:
        raise RequestError("not_open", ("body", "question"), body.question)
    with located("body", "entry", value=body.entry):
        check_entry(question, body.entry)


@router.post(
    "/rooms/{code}/contest", summary="A contest", response_model=AddedContest,
    responses=REFUSALS | WITH_KEY | TOO_LATE,
)  # fmt: skip
async def post_contest(request: Request, at: LedRoom, body: ContestBody) -> Response:
    """Open a contest, or end the open one; then everybody gets all entries with their places."""
    check_no_keys(request)
    rooms, room = rooms_of(request), at.room
    if body.open and body.counts:
        sent = orjson.loads(await request.body())
        _check_size("spec", sent["spec"])
        event = {"spec": sent["spec"], "sets": sent["sets"], "counts": body.counts.given}
        async with worker_of(request).requests.reserve():
            await in_slices(request, Contest("", **event).checking(rooms.settings.limits))
        number = await rooms.add(at, "contest", event)
    elif room.contest and room.contest.open:
        number = await rooms.add(at, "contest_over", {})
    else:
        number = None
    if number is None or room.contest is None:
        raise RequestError("not_open", ("body", "open"), False)
    return _answer({"number": number, "now": now(), "question": room.contest.question})


@get_and_head(
    router, "/rooms/{code}/entries.csv", summary="All answers", response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}} | REFUSED_QUERY | WITH_KEY,
)  # fmt: skip
async def get_entries(request: Request, at: LedRoom) -> Response:
    """Return all answers and contest entries of a room as CSV, a row for each, with the number of the seat."""
    check_no_keys(request)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("question", "kind", "seat", "entry", "truth", "result", "place"))
    writer.writerows(_rows(at))
    return Response(text.getvalue(), headers=NOT_KEPT, media_type="text/csv")


def _rows(at: Followed) -> Iterator[tuple[Any, ...]]:
    for name, asked in at.room.asked.items():
        question = f"'{name}" if name.startswith(FORMULA_STARTS) else name
        truth = _cell(asked.told and asked.told["truth"])
        for seat, entry in sorted(asked.entries.items()):
            yield question, asked.question["kind"], seat, _cell(entry), truth, "", ""
    for contest in at.room.contests:
        for seat, entry in contest.placed().items():
            values = " ".join(f"{name}={_cell(value)}" for name, value in entry["values"].items())
            yield contest.question, "contest", seat, values, "", _cell(entry["result"]), _cell(entry["place"])


def _cell(value: Any) -> str:
    return "" if value is None else " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _check_size(name: str, value: Any) -> None:
    """Check the size of a value that is sent to every seat. Raises: RequestError (413)."""
    if len(orjson.dumps(value)) > MAX_HANDED_ON:
        raise RequestError("body_too_large", ("body", name), limit=MAX_HANDED_ON)


def _check_keys(request: Request, *names: str) -> None:
    """Check that an address has only known keys. Raises: SpecError."""
    for key, text in query_pairs(request):
        if key not in names:
            raise SpecError("unknown_key", ("query", key), text, **known_names(key, names))


def _answer(content: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, NOT_KEPT, "application/json")
