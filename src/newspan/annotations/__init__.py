"""Making annotation: marks, entities, and later the live link to Label Studio."""
