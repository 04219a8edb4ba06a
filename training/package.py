"""Read an exported package back into the network's weights, so that training can go on from it.

The int8 weights are dequantised (row scale times integer); what the quantisation lost, a few hundred steps regain.
"""
import pathlib
import struct

import numpy as np
import torch

DTYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def read_variables(path: pathlib.Path) -> dict[str, np.ndarray]:
    """The variables of a CTranslate2 `model.bin` (binary version 6), int8 weights as float32."""
    blob, at = path.read_bytes(), 0

    def number(form):
        nonlocal at
        value = struct.unpack_from("<" + form, blob, at)[0]
        at += struct.calcsize("<" + form)
        return value

    def string():
        nonlocal at
        length = number("H")
        at += length
        return blob[at - length:at].rstrip(b"\0").decode()

    version = number("I")
    if version != 6:
        raise SystemExit(f"{path}: binary version {version}; this reads version 6")
    string(), number("I")
    out = {}
    for _ in range(number("I")):
        name, rank = string(), number("B")
        shape = [number("I") for _ in range(rank)]
        dtype, size = DTYPES[number("B")], number("I")
        out[name] = np.frombuffer(blob, dtype, size // np.dtype(dtype).itemsize, at).reshape(shape)
        at += size
    for name in [n for n in out if n.endswith("weight") and f"{n}_scale" in out]:
        out[name] = out[name].astype(np.float32) / out[f"{name}_scale"][:, None]
    return out


def weights(package: pathlib.Path) -> dict[str, torch.Tensor]:
    """The state dict of `network.Translator` that `export.py` made this package from."""
    found = read_variables(package / "model" / "model.bin")
    state = {"embedding.weight": found["decoder/embeddings/weight"], "output_bias": found["decoder/projection/bias"]}

    def linear(to, *sources):
        for part, kind in (("weight", "weight"), ("bias", "bias")):
            state[f"{to}.{part}"] = np.concatenate([found[f"{s}/{kind}"] for s in sources])

    def norm(to, source):
        state[f"{to}.weight"], state[f"{to}.bias"] = found[f"{source}/gamma"], found[f"{source}/beta"]

    for side in ("encoder", "decoder"):
        norm(f"{side}_norm", f"{side}/layer_norm")
        i = 0
        while f"{side}/layer_{i}/ffn/linear_0/weight" in found:
            at, to = f"{side}/layer_{i}", f"{side}.{i}"
            norm(f"{to}.norm_self", f"{at}/self_attention/layer_norm")
            linear(f"{to}.self_attention.qkv", f"{at}/self_attention/linear_0")
            linear(f"{to}.self_attention.out", f"{at}/self_attention/linear_1")
            norm(f"{to}.norm_ff", f"{at}/ffn/layer_norm")
            linear(f"{to}.ff.inner", f"{at}/ffn/linear_0")
            linear(f"{to}.ff.outer", f"{at}/ffn/linear_1")
            if side == "decoder":
                norm(f"{to}.norm_cross", f"{at}/attention/layer_norm")
                linear(f"{to}.cross_attention.q", f"{at}/attention/linear_0")
                linear(f"{to}.cross_attention.kv", f"{at}/attention/linear_1")
                linear(f"{to}.cross_attention.out", f"{at}/attention/linear_2")
            i += 1
    return {k: torch.from_numpy(np.array(v, dtype=np.float32)) for k, v in state.items()}
