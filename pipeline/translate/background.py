"""A call that goes on beside the caller: the model computes outside the interpreter's lock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def begin(call: Callable[[], T]) -> Future[T]:
    """Start `call` in a thread; its result or error is the future's.

    The thread ends with the process: `concurrent.futures.ThreadPoolExecutor` would make Ctrl-C wait for it.
    """
    future: Future[T] = Future()

    def work() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # raised again where the result is asked for
            future.set_exception(error)

    threading.Thread(target=work, name="normalize-translate", daemon=True).start()
    return future
