"""Start of the supervisor process (see `supervisor`): fork the command-to-be first, while nothing else is in memory.

A process begins with the peak memory of the one that it is forked from, so each page that is touched before or in the fork
is the floor below which the peak of the command cannot be told. Hence `posix` and `_signal` instead of `os` and `signal`.

    python -I -S hold.py SPEC_FD RESULT_FD

SPEC_FD brings the order: its length in 8 bytes, then NUL-separated: the number of arguments and the time limit in one field,
the path, the arguments, the variables of the environment as KEY=VALUE.
"""

import _signal  # type: ignore[import-not-found]
import posix
import sys

spec, result = int(sys.argv[1]), int(sys.argv[2])
posix.set_inheritable(spec, False)
posix.set_inheritable(result, False)
missing, text = int.from_bytes(posix.read(spec, 8), "little"), b""
while len(text) < missing:
    text += posix.read(spec, missing - len(text))
fields = text.split(b"\0")
counts = fields[0].split()
last_word = 2 + int(counts[0])
path, words, variables = fields[1], fields[2:last_word], {}
for pair in fields[last_word:]:
    key, _, value = pair.partition(b"=")
    variables[key] = value
go, send = posix.pipe()
report, tell = posix.pipe()
pid = posix.fork()
if pid == 0:
    for number in (_signal.SIGPIPE, _signal.SIGXFSZ):  # Python ignores them, a command must not
        _signal.signal(number, _signal.SIG_DFL)
    posix.close(send)  # its own copy would keep the pipe open, and this process waiting, when the supervisor has gone
    if not posix.read(go, 1):
        posix._exit(1)
    try:
        posix.execve(path, words, variables)
    except OSError as error:
        posix.write(tell, b"%d" % (error.errno or 2))
    posix._exit(127)
posix.close(tell)
sys.path.insert(0, __file__.rpartition("/greenlint/")[0])

from greenlint.profiler.supervisor import supervise  # noqa: E402  everything above must come first

supervise(pid, send, report, spec, result, float(counts[1]))
