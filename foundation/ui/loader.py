"""Templates as they are loaded."""

import re

from django.templatetags.static import static
from django.utils.html import escape
from django_cotton import cotton_loader

ICON = re.compile(r'<c-icon name="(?P<name>[a-z_]+)"(?P<small> small="yes")? />')
STATIC = re.compile(r"""{% static (?P<quote>['"])(?P<name>[^'"]+)(?P=quote) %}""")


class Loader(cotton_loader.Loader):
    """Cotton's, which compiles <c-…> tags. An icon or a static file that is named outright is written here, once, not on every page anew."""

    def _get_template_string(self, template_name: str) -> str:
        return with_addresses(with_icons(super()._get_template_string(template_name)))


def with_icons(source: str) -> str:
    """A template's source with what cotton/icon.html would draw in it."""
    return ICON.sub(_icon, source)


def with_addresses(source: str) -> str:
    """A template's source with the addresses of static files, which a release changes and nothing else."""
    return STATIC.sub(lambda found: escape(static(found["name"])), source)


def _icon(found: re.Match[str]) -> str:
    small = " small" if found["small"] else ""
    use = f"""<use href="{{% static 'ui/icons.svg' %}}#{found["name"]}"/>"""
    return f'<svg class="icon{small}" aria-hidden="true" focusable="false">{use}</svg>\n'
