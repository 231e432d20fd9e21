"""How Python itself is set for a long run, once everything is loaded."""

import gc
import sys

# Seconds. A thread that opens addresses holds the interpreter for 5 ms unless told otherwise, and
# the loop, which sends and answers, stands still that long again and again.
SWITCH = 0.001


def settle() -> None:
    """Leave what is loaded now out of every later garbage collection, and let the loop in sooner.

    Modules, models and gazetteer are a hundred thousand objects that live as long as the process.
    Looking through them was half the processor time of taking a chunk of 20,000 recipients.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH)
