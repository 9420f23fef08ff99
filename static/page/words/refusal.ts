/** What the server has against a request, as the page says it: fields by their names here, without all that is allowed. */
import { grouped } from "../math/format.ts";
import { startWords } from "./startTrouble.ts";
import { symbol } from "./symbol.ts";
import type { Refusal } from "../state/types.ts";

/** Fields whose names on the page are not their own. */
const NAMES = {
  max_steps: "steps", min_step_size: "smallest step", target_loss: "loss to reach", domain: "window", batch_size: "points a step", noise: "noise on the gradient",
} as Record<string, string>;

/** A number as the page prints it; anything else as it came. */
const printed = (text: string) => (text !== "" && Number.isFinite(Number(text)) ? grouped(Number(text)) : text);

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** @returns the name of what was refused; empty where no field is named */
function nameOf({ loc }: Refusal): string {
  const name = loc.filter((part) => typeof part === "string").at(-1);
  return typeof name === "string" && name !== "query" && name !== "body" ? (NAMES[name] ?? symbol(name)) : "";
}

/** "problem.surface is not a surface; allowed: bowl, ...; got "hill"", without all there are. */
function unknownName({ msg }: Refusal): string | null {
  const found = msg.match(/ is not an? ([^;]+); allowed: .*; got "?(.*?)"?$/s);
  return found && `There is no ${found[1]} called “${found[2]}”.`;
}

/** What the API has and this page not. */
const notHere = ({ loc }: Refusal) => (loc.includes("network") || loc.includes("plane") ? "This page does not show networks yet; the API trains them." : null);

/** "stop.max_steps must be a whole number, in [1, 100000]; got 0" is "Steps: a whole number from 1 to 100,000, not 0." */
export function inPlainWords(refusal: Refusal): string {
  const known = notHere(refusal) ?? startWords(refusal) ?? unknownName(refusal);
  if (known) return known;
  const parts = refusal.msg.match(/^(\S+) must be (.*?)(?:; got (.*))?$/s);
  const said = parts ? `${nameOf(refusal) || parts[1]}: ${parts[2]}${parts[3] === undefined ? "" : `, not ${printed(parts[3])}`}` : refusal.msg.replace(/^optimizers\[\d+\]\.?/, "");
  return capital(said.replace(/,? in \[(\S+), (\S+)\]/, (_, low, high) => ` from ${printed(low)} to ${printed(high)}`)).replace(/\.?$/, ".");
}

/** Beside the very field that it is about: without its name. */
export function inShort({ msg }: Refusal): string {
  return capital(msg.replace(/^\S+ is not a formula: /, "").replace(/ Allowed are .*$/s, "").replace(/^optimizers\[\d+\]\.?/, ""));
}
