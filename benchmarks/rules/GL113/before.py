"""GL113: starts of a tool for a command that needs no numpy; the size is how many starts."""

import argparse
import subprocess
import sys

import numpy as np


def mean(_: argparse.Namespace) -> None:
    print(np.mean([1.0, 2.0]))


def version(_: argparse.Namespace) -> None:
    sys.exit(0)


def starts(arguments: argparse.Namespace) -> None:
    for _ in range(arguments.size):
        subprocess.run([sys.executable, __file__, "version"], check=True)
    print(arguments.size)


def main() -> None:
    if sys.argv[1].isdigit():
        starts(argparse.Namespace(size=int(sys.argv[1])))
        return
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    commands.add_parser("mean").set_defaults(run=mean)
    commands.add_parser("version").set_defaults(run=version)
    arguments = parser.parse_args()
    arguments.run(arguments)


main()
