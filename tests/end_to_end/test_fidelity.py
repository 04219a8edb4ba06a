"""No number, date or amount lost or altered, no furniture leaked, every span right: over real documents.

Runs over two documents of `corpus/`; with NORMALIZE_OUT=OUT over what a run has left in that folder.
"""

import os
import shutil
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.end_to_end import fidelity

CORPUS = Path(__file__).parent.parent.parent / "corpus"


@pytest.fixture(scope="module")
def out(tmp_path_factory, request):
    if os.environ.get("NORMALIZE_OUT"):
        return Path(os.environ["NORMALIZE_OUT"])
    folder = tmp_path_factory.mktemp("fidelity")
    (folder / "in").mkdir()
    for name in ("fr-communique-reprise-site.txt", "en-trade-lentivirus-suite.txt"):
        shutil.copy(CORPUS / name, folder / "in")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as end:
        patch.setattr("sys.argv", ["normalize", str(folder / "in"), str(folder / "out"), "--quiet"])
        main()
    assert not end.value.code
    return folder / "out"


def test_nothing_is_lost_between_source_and_english(out):
    documents = fidelity.records(out)
    assert documents
    assert {name: fidelity.faults(record, text) for name, record, text in documents if fidelity.faults(record, text)} == {}


def test_a_lost_number_is_found(out):
    """The check itself can fail: an English text with a changed figure has a fault."""
    name, record, text = fidelity.records(out)[0]
    for block in record["blocks"]:
        for segment in block["segments"]:
            for placed in segment["placed"]:
                placed["target"] = None
            segment["flags"] = []
    assert fidelity.faults(record, text), name
