"""What stands in on one machine for the real servers, and the supervisor that runs them. No product code imports it."""
