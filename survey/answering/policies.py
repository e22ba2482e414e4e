"""What browsers may do with a page, written out once where it is the same for all respondents."""

from csp.constants import HEADER, NONE, SELF
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "script-src": [SELF],
    "img-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
WRITTEN = build_policy(config=POLICY)
SAID_OTHERWISE = {"_csp_exempt", "_csp_update", "_csp_replace"}  # as django-csp notes it


class PolicyMiddleware(CSPMiddleware):
    """Tells what a page may do; a page that keeps to the respondents' policy costs nothing."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Write the policy of a response into its head."""
        said = vars(response)
        if said.get("_csp_config") != POLICY or SAID_OTHERWISE & said.keys():
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, WRITTEN)
        return response
