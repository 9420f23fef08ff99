/** Evidence in the loss chart: goals, levels and moments. */

import { type Look, widthOf } from "../../marks/look.ts";
import {
  dot,
  group,
  type Mark,
  type Place,
  path,
  rectangle,
  runInk,
  runMarker,
  STRONG,
  segment,
  words,
} from "../../marks/mark.ts";
import { createOccupancy, type Line, type Occupancy } from "../../marks/occupancy.ts";
import { inRow } from "../../marks/row.ts";
import { PIXELS } from "../../marks/scales.ts";
import { spotsBeside } from "../../marks/spots.ts";
import { boxAround } from "../../math/box.ts";
import { formatExact } from "../../math/format.ts";
import { type Counts, countAt } from "../../math/series.ts";
import { endLossText, stepReaching } from "../../state/evidenceValues.ts";
import type { Evidence, EvidenceInChart, EvidenceOf, Run, Scene } from "../../state/types.ts";
import type { PlacedChart } from "../chart/lineChart.ts";
import { type Axis, type Tick, xOf, yOf } from "../chart/plot.ts";
import { isShown } from "./content.ts";

/** Within so many nominal pixels a number of the axis makes way for a number of the evidence. */
const CLEAR = 30;

/**
 * Space below a chart for numbers that are no ticks of its axis.
 * @param evidenceTicks  these numbers
 * @param width  nominal pixels
 */
export function besideNumbers(axis: Axis, evidenceTicks: Tick[], width: number): Axis {
  const free = axis.ticks.filter((tick) => evidenceTicks.every(({ at }) => Math.abs(at - tick.at) * width > CLEAR));
  const ticks = [...free, ...evidenceTicks.map(({ at, text }) => ({ at, text: "\u2007".repeat(text.length) }))];
  return { ...axis, ticks: ticks.sort((tick, other) => tick.at - other.at) };
}

/** A run is at a goal: the step, and how far along the axis that is. */
type Flag = { run: number; step: number; along: number; loss: number };

const DOTS = { stroke: "ink", width: 1.4, dash: [1.4, 4.2] } as const;
/** A loss beside the axis nearer than so many nominal pixels to one of the evidence makes way for it. */
const APART = 11;
/** Nominal pixels from the axis down to its numbers, and between two of them. */
const [BELOW, BETWEEN] = [12, 8];
/** From one loss of the evidence beside the axis to the next. */
const LINE = 12;
/** From the middle of the dot of a moment to its words; of that dot; from the sides of the chart to words above it. */
const [OFF, DOT, INSET] = [6, 5, 4];
/** Of the height of the numbers of epochs. */
const EPOCHS = 16;

const goals = (evidence: Evidence[]) => evidence.filter((item) => item.kind === "goal");

/** @param runs  as they are drawn @param counts  along the axis */
function flagsOf(scene: Scene, counts: Counts[]): Flag[] {
  return goals(scene.shownEvidence).flatMap(({ loss, stays, runs: goalRuns }) =>
    scene.shownRuns.flatMap((run: Run, k): Flag[] => {
      if (!isShown(run) || (goalRuns && !goalRuns.includes(k))) return [];
      const step = loss === null ? (run.end ? run.length - 1 : null) : stepReaching(run, loss, stays);
      if (step === null) return [];
      return [{ run: k, step, along: countAt(step, counts[k]), loss: loss ?? run.columns.loss[step] }];
    }),
  );
}

/**
 * The flags with the numbers below them, which keep apart; flags at one place have one number.
 * @param width  of the axis, in pixels
 * @returns x of a flag, and middle of its number: pixels from the beginning of the axis
 */
function numbersBelow(axis: Axis, flags: Flag[], width: number, look: Look) {
  const numbers = flags.flatMap((flag, k) => {
    const x = axis.place(flag.along) * width;
    const isFirst = flags.findIndex(({ along }) => along === flag.along) === k;
    return x <= width ? [{ ...flag, text: isFirst ? formatExact(flag.along) : "", x }] : [];
  });
  const withText = numbers.filter(({ text }) => text);
  const widest = Math.max(0, ...withText.map(({ text }) => widthOf(look, text, STRONG)));
  const places = withText.map(({ x }) => x);
  const middles = inRow(places, widest + BETWEEN * look.scale, 0, width + widest / 2);
  return numbers.map((number) => ({ ...number, middle: middles[places.indexOf(number.x)] }));
}

