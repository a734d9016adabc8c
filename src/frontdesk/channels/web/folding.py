"""Compiles templates for one language: what is the same in every answer is put in place once.

A page has some eighty words to translate and thirty icons. Looked up for each answer they take
longer than the rows of a list; here they become part of the text around them.
"""

import re
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.template.backends.jinja2 import Jinja2
from django.utils import translation
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from frontdesk.channels.web.flattening import whole

# What these return depends on nothing but what they are called with.
STEADY = frozenset({"icon", "is_right_to_left", "language", "plain", "static", "styles", "url"})
TRANSLATES = "_"
_needs_escaping = re.compile("[&<>'\"]").search


class Templates(Jinja2):
    """Our pages, each compiled once for every language that it is read in."""

    def __init__(self, params: dict[str, Any]) -> None:
        self._languages: dict[str, PageEnvironment] = {}
        super().__init__(params)

    @property
    def env(self) -> Environment:
        """The environment of the language that is active now."""
        language = translation.get_language() or settings.LANGUAGE_CODE
        if language not in self._languages:
            self._languages[language] = self._common.of_language(language)
        return self._languages[language]

    @env.setter
    def env(self, common: Environment) -> None:
        assert isinstance(common, PageEnvironment)
        self._common = common


class PageEnvironment(Environment):
    """Jinja2's, for one language; it keeps the macros that pages import."""

    language: str
    modules: dict[str, TemplateModule]

    def of_language(self, language: str) -> "PageEnvironment":
        """Return the environment of a language, which compiles its own templates."""
        own = self.overlay()
        own.language, own.modules = language, {}
        return own

    def module(self, name: str) -> TemplateModule:
        """Return the macros of a template."""
        if (module := self.modules.get(name)) is None:
            module = self.get_template(name)._get_default_module()
            if not self.auto_reload:
                self.modules[name] = module
        return module


class FoldingGenerator(CodeGenerator):
    """Writes a template's code after the calls of steady functions have become their values."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja2's name
        """Write the code of a whole template."""
        if not self.environment.auto_reload:  # or changes of its parts would not be seen
            node = whole(node, self.environment)
        _Folder(self.environment, _own_names(node)).visit(node)
        self.writeline(f"from {__name__} import as_html")
        super().visit_Template(node, frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        """Write the code of a loop: its pieces are joined at its end.

        One by one they would climb through all templates that this one stands in.
        """
        if frame.buffer is not None:
            super().visit_For(node, frame)
            return
        self.buffer(frame)
        super().visit_For(node, frame)
        pieces, frame.buffer = frame.buffer, None
        self.writeline(f"yield ''.join({pieces})")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
        else:
            self.write("environment.module(")
            self.visit(node.template, frame)
            self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("as_html(")


def as_html(value: Any) -> str:
    """Return the value as HTML shows it: as `escape` does, but quick where nothing is to do."""
    kind = type(value)
    shown: str = value
    if kind is Markup or (kind is str and _needs_escaping(value) is None):
        return shown
    return str(value) if kind is int else escape(value)


def _own_names(template: nodes.Template) -> set[str]:
    """Return the names that the template gives a meaning of its own."""
    names = {name.name for name in template.find_all(nodes.Name) if name.ctx != "load"}
    for block in template.find_all(nodes.FromImport):
        names.update(one if isinstance(one, str) else one[1] for one in block.names)
    return names | {block.target for block in template.find_all(nodes.Import)}


class _Folder(NodeTransformer):
    """Puts values in the place of calls."""

    def __init__(self, environment: Environment, own_names: set[str]) -> None:
        self.environment = environment
        self.own_names = own_names

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja2's name
        """Fold a call of a steady function or a translation, whose words are constants."""
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name in self.own_names or node.dyn_args or node.dyn_kwargs:
            return node
        try:
            args = [arg.as_const() for arg in node.args]
            if name == TRANSLATES:
                return self._translated(node, args[0])
            if name in STEADY:
                given = {word.key: word.value.as_const() for word in node.kwargs}
                return _constant(node, self._function(name)(*args, **given))
        except (nodes.Impossible, KeyError, ValueError):
            pass  # told when it runs, if it ever does: a name that does not exist
        return node

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802 - Jinja2's name
        """Let an `if` without `else` be an empty text, which is what it prints."""
        self.generic_visit(node)
        if node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno, environment=self.environment)
        return node

    def _translated(self, node: nodes.Call, text: str) -> nodes.Node:
        """As the i18n extension has it: a format string, whose values are escaped."""
        words = Markup(translation.gettext(text))  # noqa: S704 - from our catalogs
        if not node.kwargs:
            return _constant(node, words % {})
        values = [nodes.Pair(nodes.Const(word.key), word.value) for word in node.kwargs]
        values_of = nodes.Dict(values, lineno=node.lineno, environment=self.environment)
        return nodes.Mod(
            _constant(node, words), values_of, lineno=node.lineno, environment=self.environment
        )

    def _function(self, name: str) -> Callable[..., object]:
        return cast("Callable[..., object]", self.environment.globals[name])


def _constant(node: nodes.Call, value: object) -> nodes.Const:
    return nodes.Const(value, lineno=node.lineno, environment=node.environment)
