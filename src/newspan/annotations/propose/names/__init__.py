"""Names of actors and places, and whoever a quote rests on."""
