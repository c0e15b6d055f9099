"""What a trade buyer has written on the order pad and not sent yet."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from store.catalogue.models import Variant

MOST_OF_ONE = 999


class PadLine(models.Model):
    """So many of one variant on one person's pad. It holds nothing and promises nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pad_lines")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField(_("quantity"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["variant__piece__position", "variant__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "variant"], name="trade_pad_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MOST_OF_ONE), name="trade_pad_quantity_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant}"
