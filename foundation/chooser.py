"""The choices of a form that are known only once it is drawn: for this order, this country, this piece."""

from django import forms


def chooser(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The field of that name, whose `choices` can be set. TypeError if nothing is chosen in it."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    return field
