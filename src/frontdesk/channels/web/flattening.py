"""Puts a page together when it is compiled: its parents, blocks and parts become one template.

Jinja2 does it for each answer: it makes a context for each part, and hands each piece of text up
through all parents.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import deepcopy
from types import UnionType

from jinja2 import BaseLoader, Environment, TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer

# What a page may have beside its blocks when it stands in a parent.
PREPARATIONS = (nodes.Assign, nodes.AssignBlock, nodes.Import, nodes.FromImport, nodes.Macro)

# What has names of its own, which a block in it would not see.
NAMING = (nodes.For, nodes.With, nodes.CallBlock, nodes.Macro)


def whole(page: nodes.Template, environment: Environment) -> nodes.Template:
    """Return the page as one template that shows the same.

    A part that is known only when the page is shown stays what it is. An error in another file
    is told by the line of the tag that brought it. Raises TemplateAssertionError where the page
    would show something else, or stands in a parent that is known only then: see `in_shell`.
    """
    levels = [page]
    while extends := levels[-1].find(nodes.Extends):
        if not (parent := _constant(extends.template)):
            raise TemplateAssertionError("the parent has no name yet", extends.lineno)
        levels.append(_parsed(parent, environment, extends))
    for level in levels:
        level.body = _Parts(environment).put_in(level.body)
    body = _Blocks(levels, environment).put_in(levels[-1].body)
    put_together = nodes.Template([*_preparations(levels[:-1]), *body], lineno=page.lineno)
    put_together.set_environment(environment)
    for name in put_together.find_all(nodes.Name):
        if name.name in {"super", "self"}:
            raise TemplateAssertionError(f"{name.name} must stand alone in an output", name.lineno)
    return put_together


class _Putting(NodeTransformer):
    """Puts statements in the place of others."""

    def put_in(self, body: Iterable[nodes.Node]) -> list[nodes.Node]:
        """Return the statements with what is put in their places."""
        return [made for statement in body for made in self.visit_list(statement)]


class _Blocks(_Putting):
    """Puts in the place of each block what the page says there, or the nearest of its parents."""

    def __init__(self, levels: list[nodes.Template], environment: Environment) -> None:
        self.environment = environment
        self.contents: dict[str, list[list[nodes.Node]]] = defaultdict(list)
        for level in levels:
            for block in level.find_all(nodes.Block):
                self.contents[block.name].append(block.body)
            for outer in level.find_all(NAMING):
                for block in outer.find_all(nodes.Block):
                    text = f"block {block.name!r} stands in a {type(outer).__name__}"
                    raise TemplateAssertionError(text, block.lineno)
        # The blocks we are in: name, how many that say something were passed over, names set.
        self.around: list[tuple[str, int, set[str]]] = []

    def visit_Block(self, block: nodes.Block) -> nodes.Scope:  # noqa: N802 - Jinja2's name
        """Put what is said there."""
        return self._said(block.name, 0, block.lineno)

    def visit_Output(self, output: nodes.Output) -> list[nodes.Node]:  # noqa: N802 - Jinja2's name
        """Put blocks in the place of `{{ super() }}` and `{{ self.block() }}`."""
        if not any(map(self._place_of, output.nodes)):
            return [output]
        parts: list[nodes.Node] = []
        for shown in output.nodes:
            if place := self._place_of(shown):
                parts.append(self._said(*place, output.lineno))
            else:
                parts.append(nodes.Output([shown], lineno=output.lineno))
        return parts

    def _place_of(self, shown: nodes.Node) -> tuple[str, int] | None:
        match shown:
            case nodes.Call(node=nodes.Name(name="super")):
                name, passed, _names = self.around[-1]
                return name, passed + 1
            case nodes.Call(node=nodes.Getattr(node=nodes.Name(name="self"), attr=name)):
                return name, 0
        return None

    def _said(self, name: str, passed: int, line: int) -> nodes.Scope:
        if passed >= len(self.contents[name]):
            raise TemplateAssertionError(f"there is no block {name!r} to put here", line)
        # It may be put in several places.
        body = deepcopy(self.contents[name][passed], {id(self.environment): self.environment})
        hidden = set().union(*(names for _name, _passed, names in self.around))
        if met := sorted(hidden.intersection(_names_read(body))):
            # In a block of its own it would not see them.
            text = f"block {name!r} reads what a block around it sets: {', '.join(met)}"
            raise TemplateAssertionError(text, line)
        self.around.append((name, passed, set(_names_set(body))))
        said = nodes.Scope(self.put_in(body), lineno=line)
        self.around.pop()
        return said


class _Parts(_Putting):
    """Puts included templates in their places."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment

    def visit_Include(self, include: nodes.Include) -> nodes.Node:  # noqa: N802 - Jinja2's name
        """Put the part there; what it sets stays in it."""
        name = _constant(include.template)
        if name is None or include.ignore_missing or not include.with_context:
            return include
        part = whole(_parsed(name, self.environment, include), self.environment)
        return nodes.Scope(part.body, lineno=include.lineno)


def _parsed(name: str, environment: Environment, tag: nodes.Node) -> nodes.Template:
    """Return another template, all of it on the line of the tag that brings it."""
    assert isinstance(environment.loader, BaseLoader)
    source, filename, _is_current = environment.loader.get_source(environment, name)
    other = environment.parse(source, name, filename)
    other.set_lineno(tag.lineno, override=True)
    return other


def _preparations(levels: list[nodes.Template]) -> list[nodes.Node]:
    """Return what is done before the last parent begins: names are set, and nothing is shown."""
    found: list[nodes.Node] = []
    for statement in (statement for level in levels for statement in level.body):
        if isinstance(statement, PREPARATIONS):
            found.append(statement)
        elif not isinstance(statement, nodes.Extends | nodes.Block | nodes.Output):
            text = f"{type(statement).__name__} beside the blocks of a page in a parent"
            raise TemplateAssertionError(text, statement.lineno)
    return found


def _constant(name: nodes.Expr) -> str | None:
    return name.value if isinstance(name, nodes.Const) else None


def _names_set(body: Iterable[nodes.Node]) -> Iterator[str]:
    for node in _outside(nodes.Block | nodes.Scope, body):  # a part's names stay in it
        if (isinstance(node, nodes.Name) and node.ctx != "load") or isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (one if isinstance(one, str) else one[1] for one in node.names)


def _names_read(body: Iterable[nodes.Node]) -> Iterator[str]:
    for node in _outside(nodes.Block, body):  # those are looked at when they are put
        if isinstance(node, nodes.Name) and node.ctx == "load":
            yield node.name


def _outside(kinds: type | UnionType, body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield all nodes but those that are of these kinds, or in one of them."""
    for node in body:
        if not isinstance(node, kinds):
            yield node
            yield from _outside(kinds, node.iter_child_nodes())
