/** The loss chart as it is taken home. */

import type { Slide } from "../../marks/svgFile.ts";
import type { Count, Scene } from "../../state/types.ts";
import { AXIS_TITLES, lossTitle } from "./chart.ts";
import { isShown } from "./content.ts";

/** @param base  of its axis */
export function lossSlide({ runs, problem }: Scene, count: Count = "steps", base?: number): Slide {
  const key = runs.filter(isShown).map(({ slot, name }) => ({ slot, text: name, marked: true }));
  const head = `${problem.label}: ${lossTitle(base).toLowerCase()} against ${AXIS_TITLES[count]}`;
  return { title: "Loss", head, key };
}
