"""Whether work grows with its input and not with its square: a ratio within one process, never an absolute time."""

import time
from collections.abc import Callable


def growth(work: Callable[[str], object], unit: str, size: int, times: int = 8) -> float:
    """How much longer `times` as much text takes: about `times` if linear, `times` squared if quadratic.

    The least processor time of three tries each, so that a busy machine does not count; what takes under 4 ms counts as 4 ms.
    """
    small, large = (_least(work, unit * (n // len(unit))) for n in (size, size * times))
    return large / small


def _least(work: Callable[[str], object], text: str) -> float:
    tries = []
    for _ in range(3):
        begin = time.process_time()
        work(text)
        tries.append(time.process_time() - begin)
        if tries[-1] < 0.004:
            break
    return max(min(tries), 0.004)
