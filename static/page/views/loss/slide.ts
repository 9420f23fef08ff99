/** The loss chart as it is taken home. */

import type { Slide } from "../../marks/svgFile.ts";
import { isShown, type LossContent, lossTitle } from "./chart.ts";

/** @param base  of its axis */
export function lossSlide({ scene: { runs, problem }, counted }: LossContent, base?: number): Slide {
  const key = runs.filter(isShown).map(({ slot, name }) => ({ slot, text: name, marked: true }));
  const head = `${problem.label}: ${lossTitle(base).toLowerCase()} against ${counted?.title ?? "step"}`;
  return { title: "Loss", head, key };
}
