/** Names of a rule as a textbook prints them. */

import { lowered, symbol } from "../math/text.ts";

const HAT = "\u0302";

/** Of a network: layer, neuron, and for a weight where it comes from. */
const WEIGHT = /\b([wb])(\d+(?:_\d+)+)\b/g;

/** @param text  with names of parameters as the API has them @returns as formulas do: "w₁,₂,₁" for "w1_2_1" */
export const asWritten = (text: string): string =>
  text.replace(WEIGHT, (_, letter, places) => letter + places.split("_").map(lowered).join(","));

export type Letter = { stem: string; below: string };

/**
 * A name for where no formula can be set, as on a canvas.
 * @param name  "m_hat", "v_max", "beta1"
 * @returns "m̂"; "v" with "max" below; "β₁"
 */
export function letterOf(name: string): Letter {
  if (asWritten(name) !== name) return { stem: name[0], below: name.slice(1).replace(/_/g, ",") };
  const [stem, ...rest] = name.split("_");
  const hat = rest[0] === "hat";
  return { stem: symbol(stem) + (hat ? HAT : ""), below: rest.slice(hat ? 1 : 0).join(" ") };
}

/** As the map's title has it: of a loss over data L, of a surface f. */
export const lossLetter = (overData: boolean): string => (overData ? "L" : "f");
