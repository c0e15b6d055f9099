"""The source roots, and the one trap: a folder called packaging beside a library called packaging."""

import ast
import importlib.util
import re
from pathlib import Path

import packaging.version
import pytest

import packing

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("config", "demo", "store", "production", "packaging", "foundation", "standins")
BANNED = {"services.py", "utils.py", "helpers.py", "managers.py", "common.py", "base.py"}


def sources():
    return [p for root in SOURCES for p in (ROOT / root).rglob("*.py") if "migrations" not in p.parts]


def test_the_library_called_packaging_comes_from_site_packages():
    assert "site-packages" in packaging.version.__file__
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert not (ROOT / "tests" / "packaging").exists()
    assert Path(packing.__file__).parent == ROOT / "packaging" / "packing"


def test_no_file_is_named_for_not_having_decided_where_things_live():
    assert [str(p) for p in sources() if p.name in BANNED] == []


def test_every_top_level_entry_is_known():
    known = {
        ".ci", ".github", ".gitignore", "LICENSE", "Makefile", "README.md", "manage.py", "pyproject.toml", "requirements.txt",
            "requirements-render.txt",
        "Dockerfile", "compose.yaml", ".dockerignore", *SOURCES, "docs", "tests",
    }  # fmt: skip
    ignored = {".git", ".venv", ".dev", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache",
               "__pycache__", "ajour.egg-info", "screens"}  # fmt: skip
    assert {p.name for p in ROOT.iterdir()} - known - ignored == set()


def _functions(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def test_imports_stand_at_the_top_but_for_heavy_optional_libraries():
    heavy = {"mitsuba", "pyoidn"}
    found = []
    for path in sources():
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                found += [f"{path}:{node.lineno} {n}" for n in names if n.split(".")[0] not in heavy]
    assert found == []


def test_no_import_is_hidden_from_the_running_program():
    """An import under TYPE_CHECKING dodges a circle that the contracts would show."""
    assert [str(p) for p in sources() if "TYPE_CHECKING" in p.read_text()] == []


WITHOUT_A_REASON = re.compile(
    r"#\s*(?:noqa(?!: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)*\s+\S)|type:\s*ignore(?!\[[a-z-]+(?:, ?[a-z-]+)*\]\s+#\s+\S))"
)


@pytest.mark.parametrize("line", ["x = 1  # noqa", "x = 1  # noqa: E501", "x = 1  # type: ignore", "x = 1  #type:ignore[misc]",
                                  "x = 1  # type: ignore[misc, arg-type]  #", "x = 1  # noqa: E501  long  # type: ignore[misc]"])  # fmt: skip
def test_an_opt_out_without_a_reason_is_seen(line):
    assert WITHOUT_A_REASON.search(line)


def test_every_opt_out_of_the_linter_and_the_type_checker_says_why():
    """A rule that is left out on a line has its reason behind its number."""
    assert not WITHOUT_A_REASON.search("x = 1  # noqa: E501, S603  a reason")
    assert not WITHOUT_A_REASON.search("x = 1  # type: ignore[misc, arg-type]  # a reason")
    found = [
        f"{p}:{n}"
        for p in sources()
        for n, line in enumerate(p.read_text().splitlines(), 1)
        if WITHOUT_A_REASON.search(line)
    ]
    assert found == []


def test_functions_and_files_stay_small(capsys):
    functions = sorted((f for p in sources() for f in _functions(p)), reverse=True)
    files = sorted(((len(p.read_text().splitlines()), str(p.relative_to(ROOT))) for p in sources()), reverse=True)
    lengths = [n for n, _ in functions]
    with capsys.disabled():
        print("\nlongest functions:", *(f"{n} {name}" for n, name in functions[:5]), sep="\n  ")
        print("longest files:", *(f"{n} {name}" for n, name in files[:5]), sep="\n  ")
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) // 10] <= 35
    assert files[len(files) // 10][0] <= 250


@pytest.mark.parametrize("name", ["docs/vocabulary.md", "docs/operations.md", "docs/flows.md", "docs/performance.md"])
def test_the_pages_that_readme_points_at_exist(name):
    assert (ROOT / name).is_file()


def test_every_source_root_can_be_imported():
    assert all(
        importlib.util.find_spec(name) for name in ("config", "demo", "store", "production", "packing", "foundation")
    )
