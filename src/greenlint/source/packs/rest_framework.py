"""Django REST framework."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    methods=words("""get_serializer_class get_serializer_context get_permissions get_authenticators get_throttles
        get_parsers get_renderers perform_create perform_update perform_destroy to_representation to_internal_value
        has_permission has_object_permission filter_queryset paginate_queryset get_paginated_response authenticate
        authenticate_header list create retrieve update partial_update destroy wait allow_request get_cache_key render
        parse"""),
    method_prefixes=words("validate_ get_ perform_ filter_"),
    live_bases=words("""APIView GenericAPIView ViewSet ModelViewSet ReadOnlyModelViewSet GenericViewSet ListAPIView
        RetrieveAPIView CreateAPIView UpdateAPIView DestroyAPIView ListCreateAPIView"""),
)
