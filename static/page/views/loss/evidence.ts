/** What the sentence of a preset says of losses and steps, marked in the loss chart. */

import { widthOf } from "../../marks/look.ts";
import { dot, group, HALO, type Mark, type Place, path, runInk, runMarker, segment, words } from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { moveApart } from "../../math/apart.ts";
import { formatExact } from "../../math/format.ts";
import { type Counts, countAt } from "../../math/series.ts";
import { stepsTo } from "../../state/evidence.ts";
import { endShare } from "../../state/told.ts";
import type { Evidence, EvidenceOf, Run, Scene } from "../../state/types.ts";
import { type Axis, besideNumbers } from "../chart/axes.ts";
import type { PlacedChart } from "../chart/lineChart.ts";
import { xOf, yOf } from "../chart/lines.ts";
import { isShown } from "./axes.ts";

/** A run is at a goal: the step, and how far along the axis that is. */
type Flag = { run: number; step: number; along: number; loss: number };

const STRONG = { size: 13, weight: 600, fill: "ink" } as const;
const DOTS = { stroke: "ink", width: 1.4, dash: [1.4, 4.2] } as const;
/** A loss beside the axis nearer than so many nominal pixels to one of the evidence makes way for it. */
const APART = 11;
/** Nominal pixels from the axis down to its numbers, and between two of them; of the ticks at the ends of a level. */
const [BELOW, BETWEEN, TICK] = [12, 8, 5];

const goals = (evidence: Evidence[]) => evidence.filter((one) => one.kind === "goal");

/** @param runs  as they are drawn @param counts  along the axis */
function flagsOf(scene: Scene, counts: Counts[]): Flag[] {
  return goals(scene.evidence).flatMap(({ loss, stays, runs: of }) =>
    scene.runs.flatMap((run: Run, k): Flag[] => {
      if (!isShown(run) || (of && !of.includes(k))) return [];
      const step = loss === null ? (run.end ? run.length - 1 : null) : stepsTo(run, loss, stays);
      if (step === null) return [];
      return [{ run: k, step, along: countAt(step, counts[k]), loss: loss ?? run.columns.loss[step] }];
    }),
  );
}

/** @returns with room in place of numbers where those of the evidence stand; width in nominal pixels */
export const stepsBeside = (axis: Axis, scene: Scene, counts: Counts[], width: number): Axis =>
  besideNumbers(
    axis,
    flagsOf(scene, counts).map(({ along }) => along),
    width,
  );

export function lossesBeside(axis: Axis, scene: Scene, height: number): Axis {
  const levels = goals(scene.expected).flatMap(({ loss }) => (loss === null ? [] : axis.place(loss)));
  const isFree = (at: number) => levels.every((level) => Math.abs(level - at) * height > APART);
  return { ...axis, ticks: axis.ticks.filter(({ at }) => isFree(at)) };
}

/** @returns what is told of the end of a run; empty where nothing is */
export function endText({ evidence }: Scene, run: Run): string {
  const ends = evidence.find((one) => one.kind === "ends");
  return ends ? endShare(run, ends.least) : "";
}

/** The goal across the chart, its loss beside the axis; once it is told, stems to the steps at which runs are there. */
function goalMarks(chart: PlacedChart, scene: Scene, counts: Counts[], strip: number): Mark[] {
  const { box, look } = chart;
  const { scale } = look;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const lines = goals(scene.expected).flatMap(({ loss, text, runs }): Mark[] => {
    if (loss === null || runs) return [];
    const y = yOf(chart, loss);
    return [
      segment([box.left, y], [right, y], DOTS),
      words([box.left - (strip + 7) * scale, y], text, { ...STRONG, anchor: "end", halo: HALO, of: "evidence" }),
    ];
  });
  const flags = flagsOf(scene, counts).filter(({ along }) => chart.x.place(along) <= 1);
  const numbers = flags.map(({ along, run, loss }) => {
    const text = formatExact(along);
    const x = box.left + chart.x.place(along) * box.width;
    return { run, text, x, y: x, top: Math.min(bottom, yOf(chart, loss)), width: widthOf(look, text, STRONG) };
  });
  const widest = Math.max(0, ...numbers.map(({ width }) => width));
  moveApart(numbers, widest + BETWEEN * scale, box.left, right + widest / 2);
  return [
    ...lines,
    ...numbers.flatMap(({ run, text, x, y, top }): Mark[] => [
      path(
        [
          [x, top],
          [x, bottom],
          [y, bottom + 5 * scale],
        ],
        { stroke: "ink", width: 1.1 },
      ),
      runMarker([x, top], scene.runs[run].slot, 4.6, true),
      words([y, bottom], text, { ...STRONG, anchor: "middle", halo: HALO, shift: [0, BELOW], of: "evidence" }),
    ]),
  ];
}

/** About which loss a run stays, over which steps. */
function levelMarks(chart: PlacedChart, mark: EvidenceOf<"level">, { slot }: Run, counts: Counts): Mark[] {
  const { look, box } = chart;
  const y = yOf(chart, mark.loss);
  const ends = [mark.first, mark.last].map((step) => Math.min(xOf(chart, step, counts), box.left + box.width));
  const tick = TICK * look.scale;
  const bar = { stroke: runInk(slot), width: 2.4, casing: { stroke: "paper", width: 5 } } as const;
  return [
    segment([ends[0], y], [ends[1], y], bar),
    ...ends.map((x) => segment([x, y - tick], [x, y + tick], bar)),
    words([ends[1], y], mark.text, { ...STRONG, anchor: "end", halo: HALO, shift: [-4, -11], of: "evidence" }),
  ];
}

function momentMarks(chart: PlacedChart, { step, loss, text }: EvidenceOf<"moment">, counts: Counts): Mark[] {
  const at: Place = [xOf(chart, step, counts), yOf(chart, loss)];
  return [
    dot(at, 5, { stroke: "ink", width: 1.6, fill: "paper" }),
    words(at, text, { ...STRONG, anchor: "middle", halo: HALO, shift: [0, -13], of: "evidence" }),
  ];
}

/** @param strip  nominal pixels between the numbers at the left and the chart */
export function evidenceInChart(chart: PlacedChart, scene: Scene, counts: Counts[], strip: number): Mark {
  const others = scene.evidence.flatMap((one): Mark[] => {
    if (one.kind === "moment") return momentMarks(chart, one, counts[one.run ?? 0]);
    const run = one.kind === "level" && scene.runs[one.run];
    return run && isShown(run) ? levelMarks(chart, one, run, counts[one.run]) : [];
  });
  return group([...goalMarks(chart, scene, counts, strip), ...others], { scales: PIXELS });
}
