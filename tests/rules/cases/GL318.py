"""Loops that start a process for every item, and those that must."""

P = "import os\nimport subprocess\n\n\n"


def loop(body: str) -> str:
    return f"{P}def f(paths):\n    for path in paths:\n        {body}\n"


BAD = {
    "gzip": (loop("subprocess.run(['gzip', path])"), [7]),
    "with a flag": (loop("subprocess.run(['gzip', '-9', path], check=True)"), [7]),
    "check_call": (loop("subprocess.check_call(['xz', path])"), [7]),
    "call": (loop("subprocess.call(['black', '-q', path])"), [7]),
    "the shell": (loop("os.system('git add ' + path)"), [7]),
    "a formatted line": (loop("os.system(f'pip install {path}')"), [7]),
    "percent": (loop("os.system('git rm %s' % path)"), [7]),
    "format": (loop("os.system('chown {}'.format(path))"), [7]),
    "a line of the shell": (loop("subprocess.run(f'docker rm {path}', shell=True)"), [7]),
    "git add": (loop("subprocess.run(['git', 'add', path])"), [7]),
    "an attribute of the item": (loop("subprocess.run(['gzip', path.name])"), [7]),
    "a text of the item": (loop("subprocess.run(['gzip', str(path)])"), [7]),
    "a full path of the program": (loop("subprocess.run(['/usr/bin/gzip', path])"), [7]),
    "packages": (loop("subprocess.run(['apt-get', 'install', '-y', path])"), [7]),
    "services": (loop("subprocess.run(['systemctl', 'restart', path])"), [7]),
    "imported by name": (
        "from subprocess import run\n\n\ndef f(paths):\n    for path in paths:\n        run(['ruff', 'check', path])\n",
        [6],
    ),
    "under another name": (
        "import subprocess as sp\n\n\ndef f(paths):\n    for path in paths:\n        sp.run(['mypy', path])\n",
        [6],
    ),
    "in a branch": (loop("if path:\n            subprocess.run(['gzip', path])"), [8]),
    "with other work": (loop("print(path)\n        subprocess.run(['optipng', path])"), [8]),
    "pairs": (P + "def f(table):\n    for name, path in table.items():\n        subprocess.run(['gzip', path])\n", [7]),
    "at the level of the module": (P + "import sys\nfor path in sorted(sys.argv):\n    subprocess.run(['gzip', path])\n", [7]),
    "in a method": (
        P + "class A:\n    def f(self):\n        for p in self.paths:\n            subprocess.run(['strip', p])\n",
        [8],
    ),
}

PEDANTIC = {
    "an unknown program": (loop("subprocess.run(['resize', path])"), [7]),
    "a program by name": (loop("subprocess.run([tool, path])"), [7]),
    "a command that takes one": (loop("subprocess.run(['git', 'show', path])"), [7]),
    "the output of each": (loop("print(subprocess.check_output(['file', path]))"), [7]),
    "a list of results": (P + "def f(names):\n    return [subprocess.run(['id', name]).returncode for name in names]\n", [6]),
    "a command made before": (loop("words = ['convert', path]\n        subprocess.run(words, check=True)"), [8]),
    "awaited": (
        "import asyncio\n\nasync def f(paths):\n    for path in paths:\n"
        "        started = await asyncio.create_subprocess_exec('prettier', path)\n        await started.wait()\n",
        [5],
    ),
    "out of a queue": (P + "def f(todo):\n    while todo:\n        subprocess.call(['lint', todo.popleft()])\n", [7]),
}

GOOD = {
    "one process": P + "def f(paths):\n    subprocess.run(['gzip', *paths])\n",
    "the result is read": loop("done = subprocess.run(['gzip', path])"),
    "the result is tested": loop("if subprocess.call(['gzip', path]):\n            print(path)"),
    "the output is read": loop("print(subprocess.check_output(['gzip', '-l', path]))"),
    "the output goes to a file": loop("subprocess.run(['gzip', '-c', path], stdout=out)"),
    "in its folder": loop("subprocess.run(['git', 'add', '.'], cwd=path)"),
    "not about the item": loop("subprocess.run(['gzip', 'a.txt'])"),
    "a whole command": loop("os.system(path)"),
    "a command of unknown making": loop("line = fill(path)\n        os.system(line['run'])"),
    "a program that is started again": P
    + "def f():\n    while True:\n        words = arguments()\n        subprocess.call(words)\n",
    "the same command each time": loop("print(subprocess.check_output(['uptime']))"),
    "another attempt": P
    + "def f(n):\n    for attempt in range(n):\n        if not subprocess.call(['make']):\n            return\n",
    "a short loop": P + "def f():\n    for path in ('a', 'b'):\n        subprocess.run(['gzip', path])\n",
    "once": P + "def f(path):\n    subprocess.run(['gzip', path])\n",
    "what the standard library does": loop("subprocess.run(['mkdir', '-p', path])"),
    "errors are handled": loop(
        "try:\n            subprocess.run(['gzip', path], check=True)\n        except OSError:\n            print(path)"
    ),
    "it may end": loop("subprocess.run(['gzip', path])\n        if path.last:\n            break"),
    "it returns": loop("subprocess.run(['gzip', path])\n        return"),
    "a pipe": loop("os.system(f'gzip {path} | wc')"),
    "input": loop("subprocess.run(['gzip', path], input=b'')"),
    "a while loop": P + "def f(paths):\n    while paths:\n        subprocess.run(['gzip', paths.pop()])\n",
    "in a function of the loop": loop("def g():\n            subprocess.run(['gzip', path])\n        use(g)"),
    "another run": "import subprocess\nimport shop\n\n\ndef f(paths):\n    for path in paths:\n"
    "        shop.run(['gzip', path])\n",
    "two files each": loop("subprocess.run(['diff', path, path + '.orig'], capture_output=True)"),
    "it waits": P + "async def f(paths):\n    for path in paths:\n        subprocess.run(['gzip', path])\n"
    "        await done()\n",
    "in the head": P + "def f(path):\n    for line in subprocess.run(['gzip', path]).stdout:\n        print(line)\n",
}
