/** What the server has against a request, as the page says it: fields by their names here, without all that is allowed. */
import { grouped } from "../math/format.js";
import { formulaFault } from "./formulaFault.js";
import { inRangeWords } from "./range.js";
import { startWords } from "./startTrouble.js";
import { symbol } from "./symbol.js";

/** @typedef {import("../state/types.js").Refusal} Refusal */

/** Fields whose names on the page are not their own. */
const NAMES = /** @type {Record<string, string>} */ ({
  max_steps: "steps", min_step_size: "smallest step", target_loss: "loss to reach", domain: "window", batch_size: "points a step", noise: "noise on the gradient",
});

/** A number as the page prints it; anything else as it came. @param {string} text */
const printed = (text) => (text !== "" && Number.isFinite(Number(text)) ? grouped(Number(text)) : text);

/** A letter of a textbook stays as it is: β is no Β. @param {string} text */
const capital = (text) => text.replace(/^[a-z]/, (first) => first.toUpperCase());

/** @param {Refusal} refusal @returns {string} the name of what was refused; empty where no field is named */
function nameOf({ loc }) {
  const name = loc.filter((part) => typeof part === "string").at(-1);
  return typeof name === "string" && name !== "query" && name !== "body" ? (NAMES[name] ?? symbol(name)) : "";
}

/** The server's own words, without the number of the run. @param {Refusal} refusal */
const asSaid = ({ msg }) => msg.replace(/^optimizers\[\d+\]\.?/, "");

/** What a number may be, as the server tells it. @param {{low: number | null, high: number | null, low_open: boolean, high_open: boolean, whole: boolean}} range */
const rangeWords = ({ low, high, low_open, high_open, whole }) => inRangeWords({
  whole, ...(low === null ? {} : { [low_open ? "above" : "least"]: low }), ...(high === null ? {} : { [high_open ? "below" : "most"]: high }),
});

/** What the page says in its own way, by the code of the server. @type {Record<string, (refusal: Refusal) => string>} */
const WORDS = {
  unknown_name: ({ ctx: { what, got, nearest } }) => `There is no ${what.replaceAll("_", " ")} called “${got.replace(/^"|"$/g, "")}”.${nearest ? ` Did you mean ${nearest.join(" or ")}?` : ""}`,
  wrong_count: (refusal) => `${nameOf(refusal)}: ${refusal.ctx.count} number${refusal.ctx.count === 1 ? "" : "s"} (${refusal.ctx.names.join(", ")}), not ${refusal.ctx.got}`,
  not_a_number: numberWords, not_whole: numberWords, out_of_range: numberWords,
};

/** "Steps: a whole number from 1 to 100,000, not 0" @param {Refusal} refusal */
function numberWords(refusal) {
  return `${nameOf(refusal)}: ${rangeWords(refusal.ctx.range)}, not ${printed(refusal.ctx.got)}`;
}

/** What the API has and this page not. @param {Refusal} refusal */
const notHere = ({ loc }) => (loc.includes("network") || loc.includes("plane") ? "This page does not show networks yet; the API trains them." : null);

/** @param {Refusal} refusal @returns {string} */
export function inPlainWords(refusal) {
  const known = notHere(refusal) ?? startWords(refusal);
  if (known) return known;
  const said = WORDS[refusal.type]?.(refusal) ?? asSaid(refusal);
  return capital(said).replace(/([^.?])$/, "$1.");
}

/** Beside the very field that it is about: without its name. @param {Refusal} refusal @returns {string} */
export function inShort(refusal) {
  return formulaFault(refusal) ?? capital(asSaid(refusal));
}
