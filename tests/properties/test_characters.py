"""Laws of the character rules: edits fit, stay in their line, keep columns, and once is enough."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edits import Revision, apply
from pipeline.model import Kind
from pipeline.repair.characters import characters
from pipeline.repair.encoding import mojibake
from pipeline.repair.hyphens import join
from pipeline.repair.inline import polish

PIECES = st.sampled_from(
    [
        "les lots",
        "thérapie",
        "capacitÃ©s",
        "Ã ",
        "Ã€",
        "â€™",
        "â€",
        "&eacute;",
        "&amp;",
        "\N{NO-BREAK SPACE}",
        "\N{SOFT HYPHEN}",
        "\N{LATIN SMALL LIGATURE FI}",
        "\N{ZERO WIDTH SPACE}",
        "e\N{COMBINING ACUTE ACCENT}",
        "A B C D",
        "P R E S S E",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\f",
        ".Le",
        ".",
        "1",
        "2023",
        "¹",
        "(",
        ")",
        "« ",
        " »",
        "’",
        '"',
        "-",
        "CAR-T",
        "m2",
    ]
)
MESS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40)
BREAKS = "\r\n\f\u2028\u2029"


def breaks(text):
    return [c for c in text if c in BREAKS]


@given(MESS)
def test_edits_fit_and_stay_in_their_line(text):
    for rule in (mojibake, characters):
        edits = rule(text)
        assert not any(set(BREAKS) & set(e.before + e.after) for e in edits)
        assert breaks(apply(text, edits)) == breaks(text)


@given(MESS)
def test_characters_once_is_enough(text):
    once = apply(text, characters(text))
    assert apply(once, characters(once)) == once


@given(MESS, st.sampled_from(list(Kind)), st.sets(st.sampled_from(["1", "2", "*"])))
@settings(max_examples=200)
def test_polish_touches_spaces_and_marks_only(text, kind, marks):
    draft = polish(Revision.start(text), kind, frozenset(marks))
    assert apply(text, draft.edits) == draft.text
    kept = [c for c in draft.text if not c.isspace()]
    removed = "".join(e.before for e in draft.edits)
    assert set("".join(e.after for e in draft.edits)) <= {" "} or any("footnote" in e.rule for e in draft.edits)
    assert len(kept) + sum(not c.isspace() for c in removed) >= sum(not c.isspace() for c in text)


@given(MESS, MESS)
def test_joints_take_away_a_hyphen_at_most(left, right):
    joint = join(left, right)
    if joint is not None:
        cut = left[len(left) - joint.cut :]
        assert cut.strip() in ("", "-", "\N{SOFT HYPHEN}")
        assert joint.glue in ("", " ")
