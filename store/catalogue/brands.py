"""Under which name this site sells."""

from django.db.models import QuerySet

from foundation.asked import asked
from foundation.house.models import Brand


def shop_brand() -> Brand:
    """The brand of this shop, with its seller."""
    brand = _brands.first()
    if brand is None:
        raise Brand.DoesNotExist("The house has no brand yet: an admin adds one under Office, The house.")
    return brand


@asked
def _brands() -> QuerySet[Brand]:
    return Brand.objects.select_related("seller").order_by("pk")[:1]
