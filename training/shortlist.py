"""The pieces of the vocabulary that English is written with: what the decoder need choose among.

Half of the time of a small decoder goes into scoring every piece of a vocabulary that two languages share; a third of it is
French alone. CTranslate2 reads the pieces to score from `vmap.txt` in the model's folder. The list is the same for every
sentence, so that a translation does not depend on the sentences that it is batched with.
"""
from collections import Counter

import augment

LEAST = 3  # times that a piece must stand in the English, each by the weight of its source


def pieces_written(pairs, weights, sp, least=LEAST, side=1):
    """The pieces that one side of the pairs (0 French, 1 English) is written with, in the order of the vocabulary.

    `pairs` and `weights` by source, as `train.read_pack` gives them.

    Single characters, bytes, marks and stand-ins are always there: any name can be spelt.
    """
    counts = Counter()
    for name, rows in pairs.items():
        for row in rows:
            for piece in sp.encode(row[side], out_type=str):
                counts[piece] += weights.get(name, 0)
    always = {augment.OPEN, augment.CLOSE, *augment.SLOTS}
    pieces = [sp.id_to_piece(i) for i in range(sp.vocab_size())]
    return [
        p for i, p in enumerate(pieces)
        if counts[p] >= least or p in always or len(p.lstrip("▁")) <= 1 or sp.is_byte(i) or sp.is_control(i) or sp.is_unknown(i)
    ]


def write(folder, pieces):
    """`vmap.txt`: one line, whose source side is empty: these pieces stand to choice for every source."""
    (folder / "vmap.txt").write_text("\t" + " ".join(pieces) + "\n", "utf-8")
