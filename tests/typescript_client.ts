// Calls that a client generated for TypeScript must take as they stand, and two that it must refuse.
// `test_generated_client.py` puts this beside the generated types.
import createClient from "openapi-fetch";
import type { components, paths } from "./fallline.ts";

type Schemas = components["schemas"];

const { GET, POST } = createClient<paths, "application/json">({ baseUrl: process.argv[2] });

const problems: Schemas["AnyProblem"][] = [
  { surface: "bowl" },
  { expression: "x^2 + y^2" },
  { dataset: "shoe_size", loss: "mse" },
  { points: [[0.5, 1.2]] },
  { network: { dataset: "xor" } },
];
const optimizers: Schemas["AnyRun"][] = [
  { name: "adam" },
  { name: "gd", learning_rate: 0.01, schedule: { name: "exponential" }, changes: [{ at: 2, learning_rate: 0.001 }] },
  { rule: "w = w - lr*g*half", learning_rate: 0.1, half: 0.5 },
];
for (const problem of problems) {
  const { data } = await POST("/api/v1/trajectories", { body: { problem, optimizers, stop: { max_steps: 5 } } });
  const lengths: (number | undefined)[] | undefined = data?.runs.map((run) => run.loss?.length);
  console.log(data?.problem.kind, lengths?.join());
}

const table = await GET("/api/v1/trajectories", {
  params: { query: { surface: "bowl", optimizer: ["gd"], fields: "loss", format: "csv" } },
  parseAs: "text",
});
console.log(table.data?.split(/\s/)[0]);

// @ts-expect-error: there is no such optimizer
const unknown: Schemas["AnyRun"] = { name: "adm" };
// @ts-expect-error: a rule needs a learning rate
const unfinished: Schemas["AnyRun"] = { rule: "w = w - lr*g" };
for (const run of [unknown, unfinished]) {
  const { error } = await POST("/api/v1/trajectories", { body: { problem: { surface: "bowl" }, optimizers: [run] } });
  console.log(error?.detail.map(({ type }) => type).join());
}
