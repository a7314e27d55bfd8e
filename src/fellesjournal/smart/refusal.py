"""Why an app is refused, in OAuth's words (RFC 6749, 4.1.2.1 and 5.2)."""

from starlette.responses import JSONResponse

NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache", "X-Content-Type-Options": "nosniff"}
"""On every answer that holds a token, or says something of one (RFC 6749, 5.1)."""


class Refusal(Exception):
    """A refused request of an app: `error` is OAuth's word, `person` is whose grant is concerned."""

    def __init__(self, error: str, sentence: str, *, app: str = "", person: str = "") -> None:
        super().__init__(sentence)
        self.error = error
        self.app = app
        self.person = person

    def answer(self) -> JSONResponse:
        """The answer to the app itself."""
        status = 401 if self.error == "invalid_client" else 400
        body = {"error": self.error, "error_description": str(self)}
        return JSONResponse(body, status, NO_STORE)
