"""Builds the ONNX graph of a six-layer BERT with mean pooling from its weights.

The graph takes ``ids`` and ``mask`` (batch x length) and gives ``vectors`` (batch x 384), each of length one.
Weights of one layer's query, key and value stand side by side in one matrix: one product instead of three.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

LAYERS, HEADS, WIDTH, HEAD_WIDTH = 6, 12, 384, 32
EPSILON = 1e-12
OPSET = 20
Tensors = Mapping[str, NDArray[np.float32]]


class Graph:
    """Nodes and constants, in the order in which they were added."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def constant(self, value: NDArray[np.generic] | list[int] | list[float], kind: type = np.float32) -> str:
        name = f"c{len(self.constants)}"
        array: NDArray[Any] = np.ascontiguousarray(np.asarray(value, dtype=kind))
        self.constants.append(numpy_helper.from_array(array, name))
        return name

    def add(self, operation: str, *inputs: str, **attributes: object) -> str:
        return self.add_many(operation, 1, *inputs, **attributes)[0]

    def add_many(self, operation: str, outputs: int, *inputs: str, **attributes: Any) -> list[str]:
        names = [f"n{len(self.nodes)}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(operation, list(inputs), names, **attributes))
        return names

    def linear(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return self.add("Add", self.add("MatMul", x, self.constant(weight.T)), self.constant(bias))

    def norm(self, x: str, tensors: Tensors, name: str) -> str:
        scale, bias = (self.constant(tensors[f"{name}.LayerNorm.{part}"]) for part in ("weight", "bias"))
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)


def build(tensors: Tensors) -> ModelProto:
    """The model as ONNX, ready to be run."""
    graph = Graph()
    mask = graph.add("Cast", "mask", to=TensorProto.FLOAT)
    ignored = graph.add("Sub", graph.constant([1.0]), graph.add("Unsqueeze", mask, graph.constant([1, 2], np.int64)))
    penalty = graph.add("Mul", ignored, graph.constant([-1e4]))
    state = embeddings(graph, tensors)
    for layer in range(LAYERS):
        state = encoder_layer(graph, tensors, f"encoder.layer.{layer}", state, penalty)
    return finish(graph, pool(graph, state, mask))


def embeddings(graph: Graph, tensors: Tensors) -> str:
    words = graph.add("Gather", graph.constant(tensors["embeddings.word_embeddings.weight"]), "ids")
    # Only sentences of type 0 ever come in, so that the type's vector is added to the positions once and for all.
    places = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    # A Range over the length trips the runtime's fusion of embedding layers; Shape and Slice do not.
    length = graph.add("Shape", "ids", start=1, end=2)
    zero = graph.constant([0], np.int64)
    positions = graph.add("Slice", graph.constant(places), zero, length, zero)
    return graph.norm(graph.add("Add", words, positions), tensors, "embeddings")


def encoder_layer(graph: Graph, tensors: Tensors, name: str, x: str, penalty: str) -> str:
    attended = attention(graph, tensors, f"{name}.attention", x, penalty)
    x = graph.norm(graph.add("Add", attended, x), tensors, f"{name}.attention.output")
    wide = graph.add("Gelu", graph.linear(x, *weights(tensors, f"{name}.intermediate.dense")))
    narrow = graph.linear(wide, *weights(tensors, f"{name}.output.dense"))
    return graph.norm(graph.add("Add", narrow, x), tensors, f"{name}.output")


def attention(graph: Graph, tensors: Tensors, name: str, x: str, penalty: str) -> str:
    parts = [weights(tensors, f"{name}.self.{part}") for part in ("query", "key", "value")]
    joined = graph.linear(x, np.concatenate([w for w, _ in parts]), np.concatenate([b for _, b in parts]))
    heads = graph.constant([0, 0, HEADS, HEAD_WIDTH], np.int64)
    query, key, value = (
        graph.add("Transpose", graph.add("Reshape", part, heads), perm=order)
        for part, order in zip(
            graph.add_many("Split", 3, joined, axis=-1, num_outputs=3),
            ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]),
            strict=True,
        )
    )
    scores = graph.add("Mul", graph.add("MatMul", query, key), graph.constant([HEAD_WIDTH**-0.5]))
    shares = graph.add("Softmax", graph.add("Add", scores, penalty), axis=-1)
    context = graph.add("Transpose", graph.add("MatMul", shares, value), perm=[0, 2, 1, 3])
    flat = graph.add("Reshape", context, graph.constant([0, 0, WIDTH], np.int64))
    return graph.linear(flat, *weights(tensors, f"{name}.output.dense"))


def weights(tensors: Tensors, name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def pool(graph: Graph, state: str, mask: str) -> str:
    """The mean of the tokens that are not padding, made one long."""
    wide = graph.add("Unsqueeze", mask, graph.constant([2], np.int64))
    axis = graph.constant([1], np.int64)
    total = graph.add("ReduceSum", graph.add("Mul", state, wide), axis, keepdims=0)
    mean = graph.add("Div", total, graph.add("ReduceSum", wide, axis, keepdims=0))
    length = graph.add("ReduceL2", mean, graph.constant([-1], np.int64), keepdims=1)
    return graph.add("Div", mean, graph.add("Max", length, graph.constant([EPSILON])))


def finish(graph: Graph, output: str) -> ModelProto:
    graph.nodes.append(helper.make_node("Identity", [output], ["vectors"]))
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in ("ids", "mask")]
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", WIDTH])]
    body = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, graph.constants)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