/** @returns with space in place of numbers where those of the evidence stand; width in nominal pixels */
export function stepsBeside(axis: Axis, scene: Scene, counts: Counts[], width: number, look: Look): Axis {
  const numbers = numbersBelow(axis, flagsOf(scene, counts), width, { ...look, scale: 1 });
  return besideNumbers(
    axis,
    numbers.map(({ middle, text }) => ({ at: middle / width, text })),
    width,
  );
}

/** The goals with a line across the chart, one for each loss. */
function goalLosses({ wholeEvidence }: Scene) {
  const withLine = goals(wholeEvidence).flatMap(({ loss, text, runs }) =>
    loss === null || runs ? [] : [{ loss, text }],
  );
  return withLine.filter(({ loss }, k) => withLine.findIndex((other) => other.loss === loss) === k);
}

/**
 * The goals whose losses stand beside the axis, which keep apart.
 * @param height  of the axis, in pixels
 * @returns level of a goal, and middle of its number: pixels from the top
 */
function numbersBeside(axis: Axis, scene: Scene, height: number, scale: number) {
  const different = goalLosses(scene);
  const levels = different.map(({ loss }) => (1 - axis.place(loss)) * height);
  const middles = inRow(levels, LINE * scale, 0, height);
  return different.map(({ text }, k) => ({ text, level: levels[k], middle: middles[k] }));
}

export function lossesBeside(axis: Axis, scene: Scene, height: number): Axis {
  const numbers = numbersBeside(axis, scene, height, 1);
  const isFree = (at: number) => numbers.every(({ middle }) => Math.abs(middle - (1 - at) * height) > APART);
  return { ...axis, ticks: axis.ticks.filter(({ at }) => isFree(at)) };
}

/** @returns what is told of the end of a run; empty where nothing is */
export function endText({ shownEvidence }: Scene, run: Run): string {
  const ends = shownEvidence.find((item) => item.kind === "ends");
  return ends ? endLossText(run, ends.least) : "";
}

/**
 * A line at the goal, its loss beside the axis, and, once that may be seen, stems at the steps at which runs are there.
 */
function goalMarks(chart: PlacedChart, scene: Scene, counts: Counts[], strip: number): Mark[] {
  const { box, look } = chart;
  const { scale } = look;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const lines = numbersBeside(chart.y, scene, box.height, scale).flatMap(({ text, level, middle }): Mark[] => {
    const [y, at] = [box.top + level, box.top + middle];
    return [
      segment([box.left, y], [right, y], DOTS),
      ...(at === y ? [] : [segment([box.left - (strip + 4) * scale, at], [box.left, y], { stroke: "ink", width: 1 })]),
      words([box.left - (strip + 7) * scale, at], text, { ...STRONG, anchor: "end", of: "evidence" }),
    ];
  });
  const numbers = numbersBelow(chart.x, flagsOf(scene, counts), box.width, look);
  return [
    ...lines,
    ...numbers.flatMap(({ run, loss, text, ...number }): Mark[] => {
      const [x, middle, top] = [box.left + number.x, box.left + number.middle, Math.min(bottom, yOf(chart, loss))];
      return [
        path(
          [
            [x, top],
            [x, bottom],
            [middle, bottom + 5 * scale],
          ],
          { stroke: "ink", width: 1.1 },
        ),
        runMarker([x, top], scene.shownRuns[run].slot, 4.6, true),
        ...(text
          ? [
              words([middle, bottom], text, {
                ...STRONG,
                anchor: "middle",
                shift: [0, BELOW],
                of: "evidence",
              }),
            ]
          : []),
      ];
    }),
  ];
}

/** @returns the level of a run, if it is shown */
export const levelOf = ({ shownEvidence }: Scene, run: number): EvidenceOf<"level"> | undefined =>
  shownEvidence.find((item): item is EvidenceOf<"level"> => item.kind === "level" && item.run === run);

/** @returns what stands behind the name of the run of a level: its words, if they are a value alone */
export const toldInName = ({ text }: EvidenceOf<"level">) => (/^[\d.]+ %$/.test(text) ? text : "");

