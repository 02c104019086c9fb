"""Sentences as vectors: all-MiniLM-L6-v2 in ONNX Runtime, on the premises. No text leaves the machine."""

from search.embedding.encoder import Encoder, EncoderMissing, encoder_or_none, shared_encoder

__all__ = ["Encoder", "EncoderMissing", "encoder_or_none", "shared_encoder"]
