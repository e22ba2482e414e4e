"""Answer a survey page many times at once, as strangers do: each with a connection of its own.

Usage: answering_flows.py PORT CONCURRENCY < one path per line. Every flow gets the page, fills in
every question by its first option, sends it and looks where it is sent on to. Prints JSON: the wall
seconds of all, the milliseconds of each, and the CPU seconds that answering itself took.
"""

import json
import re
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

FIELD = re.compile(r'<input\b[^>]*?\btype="(?:hidden|radio)"[^>]*>')
ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')
COOKIE = re.compile(rb"(?i)set-cookie: ([^;\r]+)")
AT_ONCE = 65_536  # bytes


def fill_in(page: str) -> str:
    """Return the body of a sent form: hidden fields as they are, the first of all options."""
    values: dict[str, str] = {}
    for tag in FIELD.findall(page):
        told = dict(ATTRIBUTE.findall(tag))
        if "name" in told:
            values.setdefault(told["name"], told.get("value", "on"))
    return urlencode(values)


def exchange(port: int, head: str, body: str = "") -> tuple[bytes, bytes]:
    """Send a request on a new connection; return head and body of what comes back."""
    parts = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"{head}Host: 127.0.0.1\r\nConnection: close\r\n\r\n{body}".encode())
        while part := connection.recv(AT_ONCE):
            parts.append(part)
    told, _, page = b"".join(parts).partition(b"\r\n\r\n")
    return told, page


def run_flow(port: int, path: str) -> float:
    """Get a page, answer it and send it; return how long that took, in milliseconds."""
    started = time.perf_counter()
    head, page = exchange(port, f"GET {path} HTTP/1.1\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{path} cannot be read: {head[:60]!r}")
    body = fill_in(page.decode())
    cookies = "; ".join(each.decode() for each in COOKIE.findall(head))
    sent = (
        f"POST {path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n" + (f"Cookie: {cookies}\r\n" if cookies else "")
    )
    head, _ = exchange(port, sent, body)
    if not head.startswith(b"HTTP/1.1 302"):
        raise RuntimeError(f"{path} was not taken: {head[:60]!r}")
    return 1000 * (time.perf_counter() - started)


def run_flows(port: int, paths: list[str], concurrency: int) -> dict[str, object]:
    """Run a flow on every path, so many at once."""
    started, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(concurrency) as strangers:
        took = list(strangers.map(lambda path: run_flow(port, path), paths))
    wall = time.perf_counter() - started
    return {"wall": wall, "took": took, "cpu": time.process_time() - cpu}


if __name__ == "__main__":
    lines = sys.stdin.read().split()
    print(json.dumps(run_flows(int(sys.argv[1]), lines, int(sys.argv[2]))))  # noqa: T201
