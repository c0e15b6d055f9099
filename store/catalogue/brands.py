"""Under which name this site sells."""

from foundation.house.models import Brand


def shop_brand() -> Brand:
    """The brand of this shop, with its seller."""
    brand = Brand.objects.select_related("seller").order_by("pk").first()
    if brand is None:
        raise Brand.DoesNotExist("The house has no brand yet: an admin adds one under Office, The house.")
    return brand
