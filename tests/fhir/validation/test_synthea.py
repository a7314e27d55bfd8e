"""What Synthea writes is sound."""

import tarfile
from itertools import islice
from pathlib import Path

from fellesjournal.fhir.json import parse
from fellesjournal.fhir.validation import Validator

BUNDLES = 10


def test_synthea_bundles_are_sound(validator: Validator, shared_data: Path) -> None:
    with tarfile.open(shared_data / "synthea" / "synthea-r4-bundles.tar.xz") as archive:
        for member in islice((m for m in archive if m.name.endswith(".json")), BUNDLES):
            file = archive.extractfile(member)
            assert file is not None
            assert validator.validate(parse(file.read()).tree) == [], member.name
