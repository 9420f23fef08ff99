/** From scenes on standard input: which numbers that their sentences set strong are drawn, on a laptop and on walls. */
import { readFileSync } from "node:fs";
import type { Mark } from "../../static/page/marks/mark.ts";
import { COLOURS } from "../../static/page/math/palette.ts";
import { lineChartMarks } from "../../static/page/views/chart/lineChart.ts";
import { lossChartOf } from "../../static/page/views/loss/chart.ts";
import * as seldom from "../../static/page/views/loss/seldom.ts";
import { evidenceMarks } from "../../static/page/views/map/evidence.ts";
import { axesOf } from "../../static/page/views/map/mapAxes.ts";
import { placeMinima } from "../../static/page/views/map/minima.ts";
import { bareRoom, standingRoom } from "../../static/page/views/map/moment.ts";
import { createNaming } from "../../static/page/views/map/naming.ts";
import { placeStart, startOn, startText } from "../../static/page/views/map/start.ts";
import { tickEveryOf } from "../../static/page/views/map/ticks.ts";
import { createTraces } from "../../static/page/views/map/trace.ts";
import { markedParts } from "../../static/page/words/told.ts";

const NUMBER = /[-−]?\d+(?:,\d{3})*(?:\.\d+)?/g;

const plain = (number: string) => number.replaceAll(",", "").replace("-", "−");

/** Pixels of the map and of the loss chart beside it, and how large their type is. */
const PAGES = {
  laptop: { scale: 1, map: [646, 560], box: { left: 48, top: 24, right: 10, bottom: 28 }, loss: [420, 236] },
  wall: { scale: 28 / 12, map: [1112, 1032], box: { left: 5, top: 5, right: 5, bottom: 5 }, loss: [708, 500] },
  "small wall": { scale: 1.5, map: [560, 738], box: { left: 5, top: 5, right: 5, bottom: 5 }, loss: [398, 370] },
};

function said(marks: Mark[]): string[] {
  return marks.flatMap((mark) => {
    if (mark.kind === "group") return said(mark.marks);
    if (mark.kind !== "words") return [];
    return typeof mark.text === "string" ? [mark.text] : [mark.text.map(({ text }) => text).join("")];
  });
}

function onMap(scene: any, { scale, map: [width, height], box: { left, top, right, bottom } }: any): string[] {
  const box = {
    left: left * scale,
    top: top * scale,
    width: width - (left + right) * scale,
    height: height - (top + bottom) * scale,
  };
  const colours = COLOURS.day;
  const look: any = { theme: "day", colours, family: "serif", scale, compact: scale > 1, width, height, box, ratio: 1 };
  const axes = axesOf(scene);
  const area = axes.area(scene, box);
  const traces = createTraces()(scene, axes, area);
  const given: any = { scene, axes, area, traces, look, labels: [], taken: [] };
  given.content = { look, focus: 0, hovering: false, tickEvery: tickEveryOf(traces, look), words: [] };
  const bare = bareRoom(given);
  const [x, y] = startOn(given);
  const start = placeStart(look, x, y, startText(scene.start), bare);
  given.startWords = start && { ...start, left: start.left - x, top: start.top - y };
  given.sinks = placeMinima(area, look, axes.minima(scene), bare);
  const ground = { ...given, onCurve: null, room: standingRoom(given), playhead: { step: Infinity } };
  const moving = ground.room.over();
  const names = createNaming().at(ground, scene.steps, moving);
  return said(evidenceMarks({ ...ground, names, moving }));
}

function onChart(scene: any, { scale, loss: [width, height] }: any): string[] {
  const look = { colours: COLOURS.day, family: "serif", scale };
  const counted = scene.counts ? { title: "samples seen", of: scene.counts, ghosts: [], prepared: [] } : null;
  const content = { scene, counted, bands: null, epochs: null, seldom };
  const chart = lossChartOf({ ...content, size: { width, height }, look });
  return said(lineChartMarks(chart, { at: scene.steps, read: scene.steps, highlighted: null, hit: null }));
}

function sceneOf({ sentence: _, counts, ...given }: any): any {
  const runs = given.runs.map((run: any) => ({
    ...run,
    hidden: false,
    phases: [{ from: 0, words: "", plain: false, noisy: false }],
    columns: {
      parameters: run.parameters.map((values: number[]) => Float64Array.from(values)),
      loss: Float64Array.from(run.loss),
      gradient: null,
      batch: null,
    },
  }));
  const shared = { ghosts: [], prepared: [], dwells: [], guess: null, hidesAhead: false, plane: null };
  const { curve } = given;
  return {
    ...shared,
    ...given,
    landscape: curve && { x: Float64Array.from(curve.x), y: null, loss: Float64Array.from(curve.loss) },
    runs,
    wholeRuns: runs,
    expected: given.evidence,
    levels: { kind: "decades", base: 0, values: [1] },
    counts: counts?.map((size: number) => Float64Array.of(0, size)),
    theme: "day",
    selected: null,
    scale: 1,
  };
}

const missing = JSON.parse(readFileSync(0, "utf8")).flatMap((given: any) => {
  const scene = sceneOf(given);
  const marked = markedParts(given.sentence, scene, scene.counts).filter((part) => part.marked);
  const limits = scene.evidence.flatMap((one: any) => (one.kind === "limit" ? [one.text] : []));
  return Object.entries(PAGES).flatMap(([page, size]) => {
    const drawn = [...limits, ...onMap(scene, size), ...onChart(scene, size)];
    const numbers = new Set(drawn.join(" ").match(NUMBER)?.map(plain));
    return marked.flatMap(({ text }) => (numbers.has(plain(text)) ? [] : [`${given.name}, ${page}: ${text}`]));
  });
});
console.log(JSON.stringify(missing));
