"""GL705: clients that wait 20 ms each with `time.sleep`, in as many processes as it takes to serve all within half a second.

The size is the number of clients.
"""

import asyncio
import sys
import time
from multiprocessing import Pool

AT_ONCE = 25
"""How many a process can serve one after another in half a second."""


async def client(number: int) -> int:
    time.sleep(0.02)
    return number


async def serve(numbers: range) -> int:
    return sum(await asyncio.gather(*(client(number) for number in numbers)))


def run(numbers: range) -> int:
    return asyncio.run(serve(numbers))


def main(size: int) -> None:
    parts = [range(first, min(first + AT_ONCE, size)) for first in range(0, size, AT_ONCE)]
    with Pool(len(parts)) as pool:
        print(sum(pool.map(run, parts, 1)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
