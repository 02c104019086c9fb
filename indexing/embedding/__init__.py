"""Sentences as vectors: all-MiniLM-L6-v2 in ONNX Runtime, on the premises. No text leaves the machine, and no report.

ONNX Runtime tells its maker about each process since 1.29, unless it is asked before it is loaded not to
(github.com/microsoft/onnxruntime/pull/27379): it then makes no identifier, no file and no connection.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

from indexing.embedding.encoder import Encoder, EncoderMissing, encoder_or_none, shared_encoder

__all__ = ["Encoder", "EncoderMissing", "encoder_or_none", "shared_encoder"]
