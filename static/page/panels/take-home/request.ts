/** The link to this view, and the request by which a program gets its runs. */
import { html } from "lit-html";
import { wordChoice } from "../../controls/choice.ts";
import { LONGEST_QUERY } from "../../service/http.ts";
import { runsAddress } from "../../service/takeHome.ts";
import { writeSpec } from "../../state/address.ts";
import { addressOf, specOf } from "../../state/state.ts";
import type { Spec } from "../../state/types.ts";
import { copyableText } from "./copyableText.ts";
import type { SectionPorts, TakenView } from "./takeHome.ts";

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

function curl({ state }: TakenView) {
  const entries = state.entries.filter(({ hidden }) => !hidden);
  const query = writeSpec({ ...addressOf(state, null), spec: specOf(state, entries) });
  return query.length < LONGEST_QUERY ? curlGet(runsAddress(query)) : curlPost(runsAddress(), specOf(state, entries));
}

const httpxOf = ({ state }: TakenView) =>
  httpx(
    runsAddress(),
    specOf(
      state,
      state.entries.filter(({ hidden }) => !hidden),
    ),
  );

const FORMS: { name: string; word: string; write: (page: TakenView) => string }[] = [
  { name: "curl", word: "curl", write: curl },
  { name: "python", word: "Python", write: httpxOf },
  { name: "link", word: "Link", write: ({ link }) => link },
];

export function createCallSection({ page, run, redraw }: SectionPorts) {
  const forms = page.state.entries.some(({ hidden }) => !hidden) ? FORMS : FORMS.slice(-1);
  const options = forms.map(({ name, word }): [string, string] => [name, word]);
  let form = forms[0];

  function show(chosen: string) {
    form = forms.find(({ name }) => name === chosen) ?? form;
    redraw();
  }

  return () =>
    html`<div><div class="home-ways row wraps">${wordChoice({
      label: "Request as",
      options,
      value: form.name,
      onChoose: show,
    })}</div>${copyableText(run, { what: "request", text: form.write(page) })}</div>`;
}
