"""Average trainings that began from the same weights; a package among them is grown to their size first.

    python3 average.py --to work/mean 0.6:work/out 0.4:../pipeline/models/translate-fr_en-0.5

Each argument is a weight and a folder: `model.pt.*` as train.py writes them, or an exported package. What lies between two
good models of one basin is often better than either (Wortsman et al. 2022, "Model soups").
"""
import argparse
import io
import pathlib
import sys

import torch

import package
import train
from network import Translator


def read(folder):
    """(config or None, state in float32) of a folder; a package has no config of its own."""
    if (folder / "metadata.json").exists():
        return None, package.weights(folder)
    pieces = sorted(folder.glob("model.pt.*"), key=lambda p: int(p.suffix[1:]))
    if not pieces:
        sys.exit(f"{folder}: neither model.pt.0 nor metadata.json there; give what train.py wrote under --out, or a package")
    saved = torch.load(io.BytesIO(b"".join(p.read_bytes() for p in pieces)), map_location="cpu")
    return saved["config"], {k: v.float() for k, v in saved["state"].items()}


def mean(states, shares):
    """The weighted mean of state dicts of equal shapes."""
    total = sum(shares)
    if {frozenset((k, v.shape) for k, v in s.items()) for s in states} != {frozenset((k, v.shape) for k, v in states[0].items())}:
        sys.exit("these models have different shapes: only trainings of one size and vocabulary can be averaged")
    return {k: sum(share / total * state[k] for share, state in zip(shares, states)) for k in states[0]}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    ap.add_argument("parts", nargs="+", help="WEIGHT:FOLDER")
    a = ap.parse_args()
    shares, folders = [], []
    for part in a.parts:
        share, colon, folder = part.partition(":")
        if not colon or not share.replace(".", "", 1).isdigit():
            ap.error(f"{part!r} is no WEIGHT:FOLDER, such as 0.5:work/out")
        shares.append(float(share))
        folders.append(pathlib.Path(folder))
    found = [read(folder) for folder in folders]
    config = next((c for c, _ in found if c), None)
    if config is None:
        sys.exit("give at least one folder that train.py wrote: a package alone does not say its size")
    model = Translator(**config)
    states = [state if c else train.deepen(state, model) for c, state in found]
    a.to.mkdir(parents=True, exist_ok=True)
    torch.save(dict(config=config, state={k: v.half() for k, v in mean(states, shares).items()}, step=0), a.to / "model.pt.0")
    print("the mean of", len(states), "in", a.to)


if __name__ == "__main__":
    main()
