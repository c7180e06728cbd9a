"""Label Studio, live: a server of our own, push, pull and status."""
