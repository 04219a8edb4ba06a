"""The training kit's own promises: no evaluation sentence is trained on, and variations keep what they must."""

import lzma
import random
import subprocess
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parent.parent / "training"


@pytest.fixture(autouse=True)
def training_on_path(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(TRAINING), *sys.path])


def test_a_development_sentence_is_held_out_whatever_its_case_and_punctuation(tmp_path):
    import prepare

    (tmp_path / "dev.tsv").write_text("Le lot a été libéré le 3 mars 2024.\tThe batch was released on 3 March 2024.\n", "utf-8")
    held = prepare.held_out(tmp_path)
    assert prepare.leaks("LE LOT A ÉTÉ LIBÉRÉ, LE 3 MARS 2024", "anything", held)
    assert prepare.leaks("autre chose", "The batch was released on 3 March 2024", held)
    assert not prepare.leaks("Le lot a été rejeté le 3 mars 2024.", "The batch was rejected on 3 March 2024.", held)


@pytest.mark.parametrize(
    ("fr", "en", "kept"),
    [
        ("Le site compte 230 salariés.", "The site has 230 employees.", True),
        ("Le site compte 230 salariés.", "The site has 412 employees and 17 lines.", False),
        ("Article premier du règlement intérieur", "Article premier du règlement intérieur", False),
        ("", "nothing on the left", False),
    ],
)
def test_a_pair_is_usable_when_both_sides_agree(fr, en, kept):
    import prepare

    assert prepare.usable(fr, en) is kept


FRENCH = "Le 3 mars 2024, Maria Vasquel a libéré 12 lots cliniques pour 5 millions d'euros."
ENGLISH = "On 3 March 2024, Maria Vasquel released 12 clinical batches for €5 million."


def test_every_marked_stretch_of_a_variation_stands_in_the_english():
    import augment

    terms = augment.Terms([("lot clinique", "clinical batch")])
    rng, marked = random.Random(0), 0
    for _ in range(300):
        source, target = augment.vary(FRENCH, ENGLISH, terms, rng)
        for piece in source.split(augment.OPEN)[1:]:
            marked += 1
            assert piece.partition(augment.CLOSE)[0] in target
    assert marked > 100


def test_slots_stand_on_both_sides_for_what_the_pipeline_holds():
    import augment
    import mentions

    parts = mentions.finder()(FRENCH, ENGLISH)
    held = {p[3]: ENGLISH[p[1] : p[2]] for p in parts if not isinstance(p, str)}
    assert held["3 mars 2024"] == "3 March 2024" and held["5 millions d'euros"] == "€5 million"
    source, target = augment.fill(parts, ENGLISH, random.Random(0), keep=1)
    assert source == "Le ⟦d0⟧, ⟦w0⟧ a ⟦t0⟧ ⟦n0⟧ ⟦s0⟧ pour ⟦m0⟧."
    assert target == "On ⟦d0⟧, ⟦w0⟧ ⟦t0⟧ ⟦n0⟧ ⟦s0⟧ for ⟦m0⟧."
    for seed in range(100):
        source, target = augment.vary(FRENCH, ENGLISH, augment.Terms([]), random.Random(seed), parts)
        assert sorted(s for s in augment.SLOTS if s in source) == sorted(s for s in augment.SLOTS if s in target)


def test_the_sorts_of_slots_are_those_of_the_pipeline():
    import augment

    from pipeline.translate.sorts import SORTS

    assert list(augment.SORTS) == list(SORTS)


def test_a_pair_without_mentions_has_an_empty_column():
    import mentions

    assert mentions.dump(mentions.finder()("Le site ferme.", "The site is closing.")) == ""


def test_shared_names_are_whole():
    import augment

    fr = "Selon Fanta Diallo-Perrin, le site de Louviers suivra."
    en = "According to Fanta Diallo-Perrin, the Louviers site will follow."
    assert [name for _, _, name in augment.shared_names(fr, en)] == ["Fanta Diallo-Perrin", "Louviers"]


def test_a_malformed_source_list_is_named_with_its_line(tmp_path):
    import prepare

    (tmp_path / "sources.tsv").write_text("name\tweight\nnews\tmuch\n", "utf-8")
    with pytest.raises(SystemExit, match=r"sources\.tsv:2: .*news"):
        prepare.sources(tmp_path)


