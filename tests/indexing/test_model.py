"""The sentence model is the official one, or none."""

import os
import shutil
import subprocess
import sys
import threading
from importlib import metadata

import numpy as np
import pytest

from indexing.embedding import EncoderMissing, encoder as encoders, shared_encoder, weights


def test_meanings_that_are_near_have_vectors_that_are_near():
    cat, rug, tax = shared_encoder().passages(
        ["A cat sat on the mat.", "The feline rested on a rug.", "Council tax is due."]
    )
    assert cat @ rug > 0.5 > 0.2 > abs(cat @ tax)


def test_a_vector_is_that_of_the_published_model():
    """The first numbers as sentence-transformers gives them for this sentence, so that the graph is the model."""
    vector = shared_encoder().query("This is an example sentence")
    assert vector[:3] == pytest.approx([0.0676569, 0.0634959, 0.0487131], abs=1e-5)


def test_every_vector_is_one_long_and_no_words_give_none():
    lengths = np.linalg.norm(shared_encoder().passages(["One.", "", "Two " * 500]), axis=1)
    assert lengths == pytest.approx([1, 0, 1], abs=1e-5)


def test_company_in_a_batch_changes_nothing():
    alone = shared_encoder().passages(["Short."])[0]
    assert shared_encoder().passages(["Short.", "long " * 200])[0] == pytest.approx(alone, abs=1e-5)


def test_the_library_that_runs_it_reports_to_nobody(tmp_path):
    """It would keep an identifier of the machine below the home directory, everywhere but in CI."""
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "ORT_DISABLE_TELEMETRY")}
    told = {**kept, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    program = "from indexing.embedding import shared_encoder; shared_encoder().query('Who keeps bees?')"
    subprocess.run([sys.executable, "-c", program], env=told, check=True)
    assert list(tmp_path.rglob("*")) == []


def test_weights_that_were_changed_are_refused(tmp_path):
    official = weights.find()
    changed = weights.Weights(tmp_path / official.model.name, tmp_path / official.tokenizer.name)
    shutil.copy(official.tokenizer, changed.tokenizer)
    changed.model.write_bytes(b"something else")
    with pytest.raises(weights.WeightsError, match="SHA-256"):
        changed.verify()


def test_a_missing_model_says_what_to_do(monkeypatch):
    def nowhere(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(weights.metadata, "distribution", nowhere)
    monkeypatch.setattr(encoders, "_shared", {})
    with pytest.raises(EncoderMissing, match="make setup"):
        shared_encoder()


def test_many_threads_share_one_model():
    found = []
    threads = [threading.Thread(target=lambda: found.append(shared_encoder())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in found}) == 1
