"""The controls of forms. Django draws each by a template of its own, an option of a list by one more; the everyday ones
are written here.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

Control = Mapping[str, Any]
THEIRS = "django/forms/widgets/"


class Renderer(DjangoTemplates):
    """Django's own, but for the controls in `WRITTEN`: those give the same HTML without a template."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        written = WRITTEN.get(template_name.removeprefix(THEIRS))
        if written is None or not template_name.startswith(THEIRS):
            return mark_safe(super().render(template_name, context, request))  # noqa: S308  drawn by a template
        return mark_safe(written(context["widget"]))  # noqa: S308  every value is escaped where it is written


def _input(control: Control) -> str:
    value = "" if control["value"] is None else f' value="{escape(str(control["value"]))}"'
    return f'<input type="{escape(control["type"])}" name="{escape(control["name"])}"{value}{_attrs(control)}>'


def _textarea(control: Control) -> str:
    value = conditional_escape(control["value"]) if control["value"] else ""
    return f'<textarea name="{escape(control["name"])}"{_attrs(control)}>\n{value}</textarea>'


def _select(control: Control) -> str:
    groups = "".join(_group(name, options) for name, options, _index in control["optgroups"])
    return f'<select name="{escape(control["name"])}"{_attrs(control)}>{groups}\n</select>'


def _group(name: str | None, options: Iterable[Control]) -> str:
    written = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{conditional_escape(name)}">{written}\n  </optgroup>' if name else written


def _option(option: Control) -> str:
    return (
        f'<option value="{escape(str(option["value"]))}"{_attrs(option)}>{conditional_escape(option["label"])}</option>'
    )


def _attrs(control: Control) -> str:
    return "".join(_attr(name, value) for name, value in control["attrs"].items() if value is not False)


def _attr(name: str, value: Any) -> str:
    return f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'


WRITTEN: dict[str, Callable[[Control], str]] = {
    **dict.fromkeys(("text.html", "email.html", "number.html", "hidden.html", "checkbox.html", "input.html"), _input),
    "textarea.html": _textarea,
    "select.html": _select,
}
