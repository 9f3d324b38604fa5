"""Lints many files on several cores; a worker that dies costs one file, not the run."""

from __future__ import annotations

import os
import sys

from greenlint.linter.entry import FileEntry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from greenlint.linter.work import Job
    from greenlint.source.discover import SourceFile

FORK_ABOVE_BYTES = 400_000  # below it a fork and its pipe cost more than they save (perf: 4 ms of fork against 0.3 s/MB)
SPAWN_ABOVE_BYTES = 2_000_000  # a spawned interpreter must import everything again, about 60 ms each
_INDEX = 4  # bytes of a file number in the task pipe
_PIPE_TASKS = 8_000  # task numbers that fit into a pipe of 64 KiB with room to spare
_BATCH = 32_000  # bytes of results per write: each one wakes the parent, which shares the cores with the workers
_PIPE_BYTES = 1 << 20  # the largest pipe that a user may have by default
_CRASHED = "the parser crashed on this file; exclude it, or report it to Python with the file attached"


def look_at_all(
    job: Job, files: Sequence[SourceFile], jobs: int, meanwhile: Callable[[], object] | None = None
) -> Iterator[tuple[SourceFile, FileEntry]]:
    """Every file with its entry, in no particular order; `jobs` 0 means one worker per available core.

    `meanwhile` is what the caller has to do in any case; it is called only where it does not keep the workers waiting.
    """
    workers = min(jobs or _cores(), len(files))
    work = sum(file.size for file in files)
    if workers > 1 and work > FORK_ABOVE_BYTES and sys.platform.startswith("linux"):
        yield from _forked(job, files, workers, meanwhile)
    elif workers > 1 and work > SPAWN_ABOVE_BYTES:
        yield from _spawned(job, files, workers)
    else:
        for file in files:
            yield file, job.look(file)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _forked(
    job: Job, files: Sequence[SourceFile], workers: int, meanwhile: Callable[[], object] | None
) -> Iterator[tuple[SourceFile, FileEntry]]:
    """Workers take file numbers from one pipe, so that they finish together whatever the files cost."""
    import marshal

    order = sorted(range(len(files)), key=lambda i: -files[i].size)
    per_task = -(-len(order) // _PIPE_TASKS)
    tasks = [order[i : i + per_task] for i in range(0, len(order), per_task)]
    task_out, task_in = os.pipe()
    os.write(task_in, b"".join(number.to_bytes(_INDEX, "little") for number in range(len(tasks))))
    os.close(task_in)
    sys.stdout.flush()
    sys.stderr.flush()
    pipes: list[int] = []
    children: list[int] = []
    for _ in range(workers):
        result_out, result_in = os.pipe()
        _widen(result_in)
        child = os.fork()
        if child == 0:
            try:
                for other in (result_out, *pipes):
                    os.close(other)
                _work(job, files, tasks, task_out, result_in)
            finally:
                os._exit(1)  # also when interrupted before the work began: a worker never runs the parent's code
        os.close(result_in)
        pipes.append(result_out)
        children.append(child)
    os.close(task_out)
    if meanwhile is not None:
        meanwhile()
    done: set[int] = set()
    for message in _messages(pipes):
        number, packed = marshal.loads(message)
        done.add(number)
        yield files[number], FileEntry.unpack(packed, files[number].path)
    for child in children:
        os.waitpid(child, 0)
    for number in order:
        if number not in done:
            yield files[number], _alone(job, files[number])


def _widen(pipe: int) -> None:
    """Let a worker write results for some 0.3 s without anybody reading them."""
    import fcntl

    try:
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    except OSError:
        pass  # over the user's limit: the worker waits now and then


def _work(job: Job, files: Sequence[SourceFile], tasks: list[list[int]], task_out: int, result_in: int) -> None:
    """The life of a worker; it never returns into the parent's code."""
    import gc
    import marshal

    gc.disable()  # trees are acyclic (parents live in a dict), so collecting would only cost time
    status = 1
    batch: list[bytes] = []
    size = 0
    try:
        while number := os.read(task_out, _INDEX):
            for index in tasks[int.from_bytes(number, "little")]:
                message = marshal.dumps((index, job.look(files[index]).pack()))
                batch += (len(message).to_bytes(8, "little"), message)
                size += len(message)
                if size > _BATCH:
                    _write(result_in, b"".join(batch))
                    batch, size = [], 0
        _write(result_in, b"".join(batch))
        status = 0
    except (OSError, KeyboardInterrupt):
        pass  # the parent has gone or was interrupted: nobody is left to tell
    finally:
        os._exit(status)


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _messages(pipes: list[int]) -> Iterator[bytes]:
    """Complete messages from several pipes until all are closed."""
    import select

    buffers = {pipe: bytearray() for pipe in pipes}
    poll = select.poll()
    for pipe in pipes:
        poll.register(pipe, select.POLLIN | select.POLLHUP)
    while buffers:
        for pipe, _ in poll.poll():
            block = os.read(pipe, 1 << 20)
            if not block:
                poll.unregister(pipe)
                os.close(pipe)
                del buffers[pipe]
                continue
            buffer = buffers[pipe]
            buffer += block
            while len(buffer) >= 8 and len(buffer) >= 8 + (size := int.from_bytes(buffer[:8], "little")):
                yield bytes(buffer[8 : 8 + size])
                del buffer[: 8 + size]


def _alone(job: Job, file: SourceFile) -> FileEntry:
    """Look at one file in a process of its own, because a worker died while it had it or before it came to it."""
    import marshal

    result_out, result_in = os.pipe()
    child = os.fork()
    if child == 0:
        task_out, task_in = os.pipe()
        os.write(task_in, (0).to_bytes(_INDEX, "little"))
        os.close(task_in)
        os.close(result_out)
        _work(job, [file], [[0]], task_out, result_in)
    os.close(result_in)
    messages = list(_messages([result_out]))
    os.waitpid(child, 0)
    if not messages:
        return FileEntry(error=_CRASHED)
    return FileEntry.unpack(marshal.loads(messages[0])[1], file.path)


def _spawned(job: Job, files: Sequence[SourceFile], workers: int) -> Iterator[tuple[SourceFile, FileEntry]]:
    """For systems without a safe fork: a process pool; a broken pool falls back to this process."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    rest = list(files)
    try:
        with ProcessPoolExecutor(workers) as pool:
            for file, entry in zip(files, pool.map(job.look, files, chunksize=16)):
                rest.remove(file)
                yield file, entry
    except BrokenProcessPool:
        for file in rest:
            yield file, job.look(file)
