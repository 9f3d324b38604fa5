"""Which files imports lead to is found in time that grows with the project, not with its square."""

from __future__ import annotations

import time

from greenlint.rules.dead_code._modules import Modules
from greenlint.source.definitions import Class
from greenlint.source.facts import FileFacts
from greenlint.source.project import ProjectIndex


def seconds(files: int) -> float:
    """CPU seconds for a project where each file imports five others by several kinds of names, and half are unused."""
    facts = {
        f"pkg{number % 40}/part/mod{number}.py": FileFacts(
            classes=(Class("Thing", (), 1),),
            imports=(
                *(f"pkg{other % 40}.part.mod{other}.Thing" for other in range(number % 7, files, files // 5)),
                f".mod{number + 40}",
                "os.path.join",
            ),
        )
        for number in range(files)
    }
    start = time.process_time()
    found = list(Modules(ProjectIndex(facts)).unused())
    took = time.process_time() - start
    assert found
    return took


def test_eight_times_the_files_take_nowhere_near_sixty_four_times_as_long() -> None:
    # The calmest of several pairs: beside other processes one pair alone has read 32 times, and 9 is usual.
    assert min(seconds(3200) / min(seconds(400), seconds(400)) for _ in range(5)) < 25
