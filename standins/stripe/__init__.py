"""A stateful stand-in for the part of Stripe's HTTP API that the house uses. It proves our state machine, not Stripe."""
