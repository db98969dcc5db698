"""Rewriting a rule's source as a loop over columns, and refusing what could not run all three ways."""

from __future__ import annotations

import ast
import builtins
import inspect
import textwrap
from collections.abc import Callable, Iterator
from enum import EnumType, IntEnum
from pathlib import Path
from typing import Any

from hfabm.engine.agents import Row
from hfabm.engine.table import Column, Link, columns_of
from hfabm.randomness import luck

OWN_ROW = "row_"


class RuleError(TypeError):
    """A rule does something that cannot run all three ways."""


class Rewritten:
    """A rule's loop as text, with the columns and numbers it needs in the order of its arguments."""

    def __init__(self, row_class: type, rewriter: Rewriter, body: list[ast.stmt], name: str) -> None:
        self.row_class = row_class
        self.reads, self.writes = frozenset(rewriter.reads), frozenset(rewriter.writes)
        self.arrays = sorted(self.reads | self.writes, key=str)
        self.parameters = sorted(rewriter.parameters)
        self.takes_parameters = bool(rewriter.p_name)
        self.week_fields = sorted(rewriter.week_fields)
        self.imported = dict(sorted(rewriter.imported.items()))
        arguments = ["rows_", *(f"week_{n}" for n in self.week_fields)]
        arguments += [f"p_{n}" for n in self.parameters] + [_array(c) for c in self.arrays]
        lines = textwrap.indent(ast.unparse(ast.Module(body, [])), " " * 8)
        head = f"def {name}({', '.join(arguments)}):\n    for {OWN_ROW} in rows_:"
        self.text = f"{head}\n{lines}\n"


def rewrite(function: Callable[..., None]) -> Rewritten:
    """Rewrite a rule as a loop over columns.

    Raises:
        RuleError: It could not run all three ways with the same result.
    """
    return Rewriter(function).rewrite()


def _array(column: Column[Any]) -> str:
    return f"{column.owner.__name__}_{column.name}"


def _is_own(index: ast.expr) -> bool:
    return isinstance(index, ast.Name) and index.id == OWN_ROW


def _kinds_of_row(cls: type = Row) -> Iterator[type]:
    kinds: list[type] = cls.__subclasses__()
    for kind in kinds:
        yield kind
        yield from _kinds_of_row(kind)


def _nearness(kind: type, near: type) -> tuple[bool, bool, int]:
    package, own = near.__module__.partition(".")[0], kind.__module__.partition(".")[0]
    return kind.__module__ == near.__module__, own == package, -len(kind.__mro__)


def _definition(function: Callable[..., Any]) -> ast.FunctionDef | None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    return tree if isinstance(tree, ast.FunctionDef) else None


def _body(tree: ast.FunctionDef) -> list[ast.stmt]:
    return tree.body[1:] if ast.get_docstring(tree) is not None else tree.body


