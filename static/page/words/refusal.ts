/** The server's errors in the page's words: fields by their names on the page, without their limits. */

import { formatGrouped } from "../math/format.ts";
import { capitalized, countInWords, symbol } from "../math/text.ts";
import type { Refusal } from "../state/types.ts";
import { inRangeWords } from "./range.ts";
import { startFaultWords } from "./startFault.ts";

/** Fields with another name on the page. */
const NAMES = {
  max_steps: "steps",
  min_step_size: "smallest step",
  target_loss: "loss to reach",
  domain: "window",
  batch_size: "points a step",
  first_points: "points there yet",
  noise: "noise on the gradient",
  hidden: "neurons of a hidden layer",
} as Record<string, string>;

/** A number in the page's format; any other text unchanged. */
const printed = (text: string) => (text !== "" && Number.isFinite(Number(text)) ? formatGrouped(Number(text)) : text);

/** @returns the name of the refused field; empty where none is named */
function nameOf({ loc }: Refusal): string {
  const name = loc.filter((part) => typeof part === "string").at(-1);
  return typeof name === "string" && name !== "query" && name !== "body" ? (NAMES[name] ?? symbol(name)) : "";
}

/** The server's message, without the index of the run. */
const serverMessage = ({ msg }: Refusal) => msg.replace(/^optimizers\[\d+\]\.?/, "");

/** The range of a number, as in the server's error. */
type WireRange = { low: number | null; high: number | null; low_open: boolean; high_open: boolean; whole: boolean };

const rangeWords = ({ low, high, low_open, high_open, whole }: WireRange) =>
  inRangeWords({
    whole,
    ...(low === null ? {} : { [low_open ? "above" : "least"]: low }),
    ...(high === null ? {} : { [high_open ? "below" : "most"]: high }),
  });

/** Messages in words of the page, by the server's error code. */
const WORDS: Record<string, (refusal: Refusal) => string> = {
  unknown_name({ ctx: { what, got, nearest } }) {
    const suggestion = nearest ? ` Did you mean ${nearest.join(" or ")}?` : "";
    return `There is no ${what.replaceAll("_", " ")} called “${got.replace(/^"|"$/g, "")}”.${suggestion}`;
  },
  wrong_count(refusal) {
    const { count, names, got } = refusal.ctx;
    return `${nameOf(refusal)}: ${countInWords(count, "number")} (${names.join(", ")}), not ${got}`;
  },
  not_a_number: numberWords,
  not_whole: numberWords,
  out_of_range: numberWords,
};

/** @returns such as "Steps: a whole number from 1 to 100,000, not 0" */
function numberWords(refusal: Refusal): string {
  return `${nameOf(refusal)}: ${rangeWords(refusal.ctx.range)}, not ${printed(refusal.ctx.got)}`;
}

/** The message beside its field: without the field's name, and for a formula without the list of allowed names. */
export const shortRefusal = (refusal: Refusal): string => capitalized(refusal.ctx.in_short ?? serverMessage(refusal));

export function refusalSentence(refusal: Refusal): string {
  const startSentence = startFaultWords(refusal);
  if (startSentence) return startSentence;
  const sentence = WORDS[refusal.type]?.(refusal) ?? serverMessage(refusal);
  return capitalized(sentence).replace(/([^.?])$/, "$1.");
}

export const refusalWords = (errors: Refusal[]): string => errors.map(refusalSentence).join(" ");

/** Why the quantities of a run are not available. */
export function tooLongWords(refusals: Refusal[]): string {
  const long = refusals.find(({ type }) => type === "too_many_numbers");
  return long
    ? `the run is too long to be drawn whole. Let it stop after ${formatGrouped(long.ctx.steps)} steps at the most.`
    : refusals.map(({ msg }) => msg).join(" ");
}
