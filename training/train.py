"""Train the FR→EN model from pack/ and write model.pt (fp16 weights) under --out, in pieces of at most 15 MiB.

On a GPU:  python3 train.py --pack pack --out $OUT --size base --minutes 22
On a CPU:  python3 train.py --pack pack --out run --size tiny --minutes 10   (to check the recipe)

It stops by the clock: the learning rate decays to zero over the last part of the time. Weights are averaged
(EMA) for the exported model. A checkpoint is kept under --state and a restart with the same --state goes on.
"""
import argparse
import json
import lzma
import math
import multiprocessing as mp
import pathlib
import queue
import random
import sys
import tempfile
import time

import numpy as np
import sentencepiece
import torch
import torch.nn.functional as F

import augment
import package
from network import BOS, EOS, PAD, SIZES, Translator

MAX_TOKENS = 120      # a longer sentence is left out of training
SYNC = 20             # steps between two averages of the trainings of several processes
STEP = 8 if torch.cuda.is_available() else 2  # a batch is padded to a multiple of so many tokens
CHUNK = 20_000        # pairs drawn at a time by a worker
BACK = "back-"        # sources of back-translated text (backtranslate.py) begin so
SPLITTING = 0.5       # how strongly a split by chance leans to the likeliest (0: not at all)


def read_pack(pack):
    """{source name: [(fr, en, mentions as JSON or ""), …]}, {source name: weight}, term rows."""
    for name in ("weights.tsv", "terms.tsv", "spm.model"):
        if not (pack / name).exists():
            sys.exit(f"{pack / name} is missing: make the pack with prepare.py")
    pairs, weights = {}, {}
    plain = pack / "train.tsv"
    with plain.open(encoding="utf-8") if plain.exists() else lzma.open(pack / "train.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            name, fr, en, *found = line.rstrip("\n").split("\t")
            pairs.setdefault(name, []).append((fr, en, found[0] if found else ""))
    for line in (pack / "weights.tsv").read_text("utf-8").splitlines():
        name, weight = line.split("\t")
        weights[name] = float(weight)
    terms = [tuple(l.split("\t")) for l in (pack / "terms.tsv").read_text("utf-8").splitlines()]
    return pairs, weights, terms


def pad(rows):
    width = -(-max(map(len, rows)) // STEP) * STEP
    out = np.zeros((len(rows), width), np.int32)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out


def example(name, pair, terms, sp, rng, reverse=False, subwords=0.0):
    """Token numbers of both sides of one draw of a pair of the source `name`.

    Back-translated pairs begin with a closing mark, which no real sentence does, so that the model knows them apart (Caswell et
    al. 2019, "Tagged back-translation"). `subwords`: share of draws whose source is split into pieces by chance (Kudo 2018).
    `reverse`: English is the source.
    """
    fr, en, found = pair
    if reverse:
        source, target = augment.retouch(en, fr, rng)
    else:
        source, target = augment.vary(fr, en, terms, rng, json.loads(found) if found else None)
    if rng.random() < subwords:
        pieces = sp.encode(source, enable_sampling=True, alpha=SPLITTING, nbest_size=-1)
    else:
        pieces = sp.encode(source)
    tag = [sp.piece_to_id(augment.CLOSE)] if name.startswith(BACK) else []
    return tag + pieces, sp.encode(target)


def make_batches(pairs, weights, terms, sp, rng, tokens_per_batch, reverse=False, subwords=0.0):
    names = [n for n in pairs if weights.get(n, 0) > 0]
    mass = [weights[n] * len(pairs[n]) for n in names]
    items = []
    for name in rng.choices(names, mass, k=CHUNK):
        source, target = example(name, rng.choice(pairs[name]), terms, sp, rng, reverse, subwords)
        if 0 < len(source) < MAX_TOKENS and 0 < len(target) < MAX_TOKENS:
            items.append((source + [EOS], [BOS] + target + [EOS]))
    items.sort(key=lambda x: (len(x[1]) // 4, len(x[0])))  # targets of about one length, then sources
    batches, current, widths = [], [], (0, 0)
    for item in items:
        both = max(widths[0], len(item[0])), max(widths[1], len(item[1]))
        if current and sum(both) / 2 * (len(current) + 1) > tokens_per_batch:
            batches.append(current)
            current, both = [], (len(item[0]), len(item[1]))
        current.append(item)
        widths = both
    batches += [current] if current else []
    rng.shuffle(batches)
    for b in batches:
        yield pad([x[0] for x in b]), pad([x[1] for x in b])


def worker(pack, seed, tokens_per_batch, out, *how):
    pairs, weights, terms = SHARED
    rng = random.Random(seed)
    sp = sentencepiece.SentencePieceProcessor(model_file=str(pack / "spm.model"))
    while True:
        for batch in make_batches(pairs, weights, terms, sp, rng, tokens_per_batch, *how):
            out.put(batch)


def widen(found, package_folder, pack):
    """Rows for the symbols that the pack's vocabulary has more than the package's, each begun as one of the package's slots."""
    old, new = (sentencepiece.SentencePieceProcessor(model_file=str(p)) for p in (package_folder / "sentencepiece.model", pack / "spm.model"))
    pieces = [[sp.id_to_piece(i) for i in range(sp.vocab_size())] for sp in (old, new)]
    if pieces[1][: len(pieces[0])] != pieces[0]:
        sys.exit(f"{package_folder} has another vocabulary than {pack}: make the pack with prepare.py --spm {package_folder}/sentencepiece.model")
    like = [i for i, piece in enumerate(pieces[0]) if piece.startswith("⟦")]
    more = [like[i % len(like)] for i in range(len(pieces[1]) - len(pieces[0]))]
    for name in ("embedding.weight", "output_bias"):
        found[name] = torch.cat([found[name], found[name][more]])


def deepen(found, model):
    """Encoder layers that the model has more than the package's, spread evenly among them and begun as the identity (Chen et al. 2016)."""
    layers = len({name.split(".")[1] for name in found if name.startswith("encoder.")})
    wanted, fresh = model.config["E"], model.state_dict()
    if wanted % layers:
        sys.exit(f"the package has {layers} encoder layers, the wanted size {wanted}: growing needs a multiple")
    each, out = wanted // layers, {k: v for k, v in found.items() if not k.startswith("encoder.")}
    for name, value in fresh.items():
        if name.startswith("encoder."):
            i, rest = name.split(".", 2)[1:]
            if int(i) % each == 0:
                out[name] = found[f"encoder.{int(i) // each}.{rest}"]
            else:
                # what a layer adds is the output of these two
                out[name] = torch.zeros_like(value) if rest.startswith(("self_attention.out.", "ff.outer.")) else value.clone()
    return out


class ChunkedCrossEntropy(torch.autograd.Function):
    """Mean cross entropy with label smoothing of states (N, d) over candidates (C, d), some rows at a time.

    The logits of a chunk stay in the processor's cache and are never written out whole; the gradients are made on the way.
    """

    @staticmethod
    def forward(ctx, states, weight, bias, answers, smoothing=0.1, rows=512):
        kind = torch.bfloat16 if states.dtype == torch.bfloat16 else torch.float32
        count, size = len(states), len(weight)
        w, loss = weight.to(kind), 0.0
        to_states, to_weight, to_bias = torch.empty_like(states), torch.zeros_like(weight), torch.zeros_like(bias)
        for i in range(0, count, rows):
            s, y = states[i:i + rows], answers[i:i + rows, None]
            logits = (s @ w.T).float().add_(bias)
            total = logits.logsumexp(-1, keepdim=True)
            loss += (total[:, 0] - (1 - smoothing) * logits.gather(1, y)[:, 0] - smoothing * logits.mean(-1)).sum().item()
            change = logits.sub_(total).exp_().sub_(smoothing / size)
            change.scatter_add_(1, y, torch.full_like(y, smoothing - 1, dtype=change.dtype)).div_(count)
            small = change.to(kind)
            to_states[i:i + rows] = small @ w
            to_weight += small.T @ s
            to_bias += change.sum(0)
        ctx.save_for_backward(to_states, to_weight, to_bias)
        return torch.tensor(loss / count)

    @staticmethod
    def backward(ctx, upstream):
        to_states, to_weight, to_bias = ctx.saved_tensors
        return to_states * upstream, to_weight * upstream, to_bias * upstream, None, None, None


def candidates_of(model, wanted, sampled):
    """Rows, bias and answers (N,) of the output layer for the right tokens `wanted` (N,) of a batch.

    With `sampled`, the candidates are the tokens of the batch and `sampled` random others, whose logits are raised by
    log(1/share) so that the sum over candidates estimates the sum over the vocabulary (Jean et al. 2015).
    """
    if not sampled:
        return model.embedding.weight, model.output_bias, wanted
    vocabulary = model.embedding.num_embeddings
    own, answers = wanted.unique(return_inverse=True)
    others = torch.ones(vocabulary, dtype=torch.bool)
    others[own] = False
    others = others.nonzero().squeeze(1)
    drawn = others[torch.randperm(len(others))[:sampled]]
    lift = torch.zeros(len(own) + len(drawn))
    lift[len(own):] = math.log(max(len(others), 1) / max(len(drawn), 1))
    candidates = torch.cat([own, drawn])
    return model.embedding.weight[candidates], model.output_bias[candidates] + lift, answers


def cpu_flags():
    """The instruction sets that Linux names in /proc/cpuinfo; none elsewhere."""
    info = pathlib.Path("/proc/cpuinfo")
    return set(info.read_text().split()) if info.exists() else set()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pack", type=pathlib.Path, required=True)
    ap.add_argument("--out", type=pathlib.Path, required=True)
    ap.add_argument("--state", type=pathlib.Path, default=pathlib.Path("state"))
    ap.add_argument("--size", choices=SIZES, default="base")
    ap.add_argument("--minutes", type=float, required=True, help="the whole training, over all restarts")
    ap.add_argument("--session-minutes", type=float, default=1e9, help="stop this process after so long; restart to go on")
    ap.add_argument("--tokens", type=int, default=None, help="padded tokens a batch, the mean of both sides")
    ap.add_argument("--workers", type=int, default=None)
    ap.add_argument("--peak", type=float, default=None)
    ap.add_argument("--dropout", type=float, default=None)
    ap.add_argument("--start-from", type=pathlib.Path, default=None, help="an exported package of the same vocabulary and width to go on from; encoder layers may grow in number")
    ap.add_argument("--decay", type=float, default=0.35, help="share of the time over which the learning rate falls to zero, at the end")
    ap.add_argument("--processes", type=int, default=1, help="on a CPU: so many trainings, one a core, whose weights are averaged every %d steps (local SGD, Stich 2019)" % SYNC)
    ap.add_argument("--sampled", type=int, default=0, help="on a CPU: score the batch's own tokens and this many random others, not the whole vocabulary")
    ap.add_argument("--subwords", type=float, default=0.0, help="share of the draws whose source is split into other pieces than the likeliest, by chance")
    ap.add_argument("--reverse", action="store_true", help="English to French, for backtranslate.py")
    a = ap.parse_args()
    if a.processes > 1 and not torch.cuda.is_available():
        with tempfile.TemporaryDirectory() as folder:
            mp.set_start_method("spawn")
            crew = [mp.Process(target=train, args=(a, rank, folder)) for rank in range(a.processes)]
            for process in crew:
                process.start()
            for process in crew:
                process.join()
        sys.exit(max(abs(process.exitcode) for process in crew))
    train(a)


def train(a, rank=0, folder=None):
    """One training, or one of `a.processes` that meet in `folder`; only that of rank 0 writes and prints."""
    together = folder is not None
    if together:
        torch.set_num_threads(1)
        torch.distributed.init_process_group("gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=a.processes)
    gpu = torch.cuda.is_available()
    device = "cuda" if gpu else "cpu"
    # bfloat16 only where the hardware has it: a CPU without it emulates, twenty times slower; with it, four times faster
    fast = gpu or torch.ops.mkldnn._is_mkldnn_bf16_supported() and "avx512_bf16" in cpu_flags()
    tokens = a.tokens or (48_000 if gpu else 4_000)
    peak = a.peak or (1.4e-3 if gpu else 1.2e-3)
    dropout = a.dropout if a.dropout is not None else (0.1 if gpu else 0.0)
    workers = a.workers or (13 if gpu else 1)
    for d in (a.out, a.state):
        d.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1 + rank)
    torch.set_float32_matmul_precision("high")

    global SHARED
    pairs, weights, term_rows = read_pack(a.pack)
    SHARED = pairs, weights, augment.Terms(term_rows)
    print("pairs", sum(map(len, pairs.values())), "device", device, flush=True)
    vocabulary = sentencepiece.SentencePieceProcessor(model_file=str(a.pack / "spm.model")).vocab_size()

    batches = mp.get_context("fork").Queue(maxsize=200)
    seed = int(time.time()) + 1000 * rank
    crew = [mp.get_context("fork").Process(target=worker, args=(a.pack, seed + i, tokens, batches, a.reverse, a.subwords), daemon=True) for i in range(workers)]
    for process in crew:
        process.start()

    model = Translator(vocabulary, **SIZES[a.size], dropout=dropout).to(device)
    if a.start_from:
        found = package.weights(a.start_from)
        widen(found, a.start_from, a.pack)
        model.load_state_dict(deepen(found, model))
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    optimizer = torch.optim.AdamW(model.parameters(), lr=peak, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.01, fused=True)
    step, spent = 0, 0.0
    checkpoint = a.state / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device)
        model.load_state_dict(saved["model"]); optimizer.load_state_dict(saved["optimizer"])
        average, step, spent = saved["average"], saved["step"], saved["spent"]
        print(f"goes on from step {step}, {spent / 60:.1f} minutes", flush=True)

    def save():
        torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), average=average, step=step, spent=spent), checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)

    budget, warmup, decay = a.minutes * 60, (800 if gpu else 400), a.decay
    started = last = saved_at = time.time()
    base_spent, first, loss_sum, seen, report = spent, step, torch.zeros((), device=device), 0, 200 if gpu else 20
    while True:
        meets = together and (step - first) % SYNC == 0
        if meets:
            with torch.no_grad():
                flat = torch.nn.utils.parameters_to_vector(model.parameters())
                if step == first:
                    torch.distributed.broadcast(flat, 0)
                else:
                    torch.distributed.all_reduce(flat)
                    flat /= a.processes
                torch.nn.utils.vector_to_parameters(flat, model.parameters())
        spent = base_spent + time.time() - started
        if not together or meets:
            over = torch.tensor(float(spent >= budget or time.time() - started >= a.session_minutes * 60))
            if together:
                torch.distributed.broadcast(over, 0)
            if over:
                break
            if time.time() - saved_at > 240 and rank == 0:
                save(); saved_at = time.time()
        source, target = (torch.from_numpy(x).to(device, torch.long, non_blocking=True) for x in batches.get())
        left = 1 - spent / budget
        rate = peak * min((step + 1) / warmup, 1.0) * (min(left / decay, 1.0) ** 1.0)
        for group in optimizer.param_groups:
            group["lr"] = max(rate, 1e-6)
        with torch.autocast(device, dtype=torch.bfloat16, enabled=fast):
            states = model(source, target[:, :-1])
            wanted = target[:, 1:]
            keep = wanted != PAD
            if gpu:
                loss = F.cross_entropy(model.logits(states[keep]).float(), wanted[keep], label_smoothing=0.1)
        if not gpu:
            weight, bias, answers = candidates_of(model, wanted[keep], a.sampled)
            loss = ChunkedCrossEntropy.apply(states[keep].to(torch.bfloat16) if fast else states[keep], weight, bias, answers)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % 5 == 0:
            d = min(0.999, (1 + step) / (50 + step)) ** 5
            with torch.no_grad():
                for k, v in model.state_dict().items():
                    average[k].lerp_(v, 1 - d)
        loss_sum += loss.detach()
        seen += keep.sum() if gpu else int(keep.sum())
        if step % report == 0 and rank == 0:
            now = time.time()
            print(f"step {step}  loss {float(loss_sum) / min(report, step - first):.3f}  lr {rate:.1e}  {a.processes * float(seen) / (now - last):,.0f} target tokens/s  queue {batches.qsize()}  {spent / 60:.1f} of {a.minutes:g} min", flush=True)
            loss_sum, seen, last = torch.zeros((), device=device), 0, now
    for process in crew:
        process.terminate()
    if rank:
        return
    save()

    weights16 = {k: v.half().cpu() for k, v in average.items()}
    torch.save(dict(config=model.config, state=weights16, step=step), a.state / "model.pt")
    blob = (a.state / "model.pt").read_bytes()
    piece = 15 * 1024 * 1024
    for i in range(math.ceil(len(blob) / piece)):
        (a.out / f"model.pt.{i}").write_bytes(blob[i * piece:(i + 1) * piece])
    (a.out / "run.json").write_text(json.dumps(dict(size=a.size, step=step, minutes=spent / 60, pieces=math.ceil(len(blob) / piece), tokens_per_batch=tokens, peak=peak, dropout=dropout)))
    print("written", len(blob), "bytes; finished" if spent >= budget else "bytes; not finished: start again with the same --state", flush=True)


if __name__ == "__main__":
    main()