def test_the_project_s_own_pairs_are_a_source_and_clean(tmp_path):
    import prepare

    (tmp_path / "sources.tsv").write_text("name\tweight\nnews\t2\n", "utf-8")
    own = {name: path for name, _, path in prepare.sources(tmp_path)}
    rows = [line.rstrip("\n").split("\t") for path in own.values() if path.exists() for line in path.open(encoding="utf-8")]
    assert len(rows) > 5000
    assert all(len(row) == 2 and all(row) for row in rows)
    # a label may be much shorter in English, and 14 h 30 has other figures than 2:30
    assert sum(not prepare.usable(*map(prepare.clean, row)) for row in rows) < 0.02 * len(rows)


def test_a_deeper_network_grown_from_a_package_says_the_same():
    torch = pytest.importorskip("torch", reason="training runs in an environment of its own")
    import network
    import train

    shape = {"d": 16, "h": 2, "ff": 32, "D": 1, "dropout": 0.0}
    small, deep = network.Translator(50, E=2, **shape), network.Translator(50, E=4, **shape)
    deep.load_state_dict(train.deepen(small.state_dict(), deep))
    source, target = torch.randint(4, 50, (3, 9)), torch.randint(4, 50, (3, 7))
    assert torch.equal(small(source, target), deep(source, target))


def test_the_mean_of_a_training_and_the_package_it_began_from(tmp_path, monkeypatch):
    torch = pytest.importorskip("torch", reason="training runs in an environment of its own")
    import average
    import network

    shape = {"d": 16, "h": 2, "ff": 32, "D": 1, "dropout": 0.0}
    small, deep = network.Translator(50, E=2, **shape), network.Translator(50, E=4, **shape)
    (tmp_path / "out").mkdir()
    torch.save({"config": deep.config, "state": deep.state_dict(), "step": 5}, tmp_path / "out" / "model.pt.0")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "metadata.json").write_text("{}", "utf-8")
    monkeypatch.setattr(average.package, "weights", lambda folder: small.state_dict())
    monkeypatch.setattr(
        sys, "argv", ["average.py", "--to", str(tmp_path / "mean"), f"3:{tmp_path / 'out'}", f"1:{tmp_path / 'package'}"]
    )
    average.main()
    state = torch.load(tmp_path / "mean" / "model.pt.0")["state"]
    name = "encoder.2.ff.inner.weight"  # the second layer of the small one
    wanted = 0.75 * deep.state_dict()[name] + 0.25 * small.state_dict()["encoder.1.ff.inner.weight"]
    assert torch.allclose(state[name].float(), wanted, atol=1e-3)
    assert state["encoder.1.ff.outer.weight"].abs().max() < deep.state_dict()["encoder.1.ff.outer.weight"].abs().max()
    monkeypatch.setattr(sys, "argv", ["average.py", "--to", str(tmp_path / "mean"), f"1:{tmp_path}"])
    with pytest.raises(SystemExit, match="neither model"):
        average.main()


def test_the_shortlist_has_what_english_is_written_with_and_what_spells_any_name():
    import augment
    import shortlist

    pieces = ["<unk>", "<s>", "</s>", "<0x41>", augment.OPEN, augment.SLOTS[0], "▁the", "▁lot", "▁batch", "▁médicament", "é", "▁W"]

    class Spm:
        vocab_size = staticmethod(lambda: len(pieces))
        id_to_piece = staticmethod(pieces.__getitem__)
        is_unknown = staticmethod(lambda i: i == 0)
        is_control = staticmethod(lambda i: i in (1, 2))
        is_byte = staticmethod(lambda i: i == 3)

        @staticmethod
        def encode(text, out_type):
            return ["▁" + word for word in text.split()]

    pairs = {"own": [("le lot", "the batch", "")], "rare": [("un lot", "the lot", "")]}
    kept = shortlist.pieces_written(pairs, {"own": 5.0, "rare": 1.0}, Spm)
    assert [p for p in pieces if p not in kept] == ["▁lot", "▁médicament"]


def test_the_loss_in_chunks_is_the_plain_loss():
    torch = pytest.importorskip("torch", reason="training runs in an environment of its own")
    import train

    torch.manual_seed(1)
    states, weight, bias = (torch.randn(*shape, requires_grad=True) for shape in ((70, 16), (90, 16), (90,)))
    answers = torch.randint(0, 90, (70,))
    plain = torch.nn.functional.cross_entropy(states @ weight.T + bias, answers, label_smoothing=0.1)
    wanted = torch.autograd.grad(plain, (states, weight, bias))
    chunked = train.ChunkedCrossEntropy.apply(states, weight, bias, answers, 0.1, 32)
    got = torch.autograd.grad(chunked, (states, weight, bias))
    assert torch.isclose(plain, chunked)
    assert all(torch.allclose(a, b, atol=1e-6) for a, b in zip(wanted, got, strict=True))


