"""GL705: coroutines that wait with `time.sleep`, so that all others stand still. The size is the number of clients."""

import asyncio
import sys
import time


async def client(number: int) -> int:
    time.sleep(0.02)
    return number


async def main(size: int) -> None:
    print(sum(await asyncio.gather(*(client(number) for number in range(size)))))


asyncio.run(main(int(sys.argv[1])))
