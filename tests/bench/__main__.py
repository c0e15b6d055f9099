"""`make bench`: the figures of docs/performance.md. ARGS="--only pages" measures one part, "--pieces 1000" a smaller shop.

Runs on servers of its own (`standins.run shell`), over the loopback, and ends by itself.
"""

import argparse
import os
import sys
import tempfile


def main() -> None:
    asked = _asked()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with tempfile.TemporaryDirectory() as media:
        os.environ["MEDIA_ROOT"] = media
        import django

        django.setup()
        _run(asked)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", choices=["pages", "purchase", "tickets", "shapes"], help="one part")
    parser.add_argument("--pieces", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=60, help="requests a round")
    return parser.parse_args()


def _run(asked: argparse.Namespace) -> None:
    from tests.bench import house, making, shapes, shop
    from tests.bench.figures import table

    if asked.only in (None, "shapes"):
        say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {asked.times} builds of every family\n")
        say(shapes.table(shapes.families(asked.times)) + "\n")
        say(shapes.pool_peaks() + "\n")
    if asked.only == "shapes":
        return
    say("Furnishing the house …")
    house.furnish(asked.pieces)
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; the median of several rounds\n")
    ceiling = None
    if asked.only in (None, "pages"):
        rows, ceiling = shop.pages(asked.times)
        say(table(rows, ceiling) + "\n")
    if asked.only in (None, "purchase"):
        say(table(*shop.purchases(max(asked.times // 2, 10))) + "\n")
    if asked.only in (None, "tickets"):
        say(table(making.tickets(max(asked.times // 6, 5)), ceiling) + "\n")
    say(f"load afterwards {os.getloadavg()[0]:.1f}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
