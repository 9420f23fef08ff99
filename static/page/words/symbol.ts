/** Names of a rule as textbooks print them. */

import { subscripted, symbol } from "../math/text.ts";

const HAT = "\u0302";

/** The name of a parameter of a network: its layer and neuron, and for a weight also its input. */
const WEIGHT = /\b([wb])(\d+(?:_\d+)+)\b/g;

/** @param text  with parameters by their names in the API @returns as in formulas: "w₁,₂,₁" for "w1_2_1" */
export const asWritten = (text: string): string =>
  text.replace(WEIGHT, (_, letter, places) => letter + places.split("_").map(subscripted).join(","));

export type Letter = { stem: string; below: string };

/**
 * A name for a place where no formula can be set, such as a canvas.
 * @param name  such as "m_hat", "v_max", "beta1"
 * @returns such as "m̂"; "v" with "max" below; "β₁"
 */
export function letterOf(name: string): Letter {
  if (asWritten(name) !== name) return { stem: name[0], below: name.slice(1).replace(/_/g, ",") };
  const [stem, ...rest] = name.split("_");
  const hat = rest[0] === "hat";
  return { stem: symbol(stem) + (hat ? HAT : ""), below: rest.slice(hat ? 1 : 0).join(" ") };
}

/** The letter of the loss in the title of the map: L over data, f on a surface. */
export const lossLetter = (overData: boolean): string => (overData ? "L" : "f");
