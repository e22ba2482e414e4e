"""`make demo`: the demo organisation, a web server and a worker, until Ctrl-C."""

import sys
from argparse import ArgumentParser

from survey.samples.demo_product import serve_demo


def main(arguments: list[str]) -> int:
    """Serve the demo; there is nothing to choose, so all that can be asked for is help."""
    ArgumentParser(prog="python -m survey.samples", description=__doc__).parse_args(arguments)
    return serve_demo(say=lambda line: print(line, flush=True))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
