"""Join model.pt.*, convert to CTranslate2 (int8) and lay it out as an Argos Translate package.

    python3 export.py --weights DIR-WITH-model.pt.* --pack pack --to translate-fr_en-VERSION --version 1.0
"""
import argparse
import io
import json
import pathlib
import shutil

import numpy as np
import sentencepiece
import torch
from ctranslate2.specs import TransformerSpec

import augment
import shortlist
from train import read_pack


def array(x):
    return x.float().numpy()


def fill_linear(spec, state, *names, bias=True):
    spec.weight = np.concatenate([array(state[f"{n}.weight"]) for n in names])
    spec.bias = np.concatenate([array(state[f"{n}.bias"]) for n in names])


def fill_norm(spec, state, name):
    spec.gamma, spec.beta = array(state[f"{name}.weight"]), array(state[f"{name}.bias"])


def fill_layer(spec, state, name, cross):
    fill_norm(spec.self_attention.layer_norm, state, f"{name}.norm_self")
    fill_linear(spec.self_attention.linear[0], state, f"{name}.self_attention.qkv")
    fill_linear(spec.self_attention.linear[1], state, f"{name}.self_attention.out")
    if cross:
        fill_norm(spec.attention.layer_norm, state, f"{name}.norm_cross")
        fill_linear(spec.attention.linear[0], state, f"{name}.cross_attention.q")
        fill_linear(spec.attention.linear[1], state, f"{name}.cross_attention.kv")
        fill_linear(spec.attention.linear[2], state, f"{name}.cross_attention.out")
    fill_norm(spec.ffn.layer_norm, state, f"{name}.norm_ff")
    fill_linear(spec.ffn.linear_0, state, f"{name}.ff.inner")
    fill_linear(spec.ffn.linear_1, state, f"{name}.ff.outer")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--weights", type=pathlib.Path, required=True)
    ap.add_argument("--pack", type=pathlib.Path, required=True)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    ap.add_argument("--version", default="1.0")
    ap.add_argument("--quantization", default="int8")
    ap.add_argument("--longest", type=int, default=0, help="tokens from which on the pipeline cuts a sentence; small models like 40")
    ap.add_argument("--reverse", action="store_true", help="weights of train.py --reverse")
    a = ap.parse_args()
    if not (a.weights / "model.pt.0").exists():
        raise SystemExit(f"{a.weights}: no model.pt.0 there; train.py writes it under --out when it ends")
    blob = b"".join(p.read_bytes() for p in sorted(a.weights.glob("model.pt.*"), key=lambda p: int(p.suffix[1:])))
    saved = torch.load(io.BytesIO(blob), map_location="cpu")
    config, state = saved["config"], saved["state"]
    sp = sentencepiece.SentencePieceProcessor(model_file=str(a.pack / "spm.model"))
    if sp.vocab_size() != config["vocabulary"]:
        raise SystemExit(f"{a.pack} has a vocabulary of {sp.vocab_size()}, the weights one of {config['vocabulary']}: give the pack they were trained on")
    tokens = [sp.id_to_piece(i) for i in range(sp.vocab_size())]

    spec = TransformerSpec.from_config((config["E"], config["D"]), config["h"], pre_norm=True)
    embedding = array(state["embedding.weight"])
    for side in (spec.encoder.embeddings[0], spec.decoder.embeddings):
        side.weight, side.multiply_by_sqrt_depth = embedding, True
    for i in range(config["E"]):
        fill_layer(spec.encoder.layer[i], state, f"encoder.{i}", cross=False)
    for i in range(config["D"]):
        fill_layer(spec.decoder.layer[i], state, f"decoder.{i}", cross=True)
    fill_norm(spec.encoder.layer_norm, state, "encoder_norm")
    fill_norm(spec.decoder.layer_norm, state, "decoder_norm")
    spec.decoder.projection.weight, spec.decoder.projection.bias = embedding, array(state["output_bias"])
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = tokens[1], tokens[2], tokens[3]
    spec.config.decoder_start_token = tokens[1]
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization=a.quantization)
    if a.to.exists():
        shutil.rmtree(a.to)
    (a.to / "model").mkdir(parents=True)
    spec.save(str(a.to / "model"))
    pairs, weights, _ = read_pack(a.pack)
    shortlist.write(a.to / "model", shortlist.pieces_written(pairs, weights, sp, side=0 if a.reverse else 1))
    shutil.copy(a.pack / "spm.model", a.to / "sentencepiece.model")
    languages = dict(from_code="en", from_name="English", to_code="fr", to_name="French") if a.reverse else dict(from_code="fr", from_name="French", to_code="en", to_name="English")
    (a.to / "metadata.json").write_text(json.dumps(dict(
        package_version=a.version, argos_version="1.9", **languages,
        copy_markers=[augment.OPEN, augment.CLOSE], slots=augment.SLOTS, **({"longest": a.longest} if a.longest else {})), ensure_ascii=False, indent=2), "utf-8")
    print(sum(p.stat().st_size for p in a.to.rglob("*") if p.is_file()) / 1e6, "MB in", a.to, "after", saved["step"], "steps")


if __name__ == "__main__":
    main()
