"""What a site can choose about its REST surface; the settings of the same names are declared in app."""

from dataclasses import dataclass, field

from fellesjournal.api.limits import PerMinute


@dataclass(frozen=True, slots=True)
class Options:
    """Sizes in bytes, times in seconds."""

    base_url: str = ""
    """Where others find this server, such as https://journal.example/fhir; "" follows the Host header."""
    practice: bool = False
    """Whether the site is marked as a practice site: only then does it answer, and only loopback peers."""
    allowed_origins: tuple[str, ...] = ()
    """Web origins that browsers may call from (CORS); "*" for any."""
    secure: bool = False
    """Whether the site is reached over https."""
    per_minute: PerMinute = field(default_factory=PerMinute)
    """How much anyone may ask for."""
    largest_body: int = 64 * 1024 * 1024
    """The largest request body, after decompression."""
    longest_url: int = 16 * 1024
    body_timeout: float = 60.0
    """How long a request body may take to arrive."""
    gzip_from: int = 1_024
    """Answers of at least this size are compressed for clients that accept gzip."""
