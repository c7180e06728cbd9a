"""The index does not say of which schema version the data are."""

import json
from pathlib import Path


def damage(folder: Path) -> None:
    path = folder / "index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    del index["schema_version"]
    path.write_text(json.dumps(index), encoding="utf-8")
