"""Settings come from the environment and fail loudly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REAL = {
    "AJOUR_MODE": "production",
    "SECRET_KEY": "q7Zp2mX9vR4tB6nK8wY1cL3hF5jD0sGaUeIoTxVbNmQzWyRkPdHs42",
    "SITE_URL": "https://shop.example",
    "ALLOWED_HOSTS": "shop.example",
    "DATABASE_URL": "postgresql://ajour:x@db.invalid/ajour",
    "REDIS_URL": "redis://valkey.invalid:6379/0",
    "STRIPE_SECRET_KEY": "sk_live_x",
    "STRIPE_WEBHOOK_SECRET": "whsec_x",
}
OURS = ("AJOUR_MODE", "DEBUG", "STRIPE_API_BASE", "STAFF_NEED_SECOND_FACTOR", "DATABASE_KEEPS_PLANS", *REAL)


def start(*command, **changed):
    env = {k: v for k, v in os.environ.items() if k not in OURS} | REAL | changed
    env = {k: v for k, v in env.items() if v is not None}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "at least 50 characters"),
        ({"DEBUG": "true"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty"),
        ({"REDIS_URL": None}, "REDIS_URL is not set"),
        ({"STRIPE_WEBHOOK_SECRET": None}, "STRIPE_WEBHOOK_SECRET is not set"),
        ({"STRIPE_API_BASE": "http://localhost:1"}, "live key, but STRIPE_API_BASE points at a stand-in"),
        (
            {"AJOUR_MODE": "demo", "STRIPE_API_BASE": "http://localhost:1"},
            "live key, but STRIPE_API_BASE points at a stand-in",
        ),
        ({"DATABASE_URL": None}, "DATABASE_URL is not set"),
        ({"DATABASE_URL": "mysql://db/ajour"}, "DATABASE_URL must begin with postgresql://"),
        ({"DATABASE_URL": "postgresql://db:port/ajour"}, "DATABASE_URL can't be read"),
        ({"REDIS_URL": "unix:///run/valkey.sock"}, "REDIS_URL must begin with redis://"),
        ({"SITE_URL": "shop.example"}, "SITE_URL must begin with https://"),
        ({"STRIPE_SECRET_KEY": "sk_test_standin"}, "STRIPE_SECRET_KEY is that of the stand-in"),
        ({"STRIPE_WEBHOOK_SECRET": "whsec_standin"}, "STRIPE_WEBHOOK_SECRET is that of the stand-in"),
        ({"DEBUG": "ture"}, "DEBUG is 'ture'; it must be true or false"),
        ({"BEHIND_PROXY": "ja"}, "BEHIND_PROXY is 'ja'; it must be true or false"),
        ({"DATABASE_KEEPS_PLANS": "no way"}, "DATABASE_KEEPS_PLANS is 'no way'; it must be true or false"),
        ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT is 'smtp'; it must be a whole number"),
        ({"SHOP_TIME_ZONE": "London"}, "SHOP_TIME_ZONE is 'London'; it must be a time zone such as Europe/London"),
        ({"STAFF_NEED_SECOND_FACTOR": "false"}, "asks staff for a second factor"),
        ({"AJOUR_MODE": "prod"}, "must be one of production, demo, test, development"),
    ],
)
def test_what_is_missing_or_wrong_stops_the_start_with_a_sentence_that_names_it(changed, sentence):
    ended = start("-c", "import config.settings", **changed)
    assert ended.returncode != 0
    assert sentence in ended.stderr


def test_a_command_says_it_in_one_line():
    ended = start("manage.py", "check", DATABASE_URL="mysql://db/ajour")
    assert ended.returncode == 1
    assert ended.stderr == "DATABASE_URL must begin with postgresql:// or postgres://.\n"


def test_the_deploy_check_is_clean_under_production_settings():
    ended = start("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout
