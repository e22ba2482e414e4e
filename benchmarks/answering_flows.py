"""Answer a survey page many times at once, as strangers do: each with a connection of its own.

Usage: answering_flows.py PORT CONCURRENCY < one path per line. Every flow gets the page, fills in
every question by its first option, sends it and looks where it is sent on to. Prints JSON: the wall
seconds of all, and the milliseconds of each.
"""

import asyncio
import json
import re
import sys
import time
from urllib.parse import urlencode

FIELD = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
COOKIE = re.compile(rb"(?i)set-cookie: ([^;\r]+)")


def fill_in(page: str) -> str:
    """Return the body of a sent form: hidden fields as they are, the first of all options."""
    values: dict[str, str] = {}
    for tag in FIELD.findall(page):
        told = dict(ATTRIBUTE.findall(tag))
        if told.get("type") in ("hidden", "radio") and "name" in told:
            values.setdefault(told["name"], told.get("value", "on"))
    return urlencode(values)


async def exchange(port: int, head: str, body: str = "") -> tuple[bytes, bytes]:
    """Send a request on a new connection; return head and body of what comes back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{head}Host: 127.0.0.1\r\nConnection: close\r\n\r\n{body}".encode())
    answer = await reader.read(-1)
    writer.close()
    told, _, page = answer.partition(b"\r\n\r\n")
    return told, page


async def run_flow(port: int, path: str) -> float:
    """Get a page, answer it and send it; return how long that took, in milliseconds."""
    started = time.perf_counter()
    head, page = await exchange(port, f"GET {path} HTTP/1.1\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{path} cannot be read: {head[:60]!r}")
    body = fill_in(page.decode())
    cookies = "; ".join(each.decode() for each in COOKIE.findall(head))
    sent = (
        f"POST {path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n" + (f"Cookie: {cookies}\r\n" if cookies else "")
    )
    head, _ = await exchange(port, sent, body)
    if not head.startswith(b"HTTP/1.1 302"):
        raise RuntimeError(f"{path} was not taken: {head[:60]!r}")
    return 1000 * (time.perf_counter() - started)


async def run_flows(port: int, paths: list[str], concurrency: int) -> dict[str, object]:
    """Run a flow on every path, so many at once."""
    waiting = iter(paths)
    took: list[float] = []

    async def stand_in_line() -> None:
        for path in waiting:
            took.append(await run_flow(port, path))

    started = time.perf_counter()
    await asyncio.gather(*(stand_in_line() for _ in range(concurrency)))
    return {"wall": time.perf_counter() - started, "took": took}


if __name__ == "__main__":
    lines = sys.stdin.read().split()
    print(json.dumps(asyncio.run(run_flows(int(sys.argv[1]), lines, int(sys.argv[2])))))  # noqa: T201