/** The loss about which a run stays, over the steps in which it does. Longer words stand above the lines. */
function levelMarks(chart: PlacedChart, mark: EvidenceOf<"level">, { slot }: Run, counts: Counts): Mark[] {
  const { look, box } = chart;
  const y = yOf(chart, mark.loss);
  const [first, last] = [mark.first, mark.last].map((step) => Math.min(xOf(chart, step, counts), box.left + box.width));
  const bar = { stroke: runInk(slot), width: 2.4, casing: { stroke: "paper", width: 5 } } as const;
  if (toldInName(mark)) return [segment([first, y], [last, y], bar)];
  const size = { width: widthOf(look, mark.text, STRONG), height: (STRONG.size + 3) * look.scale };
  const left = Math.max(box.left, Math.min(first, box.left + box.width - size.width));
  const corners: Place[] = [
    [first, box.top + size.height],
    [first, y],
    [last, y],
  ];
  return [
    path(corners, bar),
    rectangle({ left, top: box.top, ...size }, { fill: "paper" }),
    words([left, box.top + size.height / 2], mark.text, { ...STRONG, of: "evidence" }),
  ];
}

/** The space for words beside moments, without numbers of epochs and other moments. */
function spaceFor(chart: PlacedChart, places: Place[]): Occupancy {
  const {
    box,
    look: { scale },
  } = chart;
  const [left, top] = [box.left, 0];
  const space = createOccupancy({ left, top, width: box.width, height: box.top + box.height });
  space.markWords({ left, top: box.top + box.height - EPOCHS * scale, width: box.width, height: EPOCHS * scale });
  for (const [x, y] of places) space.markWords(boxAround(x, y, DOT * scale));
  return space;
}

const isSteep = ([x0, y0, x1, y1]: Line) => Math.abs(y1 - y0) >= Math.abs(x1 - x0) / 2;

/** A dot for each moment, with its words above it, beside it, or led to by a line, where there is room. */
function momentMarks(chart: PlacedChart, moments: EvidenceOf<"moment">[], counts: Counts[]): Mark[] {
  const { box, look } = chart;
  const { scale } = look;
  const places = moments.map(({ step, loss, run }): Place => [xOf(chart, step, counts[run ?? 0]), yOf(chart, loss)]);
  const space = spaceFor(chart, places);
  return moments.flatMap(({ text }, k): Mark[] => {
    const [at, size] = [places[k], [widthOf(look, text, STRONG), STRONG.size * scale] as const];
    const [width, height] = size;
    const [first, last] = [box.left + INSET * scale, box.left + box.width - INSET * scale - width];
    const left = Math.max(first, Math.min(last, at[0] - width / 2));
    const above = { left, top: at[1] - OFF * scale - height, width, height };
    // A flat leader before a number would look like a minus sign.
    const beside = [...spotsBeside({ at, size, gap: OFF + 2, scale })].filter(
      ({ leader }) => !leader || isSteep(leader),
    );
    const spots = [{ box: above, cost: -1, leader: undefined }, ...beside];
    const { box: placed, leader } = space.place(spots) ?? spots[0];
    return [
      dot(at, DOT, { stroke: "ink", width: 1.6, fill: "paper" }),
      ...(leader
        ? [segment([leader[0], leader[1]], [leader[2], leader[3]], { stroke: "ink", width: 0.8, of: "leader" })]
        : []),
      words([placed.left, placed.top + height / 2], text, { ...STRONG, of: "evidence" }),
    ];
  });
}

/** strip: nominal pixels between the numbers at the left and the chart */
type Drawing = { chart: PlacedChart; scene: Scene; counts: Counts[]; strip: number };

/** Draws all evidence of a kind. Written as a method, so that all kinds can be asked alike. */
type ChartMarking<E extends Evidence> = { of(items: E[], drawing: Drawing): Mark[] }["of"];

const IN_CHART: { [K in EvidenceInChart["kind"]]: ChartMarking<EvidenceOf<K>> } = {
  goal: (_, { chart, scene, counts, strip }) => goalMarks(chart, scene, counts, strip),
  level: (levels, { chart, scene: { shownRuns }, counts }) =>
    levels.flatMap((level) =>
      isShown(shownRuns[level.run]) ? levelMarks(chart, level, shownRuns[level.run], counts[level.run]) : [],
    ),
  moment: (moments, { chart, counts }) => momentMarks(chart, moments, counts),
  // It stands behind the names of lines (`endText`).
  ends: () => [],
};

export function evidenceInChart(drawing: Drawing): Mark {
  const { shownEvidence } = drawing.scene;
  const markings: [string, ChartMarking<Evidence>][] = Object.entries(IN_CHART);
  const marks = markings.flatMap(([markedKind, marked]) =>
    marked(
      shownEvidence.filter(({ kind }) => kind === markedKind),
      drawing,
    ),
  );
  return group(marks, { scales: PIXELS });
}
