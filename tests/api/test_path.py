import pytest

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.path import Paths
from fellesjournal.api.routes import Route, Table
from fellesjournal.errors import Invalid, NotFound

TYPES = ("Observation", "Patient")


async def handler(call: Call) -> Answer:
    return Answer(200)


def routes(*shapes: str) -> list[Route]:
    return [Route("GET", shape, shape.rpartition("/")[2], "", handler) for shape in shapes]


PATHS = Paths(
    Table(
        [
            *routes("", "metadata", "_search", "_history", "$reindex"),
            *routes("{type}", "{type}/_search", "{type}/_history", "{type}/$validate"),
            *routes(
                "{type}/{id}", "{type}/{id}/_history", "{type}/{id}/_history/{version}", "{type}/{id}/$meta"
            ),
            Route("GET", "{type}/{id}/{inner}", "compartment", "", handler, frozenset({"Patient"})),
            Route("GET", "{type}/{id}/$everything", "$everything", "", handler, frozenset({"Patient"})),
        ]
    ),
    TYPES,
)


@pytest.mark.parametrize(
    ("path", "shape", "rest"),
    [
        ("", "", ("", "", "", "")),
        ("metadata", "metadata", ("", "", "", "")),
        ("Patient", "{type}", ("Patient", "", "", "")),
        ("Patient/", "{type}", ("Patient", "", "", "")),
        ("Patient/1", "{type}/{id}", ("Patient", "1", "", "")),
        ("Patient/1/", "{type}/{id}", ("Patient", "1", "", "")),
        ("Patient/Observation", "{type}/{id}", ("Patient", "Observation", "", "")),
        ("Patient/a%2Db", "{type}/{id}", ("Patient", "a-b", "", "")),
        ("Patient/_search", "{type}/_search", ("Patient", "", "", "")),
        ("Patient/1/_history/3", "{type}/{id}/_history/{version}", ("Patient", "1", "", "3")),
        ("Patient/1/Observation", "{type}/{id}/{inner}", ("Patient", "1", "Observation", "")),
        ("Patient/1/*", "{type}/{id}/{inner}", ("Patient", "1", "*", "")),
        ("Patient/1/$everything", "{type}/{id}/$everything", ("Patient", "1", "", "")),
    ],
)
def test_a_path_leads_to_its_route(path: str, shape: str, rest: tuple[str, str, str, str]) -> None:
    found, *parts = PATHS.find(path)
    assert found["GET"].shape == shape
    assert tuple(parts) == rest


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("Pasient", "Did you mean 'Patient'"),
        ("patient/1", "Did you mean 'Patient'"),
        ("Quantity/1", "Unknown resource type"),
        ("$reindx", "Did you mean '\\$reindex'"),
        ("Patient/1/$everthing", "Did you mean '\\$everything'"),
        ("Observation/1/$everything", "it is at Patient/\\[id\\]/\\$everything"),
        ("$everything", "it is at Patient/\\[id\\]/\\$everything"),
        ("Patient/$everything", "it is at Patient/\\[id\\]/\\$everything"),
        ("$validate", "it is at \\[type\\]/\\$validate"),
        ("Patient/$valdate", "Did you mean '\\$validate'"),
        ("_serach", "nothing at"),
        ("Patient/1/Observasjon", "Did you mean 'Observation'"),
        ("Observation/1/Patient", "."),
        ("Patient/1/_history/0", "numbered"),
        ("Patient/1/_history/x", "numbered"),
        ("Patient/1/2/3/4", "nothing below"),
        ("Patient//1", "."),
        ("metadata/x", "Unknown resource type"),
    ],
)
def test_a_path_that_leads_nowhere_says_what_was_meant(path: str, word: str) -> None:
    with pytest.raises((NotFound, Invalid), match=word):
        PATHS.find(path)


@pytest.mark.parametrize(
    "path", ["Patient/a_b", "Patient/" + "x" * 65, "Patient/%C3%A5", "Patient/%zz", "Patient/1%2F2"]
)
def test_an_id_that_cannot_be_one_is_refused(path: str) -> None:
    with pytest.raises(Invalid):
        PATHS.find(path)
