"""How a process that serves many at once runs: on a quick event loop, with nothing in the way of its threads."""

from __future__ import annotations

import asyncio
import gc
import sys

YOUNG = 20_000
"""How many objects may be made and not let go before the garbage collector looks at the young ones.

A press makes some hundreds while it is read. At Python's own 700 the collector looks once every few presses and finds
next to nothing, which takes a seventh of the processor time and makes the longest answers twice as long.
"""


GIVE_WAY = 0.0002
"""After how many seconds of computing the interpreter is handed to a thread that waits for it.

Whoever lets go of it more often than that, as an event loop does that looks what else there is, takes it again before
the other has woken. At Python's own 5 ms no note was written while others were decided: the two took turns.
"""


def settle() -> None:
    """Let the garbage collector pass over all that was loaded by now and look less often, and threads take turns."""
    gc.freeze()
    gc.set_threshold(YOUNG)
    sys.setswitchinterval(GIVE_WAY)


def new_event_loop() -> asyncio.AbstractEventLoop:
    """Return uvloop's event loop; where that is not to be had, as on Windows, Python's own."""
    try:
        import uvloop  # noqa: PLC0415 - only what serves needs it
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
