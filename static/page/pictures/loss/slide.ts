/** The loss chart as it is taken home. */

import type { Slide } from "../../marks/svgFile.ts";
import { AXIS_TITLES, isShown, type LossContent, lossTitle } from "./chart.ts";

/** @param base  of its axis */
export function lossSlide({ scene: { runs, problem }, counted }: LossContent, base?: number): Slide {
  const key = runs.filter(isShown).map(({ slot, name }) => ({ slot, text: name, marked: true }));
  const head = `${problem.label}: ${lossTitle(base).toLowerCase()} against ${AXIS_TITLES[counted?.count ?? "steps"]}`;
  return { title: "Loss", head, key };
}
