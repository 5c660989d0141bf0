"""The readers of the packages from which the place data is compiled."""

from __future__ import annotations

import hashlib
import io
import pickle
import re
import tarfile
import zipfile
from pathlib import Path

import pytest

from gazetteer.packed import CHECKSUMS
from gazetteer.records import DATA_FOLDER
from gazetteer.sources import marine, packages
from gazetteer.sources.geonames import distinct_names
from gazetteer.sources.manifest import COMPILED
from gazetteer.sources.packages import InputMismatchError, Package, member, verified


class Intruder:
    """What a hostile pickle would hold: an object whose loading runs a function."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("run",))


@pytest.mark.parametrize("hostile", [Intruder(), Path("x"), {"a": [(1, Intruder())]}])
def test_a_pickle_that_names_a_class_or_function_is_refused(
    hostile: object, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(pickle.UnpicklingError, match="not plain data"):
        marine.read_plain_pickle(pickle.dumps(hostile))
    assert capsys.readouterr().out == ""


def test_plain_data_is_read_from_a_pickle():
    plain = {"version": 3, "marine": [("Red Sea", (1.0, 2.0), [((0, 0), (1, 1))], None, True)]}
    assert marine.read_plain_pickle(pickle.dumps(plain)) == plain


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Persian Gulf", "GULF"),
        ("Red Sea", "SEA"),
        ("Strait of Gibraltar", "STRT"),
        ("Bay of Bengal", "BAY"),
        ("North Atlantic Ocean", "OCN"),
        ("Bosphorus", "STRT"),
        ("Sognefjorden", "FJD"),
        ("Puget Sound", "SD"),
    ],
)
def test_the_name_of_a_sea_says_what_it_is(name: str, code: str):
    assert marine.feature_code(name) == code


def test_one_spelling_is_kept_of_names_with_one_key():
    names = distinct_names("Tehran", ["Tehran", "TEHRAN", "Teheran", "Teherán", "teheran", "", "-"])
    assert names == ("Teherán",)


def test_a_package_with_another_checksum_is_refused(tmp_path: Path):
    package = a_package(sha256="0" * 64)
    with pytest.raises(InputMismatchError, match="no such file"):
        verified(package, tmp_path)
    (tmp_path / package.file).write_bytes(b"tampered with")
    with pytest.raises(InputMismatchError, match="its SHA-256 is"):
        member(package, tmp_path, "data.txt")


@pytest.mark.parametrize("suffix", [".whl", ".tgz"])
def test_a_file_is_read_out_of_a_package_of_either_kind(tmp_path: Path, suffix: str):
    path = tmp_path / f"example{suffix}"
    if suffix == ".whl":
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr("package/data.txt", b"data")
    else:
        with tarfile.open(path, "w:gz") as tarball:
            header = tarfile.TarInfo("package/data.txt")
            header.size = 4
            tarball.addfile(header, io.BytesIO(b"data"))
    package = a_package(file=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    assert member(package, tmp_path, "package/data.txt") == b"data"


def test_every_package_is_pinned_by_version_and_checksum():
    for package in packages.PACKAGES:
        assert re.fullmatch(r"[0-9a-f]{64}", package.sha256)
        assert package.version in package.fetch
        assert package.version in package.file
        assert package.licence


def test_shipped_files_have_the_checksums_that_are_written_down():
    rows = dict(row.split("  ")[::-1] for row in CHECKSUMS.read_text("utf-8").splitlines())
    assert set(rows) == set(COMPILED)
    for name, digest in rows.items():
        assert hashlib.sha256((DATA_FOLDER / name).read_bytes()).hexdigest() == digest


def test_sources_names_every_package_and_every_shipped_file():
    text = (DATA_FOLDER / "SOURCES.md").read_text("utf-8")
    for package in packages.PACKAGES:
        assert package.sha256 in text
        assert package.fetch in text
    for name in COMPILED:
        assert f"`{name}`" in text
        assert hashlib.sha256((DATA_FOLDER / name).read_bytes()).hexdigest() in text


def test_shipped_data_is_small():
    assert sum(path.stat().st_size for path in DATA_FOLDER.rglob("*") if path.is_file()) < 15e6


def a_package(*, file: str = "example.whl", sha256: str) -> Package:
    return Package(
        name="example",
        version="1",
        file=file,
        sha256=sha256,
        fetch="pip download example==1",
        content="",
        licence="",
    )
