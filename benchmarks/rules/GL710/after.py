"""GL710, after: the reloader off."""

import os
import sys


class App:
    """A server with a reloader that works as those of the frameworks do: the times of all files of all packages."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.changed = 0

    def run(self, host: str, debug: bool) -> None:
        seen = {}
        for _ in range(self.seconds):
            if debug:
                self.look(seen)
        print(f"{host}: up {self.seconds} s, {self.changed} changes")

    def look(self, seen: dict) -> None:
        for folder, folders, files in os.walk(os.path.dirname(os.__file__)):
            folders[:] = [name for name in folders if name not in ("__pycache__", "test", "site-packages")]
            for name in files:
                if name.endswith(".py"):
                    path = os.path.join(folder, name)
                    changed = os.stat(path).st_mtime
                    self.changed += seen.setdefault(path, changed) != changed


app = App(int(sys.argv[1]))
app.run(host="0.0.0.0", debug=False)
