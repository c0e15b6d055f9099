"""`python -m standins.stripe --port N --webhook URL --secret S --state FILE`"""

import argparse
import os
from pathlib import Path

from standins.stripe.server import Standin


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(prog="python -m standins.stripe", description="A stand-in for Stripe's HTTP API.")
    parser.add_argument("--port", type=int, default=12111)
    parser.add_argument("--webhook", help="where events are posted to")
    parser.add_argument("--secret", default=os.environ.get("STANDIN_STRIPE_SECRET", "whsec_standin"))
    parser.add_argument("--state", type=Path, help="a file that keeps the books between runs")
    asked = parser.parse_args()
    Standin(asked.port, asked.webhook, asked.secret, asked.state).serve()


if __name__ == "__main__":
    main()