@pytest.mark.parametrize("causal", [False, True])
def test_attention_in_plain_products_is_the_fused_one(causal):
    torch = pytest.importorskip("torch", reason="training runs in an environment of its own")
    from network import attention

    torch.manual_seed(1)
    q, k, v = (torch.randn(3, 2, 7, 8) for _ in range(3))
    mask = None if causal else torch.tensor([7, 5, 1])[:, None, None, None] > torch.arange(7)
    fused = torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
    assert torch.allclose(attention(q, k, v, mask, causal), fused, atol=1e-6)


def test_two_processes_train_one_model(tmp_path):
    torch = pytest.importorskip("torch", reason="training runs in an environment of its own")
    pack, model = tmp_path / "pack", next((TRAINING.parent / "pipeline" / "models").glob("translate-fr_en-*"))
    pack.mkdir()
    (pack / "spm.model").write_bytes((model / "sentencepiece.model").read_bytes())
    (pack / "terms.tsv").write_text("", "utf-8")
    (pack / "weights.tsv").write_text("own\t1\n", "utf-8")
    (pack / "train.tsv").write_text("".join(f"own\tLe lot {i} est libéré.\tBatch {i} is released.\t\n" for i in range(50)), "utf-8")
    where = ["--pack", str(pack), "--out", str(tmp_path / "out"), "--state", str(tmp_path / "state")]
    how = ["--size", "tiny", "--minutes", "0.1", "--tokens", "400", "--sampled", "500", "--processes", "2"]
    subprocess.run([sys.executable, str(TRAINING / "train.py"), *where, *how], check=True, timeout=300)
    weights = torch.load(tmp_path / "state" / "model.pt")
    assert weights["step"] > 0 and weights["step"] % 20 == 0
    assert (tmp_path / "out" / "model.pt.0").exists() and (tmp_path / "out" / "run.json").exists()


def test_back_translated_pairs_are_marked_and_reversed_ones_are_english_first():
    pytest.importorskip("torch", reason="training runs in an environment of its own")
    import augment
    import sentencepiece
    import train

    model = next((TRAINING.parent / "pipeline" / "models").glob("translate-fr_en-*"))
    sp = sentencepiece.SentencePieceProcessor(model_file=str(model / "sentencepiece.model"))
    pair, terms = ("Le chat dort dehors.", "The cat sleeps outside.", ""), augment.Terms([])
    made, real, turned, split = (
        [train.example(name, pair, terms, sp, random.Random(seed), *how) for seed in range(200)]
        for name, how in (("back-news", ()), ("news", ()), ("news", (True,)), ("news", (False, 1.0)))
    )
    mark = sp.piece_to_id(augment.CLOSE)
    assert all(source[0] == mark for source, _ in made) and not any(source[0] == mark for source, _ in real)
    assert {sp.decode(source) for source, _ in turned} >= {"The cat sleeps outside.", "The cat sleeps outside"}
    assert len({tuple(source) for source, _ in split}) > len({tuple(source) for source, _ in real})
    assert {sp.decode(source) for source, _ in split} == {sp.decode(source) for source, _ in real}


@pytest.mark.parametrize(
    ("english", "french", "score", "kept"),
    [
        ("The plant has 1,500 employees.", "L'usine compte 1 500 salariés.", -0.4, True),
        ("The plant has 1,500 employees.", "L'usine compte 150 salariés.", -0.4, False),
        ("The plant has many employees.", "L'usine compte de nombreux salariés.", -2.0, False),
        ("The plant has many employees there.", "L'usine de la ville de la ville de la ville.", -0.4, False),
    ],
)
def test_back_translations_that_went_wrong_are_left_out(english, french, score, kept):
    import backtranslate

    assert backtranslate.fit(english, french, score) is kept


def test_back_translation_writes_a_source_of_pairs(tmp_path):
    """The shipped package stands in for one of the other direction."""
    model = next((TRAINING.parent / "pipeline" / "models").glob("translate-fr_en-*"))
    (tmp_path / "press.txt").write_text("Le site compte 230 salariés.\n\nLa production commence en mars.\n", "utf-8")
    run = [sys.executable, TRAINING / "backtranslate.py", "--model", model, "--text", tmp_path / "press.txt", "--to", tmp_path]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    rows = [line.split("\t") for line in lzma.decompress((tmp_path / "back-press.tsv.xz").read_bytes()).decode().splitlines()]
    assert [row[1] for row in rows] == ["Le site compte 230 salariés.", "La production commence en mars."]
    assert "230" in rows[0][0] and "back-press\t1\t2\t" in done.stdout
