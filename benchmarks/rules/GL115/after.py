"""GL115, after: the fixture runs for the test that names it."""

import os
import sqlite3
import subprocess
import sys

import pytest

TIMES = int(os.environ.get("TIMES", "1"))
often = pytest.mark.parametrize("number", range(TIMES))


@pytest.fixture
def table():
    connection = sqlite3.connect(":memory:")
    connection.execute("create table sales (name text, price real)")
    connection.executemany("insert into sales values (?, ?)", [(f"name {n}", n / 8) for n in range(500)])
    yield connection
    connection.close()


def test_table(table):
    assert table.execute("select count(*) from sales").fetchone() == (500,)


@often
def test_one(number):
    assert number >= 0


@often
def test_two(number):
    assert number >= 0


@often
def test_three(number):
    assert number >= 0


@often
def test_four(number):
    assert number >= 0


@often
def test_five(number):
    assert number >= 0


if __name__ == "__main__":
    options = ["-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:greenlint", "-o", "python_files=*.py"]
    environment = {**os.environ, "TIMES": sys.argv[1]}
    command = [sys.executable, "-m", "pytest", *options, __file__]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    print(done.stdout.split(" in ")[0].split()[-2:])
