"""Values, verbatim stretches, names and glossary terms, recognised in the block's own language. Nothing is rewritten."""

from pipeline.annotate.stage import annotator, merge

__all__ = ["annotator", "merge"]
