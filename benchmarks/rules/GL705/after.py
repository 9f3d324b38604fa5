"""GL705, after: they wait with `asyncio.sleep`, all at once, and one process serves them all."""

import asyncio
import sys


async def client(number: int) -> int:
    await asyncio.sleep(0.02)
    return number


async def serve(numbers: range) -> int:
    return sum(await asyncio.gather(*(client(number) for number in numbers)))


def main(size: int) -> None:
    print(asyncio.run(serve(range(size))))


if __name__ == "__main__":
    main(int(sys.argv[1]))
