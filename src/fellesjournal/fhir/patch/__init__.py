"""Changes to a resource sent as a patch: JSON Patch (RFC 6902) or FHIRPath Patch (FHIR R4 fhirpatch.html)."""

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.json import decode_exact, encode, parse
from fellesjournal.fhir.patch import fhirpath_patch, json_patch


def patched(definitions: Definitions, body: bytes, patch: bytes) -> bytes:
    """The resource with the patch applied, decimals as they were written.

    A JSON array is read as JSON Patch, an object as Parameters with a FHIRPath Patch. Raises Invalid when the
    patch is neither, Unprocessable when it does not fit the resource. The result is not validated.
    """
    tree = decode_exact(body)
    if patch.lstrip()[:1] == b"[":
        return encode(json_patch.apply(tree, json_patch.read(patch)))
    document = parse(patch)
    if document.tree.get("resourceType") != "Parameters":
        raise Invalid("A patch is a JSON Patch, [...], or a Parameters resource with a FHIRPath Patch.")
    return encode(fhirpath_patch.apply(definitions, tree, decode_exact(document.text)))
