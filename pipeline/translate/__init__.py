"""French segments into English, the annotated stretches held fast."""

from pipeline.config import Config
from pipeline.translate.engine import Engine, Hypothesis
from pipeline.translate.stage import translator


def open_model(config: Config) -> Engine:
    """The model that `config.model` names, opened; here the heavy imports happen. Raises ModelError."""
    from pipeline.translate import argos

    return argos.open_model(config)


__all__ = ["Engine", "Hypothesis", "open_model", "translator"]
