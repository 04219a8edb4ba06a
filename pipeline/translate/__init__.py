"""French segments into English, the annotated stretches held fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.model import Stage
from pipeline.translate.engine import Engine, Hypothesis

if TYPE_CHECKING:
    from pipeline.translate.memory import Memory


def open_model(config: Config) -> Engine:
    """The model that `config.model` names, opened; here the heavy imports happen. Raises ModelError."""
    from pipeline.translate import argos

    return argos.open_model(config)


def translator(engine: Engine, config: Config, memory: Memory | None = None) -> Stage:
    """`stage.translator`; imported here and not above, for a run that has nothing to translate asks for the model's hash alone."""
    from pipeline.translate import stage

    return stage.translator(engine, config, memory)


__all__ = ["Engine", "Hypothesis", "open_model", "translator"]
