/** What the server has against a request, as the page says it: fields by their names here, without all that is allowed. */
import { grouped } from "../math/format.js";
import { startWords } from "./startTrouble.js";
import { symbol } from "./symbol.js";

/** @typedef {import("../state/types.js").Refusal} Refusal */

/** Fields whose names on the page are not their own. */
const NAMES = /** @type {Record<string, string>} */ ({
  max_steps: "steps", min_step_size: "smallest step", target_loss: "loss to reach", domain: "window", batch_size: "points a step", noise: "noise on the gradient",
});

/** A number as the page prints it; anything else as it came. @param {string} text */
const printed = (text) => (text !== "" && Number.isFinite(Number(text)) ? grouped(Number(text)) : text);

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {Refusal} refusal @returns {string} the name of what was refused; empty where no field is named */
function nameOf({ loc }) {
  const name = loc.filter((part) => typeof part === "string").at(-1);
  return typeof name === "string" && name !== "query" && name !== "body" ? (NAMES[name] ?? symbol(name)) : "";
}

/** "problem.surface is not a surface; allowed: bowl, ...; got "hill"", without all there are. @param {Refusal} refusal @returns {string | null} */
function unknownName({ msg }) {
  const found = msg.match(/ is not an? ([^;]+); allowed: .*; got "?(.*?)"?$/s);
  return found && `There is no ${found[1]} called “${found[2]}”.`;
}

/** What the API has and this page not. @param {Refusal} refusal */
const notHere = ({ loc }) => (loc.includes("network") || loc.includes("plane") ? "This page does not show networks yet; the API trains them." : null);

/**
 * "stop.max_steps must be a whole number, in [1, 100000]; got 0" is "Steps: a whole number from 1 to 100,000, not 0."
 * @param {Refusal} refusal @returns {string}
 */
export function inPlainWords(refusal) {
  const known = notHere(refusal) ?? startWords(refusal) ?? unknownName(refusal);
  if (known) return known;
  const parts = refusal.msg.match(/^(\S+) must be (.*?)(?:; got (.*))?$/s);
  const said = parts ? `${nameOf(refusal) || parts[1]}: ${parts[2]}${parts[3] === undefined ? "" : `, not ${printed(parts[3])}`}` : refusal.msg.replace(/^optimizers\[\d+\]\.?/, "");
  return capital(said.replace(/,? in \[(\S+), (\S+)\]/, (_, low, high) => ` from ${printed(low)} to ${printed(high)}`)).replace(/\.?$/, ".");
}

/** Beside the very field that it is about: without its name. @param {Refusal} refusal @returns {string} */
export function inShort({ msg }) {
  return capital(msg.replace(/^\S+ is not a formula: /, "").replace(/ Allowed are .*$/s, "").replace(/^optimizers\[\d+\]\.?/, ""));
}
