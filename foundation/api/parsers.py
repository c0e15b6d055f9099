"""Reading what programs send: what no database could keep is refused, what turns a text around is left out."""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser

from foundation.api.plain import plain, plain_form


class Json(JSONParser):
    """JSON whose every text is text: half of a surrogate pair is no letter."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        sent = super().parse(stream, media_type, parser_context)
        try:
            json.dumps(sent, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ParseError("This JSON holds half of a surrogate pair, which is no letter.") from None
        return plain(sent)


class Form(MultiPartParser):
    """A form with files, its texts plain. Of a file's name Django itself keeps only what can be printed, no such mark."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        sent = super().parse(stream, media_type, parser_context)
        return DataAndFiles(plain_form(sent.data), sent.files)
