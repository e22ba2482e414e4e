"""`make demo`: the demo organisation, a web server and a worker, until Ctrl-C."""

import sys

from survey.samples.demo_product import serve_demo

if __name__ == "__main__":
    sys.exit(serve_demo(say=lambda line: print(line, flush=True)))  # noqa: T201
