"""Pictures of a piece: taken with a phone, or to be taken by the studio."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.typed import MillimetresField
from production import studio
from store.catalogue.actions.studio import alloys_of
from store.catalogue.models import Piece, View
from store.catalogue.wording import alloy_name


class PhotosForm(forms.Form):
    """Pictures of a piece, taken with a phone."""

    view = forms.ChoiceField(label=gettext_lazy("View"), choices=View.choices)
    alt = forms.CharField(label=gettext_lazy("In words, for those who don’t see it"), max_length=160, required=False)
    width_um = MillimetresField(
        label=gettext_lazy("Millimetres across the whole picture, for the scale"), required=False
    )

    def __init__(self, *args: Any, piece: Piece, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = {metal.alloy for metal in piece.metals.all()} | set(piece.variants.values_list("alloy", flat=True))
        metals = [("", _("whichever")), *((code, alloy_name(code)) for code in sorted(mine))]
        self.fields["alloy"] = forms.ChoiceField(label=_("Metal shown"), required=False, choices=metals)


class StudioForm(forms.Form):
    """Pictures to be taken by the studio: in which metals, from where. What has no picture yet is ticked."""

    def __init__(self, *args: Any, piece: Piece, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine, taken = alloys_of(piece), {photo.alloy for photo in piece.photos.all()}
        sides = studio.views_of(family=piece.family, parameters=piece.parameters)
        self.fields["alloys"] = forms.MultipleChoiceField(
            label=_("Metals"), widget=forms.CheckboxSelectMultiple, choices=[(code, alloy_name(code)) for code in mine],
            initial=[code for code in mine if code not in taken] or mine,
            error_messages={"required": _("Choose at least one metal.")},
        )  # fmt: skip
        self.fields["views"] = forms.MultipleChoiceField(
            label=_("From where"), widget=forms.CheckboxSelectMultiple,
            choices=[(code, View(code).label) for code in sides], initial=sides[:2],
            error_messages={"required": _("Choose at least one view.")},
        )  # fmt: skip
