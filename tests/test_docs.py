"""What the documents say is there, is there; and what is there, they say."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

import gazetteer
from dashboard.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def commands(group, prefix=()):
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*prefix, name))
        else:
            yield (*prefix, name)


@pytest.mark.parametrize("command", [" ".join(path) for path in commands(main)])
def test_every_command_is_documented(command):
    text = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    assert f"## dateline {command}\n" in text


def test_no_command_is_documented_that_is_not_there():
    text = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    known = {" ".join(path) for path in commands(main)}
    assert set(re.findall(r"^## dateline (.+)$", text, re.MULTILINE)) == known


@pytest.mark.parametrize("name", gazetteer.__all__)
def test_every_public_name_is_documented(name):
    assert f"`{name}" in (ROOT / "docs" / "library.md").read_text("utf-8")


def test_the_commands_of_the_readme_take_the_options_that_it_gives():
    lines = re.findall(r"^\$ dateline (.+?)(?:\s+#.*)?$", README, re.MULTILINE)
    assert lines
    for line in lines:
        words = shlex.split(line)
        command = main
        while isinstance(command, click.Group):
            command = command.commands[words.pop(0)]
        options = {word for word in words if word.startswith("--")}
        known = {name for parameter in command.params for name in parameter.opts}
        assert options <= known, line


def test_the_library_example_of_the_readme_runs(place_store):
    code = re.search(r"```python\n(.+?)```", README, re.DOTALL)[1]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "Ormara" in done.stdout


@pytest.mark.parametrize("page", [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"])
def test_files_that_the_documents_name_exist(page):
    text = page.read_text("utf-8")
    named = re.findall(r"`((?:gazetteer|dashboard|docs|tests)/[\w./-]+)`", text)
    missing = [name for name in named if not (ROOT / name).exists()]
    assert not missing


def test_the_readme_is_short_enough_to_be_read():
    assert len(README.splitlines()) <= 120