class Rewriter(ast.NodeTransformer):
    """Turns `home.x` into `Home_x[row_]` throughout one rule, keeping account of reads and writes."""

    def __init__(self, function: Callable[..., None]) -> None:
        self.function = function
        self.closed = dict(inspect.getclosurevars(function).nonlocals)
        self.reads: set[Column[Any]] = set()
        self.through_links: set[Column[Any]] = set()
        self.writes: set[Column[Any]] = set()
        self.parameters: set[str] = set()
        self.week_fields: set[str] = set()
        self.imported: dict[str, Any] = {}
        self.inlining = False
        self.loops = 0
        self.rows: dict[str, tuple[type, ast.expr]] = {}

    def rewrite(self) -> Rewritten:
        tree = _definition(self.function)
        assert tree is not None, "a rule is written with `def`"
        names = [a.arg for a in tree.args.args]
        if not 2 <= len(names) <= 3:
            raise self.error(tree, "a rule takes a row, the week and, if it has any, parameters")
        self.row_name, self.week_name = names[:2]
        self.p_name = names[2] if len(names) > 2 else ""
        row_class = self._row_class(tree)
        self.rows[self.row_name] = (row_class, ast.Name(OWN_ROW, ast.Load()))
        new = [ast.fix_missing_locations(self.visit(stmt)) for stmt in _body(tree)]
        shared = self.through_links & self.writes
        if shared:
            raise self.error(
                tree,
                f"reads {', '.join(sorted(map(str, shared)))} of other rows and writes it: the result would "
                "depend on the order of rows; publish last week's value in a column of its own",
            )
        return Rewritten(row_class, self, new or [ast.Pass()], tree.name)

    def error(self, node: ast.AST, why: str) -> RuleError:
        code = self.function.__code__
        line = code.co_firstlineno + getattr(node, "lineno", 1) - 1
        return RuleError(f"{Path(code.co_filename).name}:{line}: rule {code.co_name}: {why}")

    def _row_class(self, tree: ast.FunctionDef) -> type:
        said = self.function.__annotations__.get(self.row_name)
        found = self._value(ast.parse(said, mode="eval").body) if isinstance(said, str) else said
        if not isinstance(found, type) or not columns_of(found):
            raise self.error(tree, f"annotate {self.row_name!r} with the class of the row, such as Citizen")
        return found

    def _value(self, node: ast.expr) -> Any:
        """What a name, or a name in a module or class, stands for outside the rule."""
        if isinstance(node, ast.Name):
            scopes = (self.closed, self.function.__globals__, vars(builtins))
            return next((scope[node.id] for scope in scopes if node.id in scope), None)
        if isinstance(node, ast.Attribute):
            owner = self._value(node.value)
            if inspect.ismodule(owner) or isinstance(owner, type):
                return getattr(owner, node.attr, None)
        return None

    def _row_of(self, node: ast.expr) -> tuple[type, ast.expr] | None:
        if isinstance(node, ast.Name):
            return self.rows.get(node.id)
        if isinstance(node, ast.Attribute):
            base = self._row_of(node.value)
            if base is not None and isinstance(found := getattr(base[0], node.attr, None), Link):
                index = self._load(base, columns_of(base[0])[found.through], node)
                return self._class_named(found.to, base[0], node), index
        return None

    def _class_named(self, name: str, near: type, node: ast.AST) -> type:
        named = [kind for kind in _kinds_of_row() if kind.__name__ == name]
        if not named:
            raise self.error(node, f"there is no kind of row called {name}")
        return max(reversed(named), key=lambda kind: _nearness(kind, near))

    def _load(self, row: tuple[type, ast.expr], column: Column[Any], node: ast.AST) -> ast.expr:
        if column.width > 1:
            raise self.error(node, f"{column} is a wide column, for kernels alone")
        self.reads.add(column)
        if not _is_own(row[1]):
            self.through_links.add(column)
        cast = {"f": "float", "i": "int", "b": "bool"}[column.dtype.kind]
        item = ast.Subscript(ast.Name(_array(column), ast.Load()), row[1], ast.Load())
        return ast.Call(ast.Name(cast, ast.Load()), [item], [])

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self.rows or node.id in (self.week_name, self.p_name):
            raise self.error(node, f"{node.id!r} cannot be used whole: write {node.id}.something")
        if self.inlining and isinstance(node.ctx, ast.Load):
            scope = {**self.function.__globals__, **self.closed}
            if node.id in scope:
                # the loop runs in the rule's module, where the name may mean something else or nothing
                alias = f"{self.function.__module__.replace('.', '_')}_{node.id}"
                self.imported[alias] = scope[node.id]
                return ast.Name(alias, ast.Load())
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        base = node.value.id if isinstance(node.value, ast.Name) else None
        if base is not None and base == self.week_name:
            self.week_fields.add(node.attr)
            return ast.Name(f"week_{node.attr}", ast.Load())
        if base is not None and base == self.p_name:
            self.parameters.add(node.attr)
            return ast.Name(f"p_{node.attr}", ast.Load())
        row = self._row_of(node.value)
        if row is None:
            return self._constant(node)
        if node.attr == "row":
            return row[1]
        found = inspect.getattr_static(row[0], node.attr, None)
        if isinstance(found, property):
            return self._inline(found, row, node)
        column = columns_of(row[0]).get(node.attr)
        if column is None:
            raise self.error(node, f"{row[0].__name__} has no column or property {node.attr!r}")
        return self._load(row, column, node)

    def _constant(self, node: ast.Attribute) -> ast.expr:
        owner = self._value(node.value)
        if isinstance(owner, EnumType | IntEnum):
            member = getattr(owner, node.attr, None)
            if not isinstance(member, int):
                raise self.error(node, f"{ast.unparse(node)} is no whole-number code")
            return ast.Constant(int(member))
        self.generic_visit(node)
        return node

    def _inline(self, found: property, row: tuple[type, ast.expr], node: ast.AST) -> ast.expr:
        getter: Any = found.fget
        tree = _definition(getter)
        body = [] if tree is None else _body(tree)
        value = body[0].value if len(body) == 1 and isinstance(body[0], ast.Return) else None
        if tree is None or value is None:
            raise self.error(node, f"the property {getter.__name__!r} is more than one return: not for rules")
        saved = dict(vars(self))
        self.rows, self.function, self.inlining = {tree.args.args[0].arg: row}, getter, True
        self.closed, self.week_name, self.p_name = dict(inspect.getclosurevars(getter).nonlocals), "", ""
        try:
            return self.visit(value)  # type: ignore[no-any-return]
        finally:
            vars(self).update(saved)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if self._value(node.func) is luck:
            if len(node.args) != 3 or node.keywords:
                raise self.error(node, "write luck(week, QUESTION, row.uid)")
            self.week_fields.add("key")
            arguments = [ast.Name("week_key", ast.Load()), *map(self.visit, node.args[1:])]
            return ast.Call(ast.Name("uniform", ast.Load()), arguments, [])
        self.generic_visit(node)
        return node

    def _target(self, node: ast.expr) -> ast.expr | None:
        if not isinstance(node, ast.Attribute):
            if any(isinstance(part, ast.Attribute) for part in getattr(node, "elts", ())):
                raise self.error(node, "a rule writes one column at a time")
            return None
        row = self._row_of(node.value)
        if row is None or not _is_own(row[1]):
            raise self.error(node, "a rule writes only columns of its own row")
        column = columns_of(row[0]).get(node.attr)
        if column is None or column.width > 1:
            raise self.error(node, f"{row[0].__name__} has no column {node.attr!r}, or it is a wide column")
        self.writes.add(column)
        return ast.Subscript(ast.Name(_array(column), ast.Load()), row[1], ast.Store())

    def _name_row(self, name: str, row: tuple[type, ast.expr], node: ast.AST) -> ast.stmt:
        before = self.rows.get(name, row)[0]
        if before is not row[0] or name == self.row_name:
            raise self.error(node, f"{name!r} stands for another row already")
        if _is_own(row[1]):
            self.rows[name] = row
            return ast.Pass()
        kept = f"{name}_row_"
        self.rows[name] = (row[0], ast.Name(kept, ast.Load()))
        return ast.Assign([ast.Name(kept, ast.Store())], row[1], lineno=0)

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            row = self._row_of(node.value)
            if row is not None:
                return self._name_row(node.targets[0].id, row, node)
        value = self.visit(node.value)
        targets = [self._target(t) or self.visit(t) for t in node.targets]
        return ast.Assign(targets, value, lineno=node.lineno)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is None:
            raise self.error(node, "a bare annotation says nothing in a rule")
        return self.visit_Assign(ast.Assign([node.target], node.value, lineno=node.lineno))

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        target = self._target(node.target)
        if target is None or not isinstance(node.target, ast.Attribute):
            self.generic_visit(node)
            return node
        present = self.visit(ast.Attribute(node.target.value, node.target.attr, ast.Load()))
        return ast.Assign([target], ast.BinOp(present, node.op, self.visit(node.value)), lineno=node.lineno)

    def visit_For(self, node: ast.For) -> ast.stmt:
        self.loops += 1
        self.generic_visit(node)
        self.loops -= 1
        return node

    visit_While = visit_For  # type: ignore[assignment]

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        if node.value is None and not self.loops:
            return ast.Continue()
        raise self.error(node, "returns nothing, and not from inside a loop")

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        if isinstance(node.value, ast.Constant):
            return ast.Pass()
        self.generic_visit(node)
        return node
