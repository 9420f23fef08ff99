/** The request for runs, as code for a shell and for Python. */
import type { Spec } from "../state/types.ts";

/** A text quoted as one word of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** A text quoted for JSON and Python, with escapes for characters that cannot be seen. */
const literal = (value: unknown) =>
  JSON.stringify(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) =>
    [...Array(sign.length).keys()].map((k) => `\\u${sign.charCodeAt(k).toString(16).padStart(4, "0")}`).join(""),
  );

/** @returns the value as a Python literal */
function python(value: unknown, indent: string = ""): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return literal(value);
  const inner = `${indent}    `;
  if (Array.isArray(value))
    return isFlat(value)
      ? `[${value.map((item) => python(item)).join(", ")}]`
      : `[\n${value.map((item) => `${inner}${python(item, inner)},\n`).join("")}${indent}]`;
  const entries = Object.entries(value);
  if (isFlat(entries.map(([, item]) => item)))
    return `{${entries.map(([key, item]) => `${literal(key)}: ${python(item)}`).join(", ")}}`;
  return `{\n${entries.map(([key, item]) => `${inner}${literal(key)}: ${python(item, inner)},\n`).join("")}${indent}}`;
}

const isFlat = (values: unknown[]) => values.every((value) => typeof value !== "object" || value === null);

/** @returns the spec without its empty fields */
function brief({ problem, start, optimizers, stop, seed }: Spec) {
  const stops = Object.fromEntries(Object.entries(stop).filter(([, value]) => value !== null));
  return { problem, ...(start ? { start } : {}), optimizers, stop: stops, ...(seed ? { seed } : {}) };
}

/** @param address  of the runs, with its query */
export const curlGet = (address: string) => `curl ${quoted(address)}`;

/** The request as a POST, for a spec that is too long for an address. */
export const curlPost = (address: string, spec: Spec) =>
  `curl ${quoted(address)} \\\n  --json ${quoted(literal(brief(spec)))}`;

export const httpx = (address: string, spec: Spec) => `import httpx

spec = ${python(brief(spec))}
reply = httpx.post(${literal(address)}, json=spec, timeout=60)
reply.raise_for_status()
for run in reply.json()["runs"]:
    print(run["optimizer"]["label"], run["n_steps"], run["loss"][-1])
`;
