"""The studio: pictures of a piece, taken by computing the light on its exact model. Needs the optional extra [render]."""
