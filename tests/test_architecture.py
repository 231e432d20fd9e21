"""The shape of the house: what every file keeps to, so that no reviewer has to look for it."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import storage

ROOT = Path(__file__).parent.parent
CORE = ("handlers", "desk", "nlp", "storage")  # plain Python: no `async` here
PRODUCT = ("bot", "console", *CORE, "tools", "bench")
FILE_LINES, FUNCTION_LINES = 300, 50
LONG = re.compile(r"#.*\blong: \w+")  # "# long: one table, read in one go"


def files() -> Iterator[Path]:
    """Every file that .gitignore lets in, relative to the root."""
    ignored = [line for line in (ROOT / ".gitignore").read_text().split() if line]
    assert not any(line.startswith("!") for line in ignored), "this reads no exceptions"

    def kept(path: Path) -> bool:
        names = (path.name, f"{path.name}/", f"{path.relative_to(ROOT)}/")
        return path.name != ".git" and not any(fnmatch(n, i) for n in names for i in ignored)

    folders = [ROOT]
    for folder in folders:  # grows while it is read
        for path in sorted(filter(kept, folder.iterdir())):
            if path.is_dir():
                folders.append(path)
            else:
                yield path.relative_to(ROOT)


FILES = tuple(files())
MODULES = tuple(p for p in FILES if p.suffix == ".py" and "versions" not in p.parts)


def tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def test_the_map_names_exactly_the_files_that_exist() -> None:
    rows = re.findall(r"^- `([^`]+)` \S", (ROOT / "docs/map.md").read_text(), re.MULTILINE)
    folders = tuple(row for row in rows if row.endswith("/"))
    on_disk = {p.as_posix() for p in FILES}

    new = {n for n in on_disk if not n.startswith(folders) and not n.endswith("__init__.py")}
    kept = on_disk | {f for f in folders if any(name.startswith(f) for name in on_disk)}
    hidden = [folder for folder in folders if folder[:-1] in PRODUCT]

    assert sorted(new - set(rows)) == [], "not on docs/map.md"
    assert sorted(set(rows) - kept) == [], "on docs/map.md, and gone"
    assert hidden == [], "a package is mapped file by file"
    assert len(rows) == len(set(rows)), "a file stands on the map once"


def test_the_core_is_plain_and_has_no_async() -> None:
    kinds = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    found = [
        f"{module}:{node.lineno}"
        for module in MODULES
        if module.parts[0] in CORE
        for node in ast.walk(tree(module))
        if isinstance(node, kinds)
    ]
    assert found == []


def test_every_module_says_what_it_is() -> None:
    silent = [str(m) for m in MODULES if m.parts[0] != "tests" and not ast.get_docstring(tree(m))]
    assert silent == []


def test_a_file_fits_in_the_head_or_says_why_not() -> None:
    long = [
        f"{module}: {len(lines)} lines"
        for module in MODULES
        if len(lines := (ROOT / module).read_text(encoding="utf-8").splitlines()) > FILE_LINES
        and not any(LONG.search(line) for line in lines[:20])
    ]
    assert long == []


def test_a_function_fits_on_a_screen_or_says_why_not() -> None:
    long = []
    for module in MODULES:
        lines = (ROOT / module).read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree(module)):
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            beside = lines[node.lineno - 2 : node.body[0].lineno]
            if length > FUNCTION_LINES and not any(LONG.search(line) for line in beside):
                long.append(f"{module}:{node.lineno} {node.name}: {length} lines")
    assert long == []


def test_our_plain_names_still_mean_our_packages() -> None:
    assert Path(storage.__file__ or "").parent == ROOT / "storage"


def test_no_file_names_a_package_host_or_a_path_of_one_machine() -> None:
    hosts = [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com")]
    forbidden = re.compile(
        "|".join(re.escape(".".join(host)) for host in hosts)
        + r"|(?<![\w./$}-])/(?:root|home|work|Users|tmp)/\w"
    )
    found = [
        f"{path}:{number}: {match[0]}"
        for path in FILES
        for number, line in enumerate(_text(path).splitlines(), 1)
        if (match := forbidden.search(line))
    ]
    assert found == []


def _text(path: Path) -> str:
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:  # a picture or a model
        return ""
