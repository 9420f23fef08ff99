/**
 * What a loss chart has besides its lines, each in a file of its own: few charts have any of it, so the panel fetches
 * this with the first that does.
 */

import type { Mark } from "../../marks/mark.ts";
import type { Counts } from "../../math/series.ts";
import type { Scene } from "../../state/types.ts";
import type { PlacedChart } from "../chart/lineChart.ts";
import { preparedMarks } from "./before.ts";
import { type LossContent, STRIP } from "./chart.ts";
import { epochMarks } from "./epochs.ts";
import { evidenceInChart } from "./evidence.ts";
import { guessedSteps } from "./guesses.ts";
import { bandMarks } from "./seeds.ts";

export { epochsIn } from "../../state/epochs.ts";
export { floorOf, leastOf } from "../../state/evidenceValues.ts";
export { ghostMarks } from "./before.ts";
export { endText, lossesBeside, stepsBeside } from "./evidence.ts";
export { roomOfGuesses } from "./guesses.ts";

/** @param counts  along the axis, of each run */
export const marksBehind = (
  chart: PlacedChart,
  { scene, counted, bands, epochs }: Pick<LossContent, "scene" | "counted" | "bands" | "epochs">,
  counts: Counts[],
): Mark[] => [
  epochMarks(chart, epochs?.ends ?? [], counts[epochs?.run ?? 0]),
  bandMarks(chart, scene.runs, bands, counts, counted?.count === "samples"),
  ...(scene.prepared.length ? [preparedMarks(chart, scene, counted?.prepared ?? [])] : []),
];

/** The marks of what many guessed and of the evidence. */
export const evidenceMarks = (chart: PlacedChart, scene: Scene, counts: Counts[]): Mark[] => [
  ...(scene.guesses ? [guessedSteps(chart, scene, counts)] : []),
  ...(scene.expected.length ? [evidenceInChart(chart, scene, counts, STRIP)] : []),
];
