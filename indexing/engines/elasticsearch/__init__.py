"""The engine for more than one machine: Elasticsearch 8.19 or 9.4."""

from indexing.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
