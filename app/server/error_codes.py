"""What is wrong with a request besides its spec: the code of each error, and its sentence, as in `fallline`."""

from __future__ import annotations

from collections.abc import Mapping

from fallline.error_codes import ERRORS
from fallline.sentences import Template

OF_REQUESTS: Mapping[str, Template] = {
    "query_too_long": "is longer than {limit} bytes: send the spec as the body of a POST",
    "body_too_large": "may have at most {limit} bytes",
    "reply_too_large": (
        "gives more than {limit} numbers in a reply: "
        "ask for fewer steps, for fewer columns (fields=), or for the stream"
    ),
    "took_too_long": "has computed for more than {limit} seconds: ask for fewer steps or a simpler formula",
    "busy": (
        "is at its limit of {limit} {what} at a time, and none ended within {seconds} seconds; try again in a moment"
    ),
    "stopping": "is being stopped, and was not ready with this in time; try again in a moment",
    "last_event_id": (
        "must be the id of an event of this stream, {count} numbers of rows up to {limit} joined by dots, "
        "each with e after it once that run's end was sent; got {got}"
    ),
    "another_stream": "has {rows} rows of run {run}, not {count}: the Last-Event-ID is of another stream",
    "not_http": "is not HTTP/1.1; got {got}",
    "wrong_host": "must have one Host field, of a host and perhaps its port; got {got}",
    "unknown_coding": "may say of the body only that it comes in chunks (Transfer-Encoding: chunked); got {got}",
    "head_too_large": "may have at most {limit} bytes, and {count} have come without its end",
    "too_many_fields": "may have at most {limit} header fields, and has {count}",
    "too_slow": "must be complete within {limit} seconds from the first byte of the request, and is not",
    "not_found": "{got} leads nowhere",
    "method_not_allowed": "{path} takes only {allowed}; got {got}",
    "not_acceptable": "must allow one of {allowed}; got {got}",
    "unsupported_media_type": "must be application/json, as the body is JSON; got {got}",
    "fault": "met a fault of its own; the request may well be right",
}
"""Code -> the sentence that follows the name of what is wrong."""

ALL_ERRORS: Mapping[str, Template] = {**ERRORS, **OF_REQUESTS}
"""Every code that a reply may have."""
