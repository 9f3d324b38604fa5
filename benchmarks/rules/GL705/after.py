"""GL705, after: coroutines that wait with `asyncio.sleep`, all at once. The size is the number of clients."""

import asyncio
import sys


async def client(number: int) -> int:
    await asyncio.sleep(0.02)
    return number


async def main(size: int) -> None:
    print(sum(await asyncio.gather(*(client(number) for number in range(size)))))


asyncio.run(main(int(sys.argv[1])))
