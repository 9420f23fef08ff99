/** What the server has against a request, in the page's words: fields by their names here, the limits left out. */

import { formatGrouped } from "../math/format.ts";
import { capital, counted, symbol } from "../math/text.ts";
import type { Refusal } from "../state/types.ts";
import { inRangeWords } from "./range.ts";
import { startWords } from "./startFault.ts";

/** Fields whose names on the page are not their own. */
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

/** A number as the page prints it; anything else as it came. */
const printed = (text: string) => (text !== "" && Number.isFinite(Number(text)) ? formatGrouped(Number(text)) : text);

/** @returns the name of what was refused; empty where no field is named */
function nameOf({ loc }: Refusal): string {
  const name = loc.filter((part) => typeof part === "string").at(-1);
  return typeof name === "string" && name !== "query" && name !== "body" ? (NAMES[name] ?? symbol(name)) : "";
}

/** The server's own words, without the number of the run. */
const asSaid = ({ msg }: Refusal) => msg.replace(/^optimizers\[\d+\]\.?/, "");

/** What a number may be, as the server tells it. */
type WireRange = { low: number | null; high: number | null; low_open: boolean; high_open: boolean; whole: boolean };

const rangeWords = ({ low, high, low_open, high_open, whole }: WireRange) =>
  inRangeWords({
    whole,
    ...(low === null ? {} : { [low_open ? "above" : "least"]: low }),
    ...(high === null ? {} : { [high_open ? "below" : "most"]: high }),
  });

/** What the page says in its own way, by the code of the server. */
const WORDS: Record<string, (refusal: Refusal) => string> = {
  unknown_name({ ctx: { what, got, nearest } }) {
    const meant = nearest ? ` Did you mean ${nearest.join(" or ")}?` : "";
    return `There is no ${what.replaceAll("_", " ")} called “${got.replace(/^"|"$/g, "")}”.${meant}`;
  },
  wrong_count(refusal) {
    const { count, names, got } = refusal.ctx;
    return `${nameOf(refusal)}: ${counted(count, "number")} (${names.join(", ")}), not ${got}`;
  },
  not_a_number: numberWords,
  not_whole: numberWords,
  out_of_range: numberWords,
};

/** "Steps: a whole number from 1 to 100,000, not 0" */
function numberWords(refusal: Refusal): string {
  return `${nameOf(refusal)}: ${rangeWords(refusal.ctx.range)}, not ${printed(refusal.ctx.got)}`;
}

/** Beside its field: without the name of it, and of a formula without all that is allowed there. */
export const inShort = (refusal: Refusal): string => capital(refusal.ctx.in_short ?? asSaid(refusal));

export function inPlainWords(refusal: Refusal): string {
  const known = startWords(refusal);
  if (known) return known;
  const said = WORDS[refusal.type]?.(refusal) ?? asSaid(refusal);
  return capital(said).replace(/([^.?])$/, "$1.");
}
