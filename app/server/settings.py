"""The settings of the server, from the environment or the command line."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from app.server.addresses import is_place
from fallline.limits import Limits

KINDS = {"boolean": "true or false", "integer": "a whole number", "number": "a number"}
ENDS = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to"}
"""A keyword of JSON schemas -> the word for it in messages."""


COUNTS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable with the folder in which several processes count. It is no setting: `prometheus_client` defines it."""

OWN_LIMITS = {"max_work": 4e9, "max_seconds": 240.0}
"""Other defaults for a server with code of one's own, whose steps take a thousand times as long, for few users."""


class SettingsError(ValueError):
    """A setting has a wrong value. The text names the setting, what is allowed, and what came."""


class Settings(BaseModel):
    """The settings in force. The environment variable of a setting is FALLLINE_ followed by its name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="address to listen on; 0.0.0.0 lets others on the network in")
    classroom: bool = Field(
        False,
        description="let a class in: listen on 0.0.0.0 unless host is given, show the address with its QR code, open a "
        "room for it, and keep the status line",
    )
    address: str = Field(
        "",
        description="address under which others open the site, where this machine cannot tell, as in a container",
        json_schema_extra={"allowed": "a name or an address, with a port where it is another, as in 192.168.1.5:8000"},
    )
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0 takes any free one")
    workers: int = Field(1, ge=1, le=64, description="processes that serve; one core each, which share only rooms")
    development: bool = Field(
        False, description="start again when the code changes, and build the page anew when its sources do"
    )
    own_files: str = Field(
        "",
        description="Python file whose optimizers and losses are served, too, and which is read again as it is saved; "
        f"may be given several times, in the variable with {os.pathsep} between",
        json_schema_extra={"option": "--with", "allowed": "a file that is there, and ends in .py"},
    )
    own_seconds: float = Field(
        10, gt=0, le=600, description="seconds that one call of such code may take: one step, or one loss"
    )
    trusted_proxies: str = Field(
        "127.0.0.1", description="addresses of proxies whose X-Forwarded headers hold, by commas; * for any"
    )
    root_path: str = Field(
        "", description="path below which a proxy shows the site, and which it takes off; /fallline, for one"
    )
    frame_ancestors: str = Field(
        "*",
        description="who else may embed the pages in a frame, as in a Content-Security-Policy; 'none' for nobody",
    )
    stop_seconds: int = Field(3, ge=0, le=600, description="grace for open streams when the server is stopped")
    cors_origins: str = Field(
        "*", description="origins whose pages may use the API, by commas; * for any, empty for none"
    )
    max_optimizers: int = Field(16, ge=1, description="runs in one request")
    max_steps: int = Field(100_000, ge=1, description="steps of one run")
    max_numbers: int = Field(500_000, ge=1000, description="numbers in a reply that is not streamed")
    max_points: int = Field(1000, ge=1, description="points of a data set of one's own")
    max_body_bytes: int = Field(65_536, ge=1024, description="bytes in the body of a request")
    max_work: float = Field(
        1e9,
        gt=0,
        description="operations in one request: steps times the operations of a step of all its runs; by default four "
        "times as many where --with is given",
    )
    max_seconds: float = Field(
        20,
        gt=0,
        description="seconds of the processor for one request, whatever it asks for; by default 240 with --with",
    )
    max_requests: int = Field(64, ge=1, description="requests that one worker computes for at a time")
    max_streams: int = Field(1500, ge=1, description="streams that one worker keeps open")
    wait_seconds: float = Field(
        10, ge=0, le=600, description="seconds that a request waits at one of these two limits before it is refused"
    )
    request_seconds: float = Field(
        20, ge=1, le=3600, description="seconds from the first byte of a request to its last; later ones are refused"
    )
    stalled_seconds: float = Field(
        30, ge=1, le=3600, description="seconds without a byte taken after which a client's connection is cut"
    )
    rooms: int = Field(
        0, ge=0, le=1000, description="rooms that teachers may open at a time, besides that of --classroom"
    )
    room_file: str = Field(
        "",
        description="file in which the workers of one machine keep rooms; by default in the state folder of the user",
    )
    room_store: str = Field(
        "",
        description="Valkey in which several machines keep rooms, in place of a file",
        pattern=r"^(valkeys?://\S+)?$",
        json_schema_extra={"allowed": "an address, as in valkey://localhost:6379"},
    )
    room_seats: int = Field(400, ge=1, description="seats of one room")
    room_hours: float = Field(3, gt=0, le=168, description="hours after its last event that a room is forgotten")
    room_bytes: int = Field(32_000_000, ge=10_000, description="bytes of all that is kept of one room")
    max_entry_bytes: int = Field(1000, ge=100, description="bytes in the body of an answer to a question of a room")
    entries_a_second: int = Field(5, ge=1, description="answers that one seat of a room may give in a second")
    landscape_cache_bytes: int = Field(
        32_000_000, ge=0, description="memory for landscapes that were asked for before, in each worker"
    )
    picture_cache_bytes: int = Field(
        16_000_000, ge=0, description="memory for pictures that were asked for before, in each worker"
    )
    reply_cache_bytes: int = Field(
        16_000_000, ge=0, description="memory for runs, sweeps and hand-outs asked for before, in each worker"
    )
    access_log: bool = Field(
        False,
        description="print a line of JSON for each request: time, method, path without its query, status, "
        "milliseconds, bytes and the client's address",
    )
    status: bool = Field(
        False,
        description="keep a line in the terminal with the streams open, the speed, and the pages opened in the last "
        "minute; not beside an access log",
    )

    @field_validator("address")
    @classmethod
    def _is_a_place(cls, text: str) -> str:
        if text and not is_place(text):
            raise ValueError
        return text

    @field_validator("own_files")
    @classmethod
    def _are_there(cls, text: str) -> str:
        if any(not Path(path).is_file() or Path(path).suffix != ".py" for path in filter(None, text.split(os.pathsep))):
            raise ValueError
        return text

    @property
    def own_paths(self) -> list[str]:
        """The files with code of one's own."""
        return list(filter(None, self.own_files.split(os.pathsep)))

    @property
    def limits(self) -> Limits:
        """The limits of a spec."""
        return Limits(self.max_optimizers, self.max_steps, self.max_points, self.max_numbers, self.max_work)

    @property
    def listens_on(self) -> str:
        """The host to listen on; with `classroom` and without a given host, all addresses."""
        return "0.0.0.0" if self.classroom and "host" not in self.model_fields_set else self.host  # noqa: S104

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ, typed: Collection[str] = ()) -> Self:
        """The settings of the environment; others have their defaults.

        Args: typed: the settings that were given as options, which errors call by their options.

        Raises: SettingsError, with one line for each wrong value.
        """
        values = {name: environ[variable_name(name)] for name in cls.model_fields if variable_name(name) in environ}
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            wrong = {str(fault["loc"][0]): fault["input"] for fault in error.errors()}
            called = {name: (option if name in typed else variable_name)(name) for name in wrong}
            faults = [f"{called[name]} must be {cls.allowed(name)}; got {came!r}" for name, came in wrong.items()]
            raise SettingsError("\n".join(faults)) from None

    @classmethod
    def allowed(cls, name: str) -> str:
        """The allowed values of a setting in words; empty if any text is allowed."""
        schema = cls.model_json_schema()["properties"][name]
        ends = [f"{word} {schema[key]}" for key, word in ENDS.items() if key in schema]
        return " ".join([schema.get("allowed", KINDS.get(schema["type"], "")), *ends])


def variable_name(name: str) -> str:
    """The environment variable of a setting."""
    return f"FALLLINE_{name.upper()}"


def option(name: str) -> str:
    """The option of a setting on the command line."""
    more = Settings.model_fields[name].json_schema_extra
    if isinstance(more, dict) and "option" in more:
        return str(more["option"])
    return f"--{name.replace('_', '-')}"
