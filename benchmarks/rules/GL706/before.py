"""GL706: a coroutine asks without a pause whether another has finished. The size is the number of milliseconds to wait."""

import asyncio
import sys


class Server:
    started = False

    def start(self) -> None:
        self.started = True


async def main(size: int) -> None:
    server = Server()
    asyncio.get_running_loop().call_later(size / 1000, server.start)
    while not server.started:
        await asyncio.sleep(0)
    print("started")


asyncio.run(main(int(sys.argv[1])))
