// A round trip with fhir-kit-client against the server whose base address is the first argument.
import assert from "node:assert/strict";
import { Client } from "fhir-kit-client";

const client = new Client({ baseUrl: process.argv[2] });

const statement = await client.capabilityStatement();
assert.equal(statement.fhirVersion, "4.0.1");

const patient = await client.create({
  resourceType: "Patient",
  body: { resourceType: "Patient", name: [{ family: "Kitson", given: ["Bjørg"] }] },
});
assert.equal(patient.meta.versionId, "1");

const changed = await client.update({
  resourceType: "Patient",
  id: patient.id,
  body: { ...patient, gender: "female" },
});
assert.equal(changed.meta.versionId, "2");

const patched = await client.patch({
  resourceType: "Patient",
  id: patient.id,
  jsonPatch: [{ op: "add", path: "/birthDate", value: "1975-06-01" }],
});
assert.equal(patched.birthDate, "1975-06-01");

const first = await client.vread({ resourceType: "Patient", id: patient.id, version: "1" });
assert.equal(first.gender, undefined);
assert.equal((await client.read({ resourceType: "Patient", id: patient.id })).gender, "female");

const history = await client.history({ resourceType: "Patient", id: patient.id });
assert.deepEqual(history.entry.map((entry) => entry.resource.meta.versionId), ["3", "2", "1"]);

const answer = await client.transaction({
  body: {
    resourceType: "Bundle",
    type: "transaction",
    entry: [1, 2, 3].map((number) => ({
      fullUrl: `urn:uuid:00000000-0000-4000-8000-00000000000${number}`,
      resource: {
        resourceType: "Observation",
        status: "final",
        code: { text: `weight ${number}` },
        subject: { reference: `Patient/${patient.id}` },
      },
      request: { method: "POST", url: "Observation" },
    })),
  },
});
assert.deepEqual(answer.entry.map((entry) => entry.response.status.slice(0, 3)), ["201", "201", "201"]);

let page = await client.search({
  resourceType: "Observation",
  searchParams: { subject: `Patient/${patient.id}`, _count: 2 },
});
assert.equal(page.entry.length, 2);
page = await client.nextPage({ bundle: page });
assert.equal(page.entry.length, 1);

const inside = await client.search({
  resourceType: "Observation",
  compartment: { resourceType: "Patient", id: patient.id },
});
assert.equal(inside.entry.length, 3);

const everything = await client.operation({
  name: "everything",
  resourceType: "Patient",
  id: patient.id,
  method: "GET",
});
assert.equal(everything.entry.length, 4);

await assert.rejects(client.search({ resourceType: "Patient", searchParams: { famly: "x" } }), (error) => {
  assert.equal(error.response.status, 400);
  assert.match(error.response.data.issue[0].diagnostics, /family/);
  return true;
});

await client.delete({ resourceType: "Patient", id: patient.id });
await assert.rejects(client.read({ resourceType: "Patient", id: patient.id }), (error) => {
  assert.equal(error.response.status, 410);
  return true;
});

console.log("all well");
