"""Plants all faults, prints the missed ones and writes docs/植入的错误.md: `python -m tests.faults`."""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor

from .counting import outcomes, page, share
from .kinds import KINDS, subject
from .sample import MOST, PAGE, SAMPLES


def main() -> None:
    """Plant all faults, print the missed ones and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=MOST, help="at most so many faults of a kind in a sample")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kind", help="only kinds whose function's name has this")
    arguments = parser.parse_args()
    if arguments.kind:
        KINDS[:] = [one for one in KINDS if arguments.kind in one.__name__]
    with ProcessPoolExecutor(arguments.jobs) as pool:
        lists = pool.map(
            outcomes, sorted(SAMPLES, key=lambda path: -path.stat().st_size), [arguments.most] * len(SAMPLES)
        )
        results = sorted((one for found in lists for one in found), key=lambda one: one.sample)
    for number, one in enumerate(KINDS):
        own = [result for result in results if result.kind == number]
        missed = [result for result in own if result.code is None]
        print(f"{subject(one)[0]} {subject(one)[1]}（{one.__name__}）: {len(own) - len(missed)}/{len(own)}")
        for result in missed:
            print(f"    {result.sample} {'.'.join(map(str, result.place))}: {result.what}")
    found = sum(one.code is not None for one in results)
    print(f"{found}/{len(results)} {share(found, len(results))}")
    if not arguments.kind:
        PAGE.write_text("\n".join(page(results, arguments.most)) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
