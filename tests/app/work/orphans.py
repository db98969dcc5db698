"""A server that starts two processes, tells who they are, and is killed."""

from __future__ import annotations

import threading
import time

from app.work.counter import Counter
from hfabm.app.work.hand import Hand

if __name__ == "__main__":
    idle, busy = Hand(), Hand()
    idle.make(Counter)
    busy.make(Counter)
    pids = idle.call("pid"), busy.call("pid")
    told = threading.Event()
    threading.Thread(target=busy.call, args=("forever",), kwargs={"on_progress": lambda _: told.set()}).start()
    told.wait()
    print(*pids, flush=True)
    time.sleep(600)
