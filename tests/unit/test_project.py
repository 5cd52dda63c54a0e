"""The project as a whole: what the wheel ships, what an import costs, how the rooms stand."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

import compliance
from compliance.distribution import NAME, VERSION
from compliance.tables import embedded

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = sorted((REPOSITORY / "src").rglob("*.py"))
LONGEST = 400
ROOT_DOCUMENTS = ("README.md", "CHANGELOG.md", "Makefile", "pyproject.toml")


def run(*command: str) -> str:
    """What a command prints; a failure shows all of it."""
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """The parsed pyproject.toml."""
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The root of a wheel built from this checkout, without network."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), ".")
    (built,) = out.glob("*.whl")
    return zipfile.Path(built)


def files(folder: Path | zipfile.Path, prefix: str = "") -> dict[str, bytes]:
    """Every file below a folder, by its path from there; bytecode left out."""
    found: dict[str, bytes] = {}
    for part in folder.iterdir():
        if part.is_dir():
            if part.name != "__pycache__":
                found |= files(part, f"{prefix}{part.name}/")
        else:
            found[prefix + part.name] = part.read_bytes()
    return found


def test_the_wheel_ships_every_rule_as_it_is_reviewed(wheel: zipfile.Path) -> None:
    shipped = files(wheel / "compliance" / "rules")
    assert shipped == files(REPOSITORY / "rules")
    assert "sets/default.yaml" in shipped


def test_the_wheel_ships_every_module_and_says_it_is_typed(wheel: zipfile.Path) -> None:
    shipped = files(wheel / "compliance")
    data = ("rules/", "examples/")
    code = {name: content for name, content in shipped.items() if not name.startswith(data)}
    assert code == files(REPOSITORY / "src" / "compliance")
    assert "py.typed" in code


def test_the_wheel_ships_nothing_else_but_its_metadata(wheel: zipfile.Path) -> None:
    folder = f"{NAME.replace('-', '_')}-{VERSION}.dist-info"
    assert sorted(part.name for part in wheel.iterdir()) == ["compliance", folder]
    assert (wheel / folder / "licenses" / "LICENSE").is_file()


def test_an_unpacked_wheel_finds_its_own_rules(wheel: zipfile.Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(str(wheel).rstrip("/")) as archive:
        archive.extractall(tmp_path)
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r});"
        "from compliance.tables.embedded import rules_path; print(rules_path())"
    )
    assert run(sys.executable, "-c", program).strip() == str(tmp_path / "compliance" / "rules")


def test_the_version_is_told_in_one_place(project: dict[str, Any]) -> None:
    assert (project["project"]["name"], project["project"]["version"]) == (NAME, VERSION)


CORE = {"pydantic", "pycountry", "rapidfuzz", "yaml", "numpy", "anyascii"}
BEHIND_CORE = {"annotated_types", "pydantic_core", "typing_extensions", "typing_inspection"}
STARTUP = {"__main__", "_distutils_hack", "cython_runtime", "_yaml"}


def test_an_import_loads_the_standard_library_and_core_dependencies_only() -> None:
    program = (
        "import sys; before = set(sys.modules); import compliance, json;"
        "tops = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(json.dumps(sorted(tops - sys.stdlib_module_names)))"
    )
    loaded = {
        name
        for name in json.loads(run(sys.executable, "-c", program))
        if not name.startswith(("_cython_", "_sysconfigdata_"))
    }
    assert "compliance" in loaded
    assert loaded - {"compliance"} - CORE - BEHIND_CORE - STARTUP == set()


def test_the_core_dependencies_are_the_ones_that_are_allowed(project: dict[str, Any]) -> None:
    names = {line.partition(">")[0] for line in project["project"]["dependencies"]}
    assert {"pyyaml" if name == "yaml" else name for name in CORE} == names


def imported(tree: ast.AST) -> Iterator[str]:
    """The top names that a module imports, also by `import_module("name...")`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (name.name.partition(".")[0] for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]
            case ast.Call(func=ast.Name("import_module"), args=[ast.JoinedStr(values=[first, *_])]):
                assert isinstance(first, ast.Constant)
                yield str(first.value).partition(".")[0]
            case ast.Call(func=ast.Name("import_module"), args=[ast.Constant(value=str(name))]):
                yield name.partition(".")[0]


def test_an_extra_holds_what_the_code_imports_and_nothing_else(project: dict[str, Any]) -> None:
    extras = project["project"]["optional-dependencies"]
    together = extras.pop("all")
    assert together == [f"{NAME}[{','.join(extras)}]"]
    wanted = {re.split(r"[\[>]", line)[0] for lines in extras.values() for line in lines}
    used = {name for path in SOURCES for name in imported(ast.parse(path.read_text("utf-8")))}
    outside = used - sys.stdlib_module_names - CORE - BEHIND_CORE - {"compliance", "__future__"}
    distributions = packages_distributions()
    assert {name.lower() for module in outside for name in distributions[module]} == wanted


def test_nobody_is_told_to_install_the_stranger_of_the_same_name() -> None:
    texts = {
        path.relative_to(REPOSITORY): path.read_text("utf-8")
        for folder in ("src", "docs", "examples", "bench")
        for path in (REPOSITORY / folder).rglob("*")
        if path.suffix in {".py", ".md", ".yaml"}
    }
    texts |= {Path(name): (REPOSITORY / name).read_text("utf-8") for name in ROOT_DOCUMENTS}
    stranger = re.compile(r"(?<![\w-])compliance\[|install (-\S+ )*['\"]?compliance(?![\w.-])")
    assert [str(path) for path, text in texts.items() if stranger.search(text)] == []


def test_no_source_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {
        str(path.relative_to(REPOSITORY)): len(path.read_text(encoding="utf-8").splitlines())
        for path in SOURCES
    }
    assert len(lengths) > 1
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_module_opens_with_what_it_knows() -> None:
    silent = [
        str(path.relative_to(REPOSITORY))
        for path in SOURCES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_each_room_imports_only_from_the_rooms_it_may() -> None:
    program = "from importlinter.cli import lint_imports; exit(lint_imports(no_cache=True))"
    told = run(sys.executable, "-c", program)
    assert "0 broken" in told


def test_every_name_the_package_offers_is_there() -> None:
    assert sorted(compliance.__all__) == sorted(set(compliance.__all__))
    assert [name for name in compliance.__all__ if not hasattr(compliance, name)] == []


def test_the_rules_hold_data_only() -> None:
    kinds = {path.suffix for path in embedded.rules_path().rglob("*") if path.is_file()}
    assert kinds <= {".yaml", ".csv"}
