"""People who buy at retail, and the addresses they have kept."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RetailCustomer(models.Model):
    """Somebody with an account who buys for themselves. Guests have none and need none."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="retail_customer")
    phone = models.CharField(_("telephone"), max_length=30, blank=True)

    def __str__(self) -> str:
        return str(self.user)


class AddressQuerySet(models.QuerySet["Address"]):
    def for_user(self, user: Any) -> Self:
        """This person's own addresses, and nobody else's."""
        return self.filter(customer__user_id=user.pk) if user.is_authenticated else self.none()


class Address(models.Model):
    """Where a customer has things sent."""

    customer = models.ForeignKey(RetailCustomer, on_delete=models.CASCADE, related_name="addresses")
    name = models.CharField(_("name"), max_length=120)
    line1 = models.CharField(_("street and number"), max_length=120)
    line2 = models.CharField(_("second line"), max_length=120, blank=True)
    city = models.CharField(_("town"), max_length=80)
    region = models.CharField(_("county or province"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        ordering = [models.F("used_at").desc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.line1}, {self.city}"
