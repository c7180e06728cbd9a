"""What runs inside Label Studio's environment: Label Studio, for as long as its starter lives.

Run as a script by that environment's Python; nothing of newspan can be imported here.
"""

import os
import signal
import sys
import threading


def _end_with_starter() -> None:
    """End the server when the other end of standard input is closed, however that came."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Run Label Studio with the arguments of the command line."""
    if "start" in sys.argv[1:]:
        threading.Thread(target=_end_with_starter, daemon=True).start()
    from label_studio import server  # type: ignore[import-not-found]

    # It would take the next port where one is busy, and nobody would find it.
    server._get_free_port = lambda port, _debug: port
    server.main()


if __name__ == "__main__":
    main()
