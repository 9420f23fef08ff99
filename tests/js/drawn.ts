/**
 * From scenes on standard input: which numbers that their sentences set strong are not drawn, and which words on the
 * map lie over one another, on a laptop, a phone and walls.
 */

import { readFileSync } from "node:fs";
import type { Look } from "../../static/page/marks/look.ts";
import { SIZE, widthOf } from "../../static/page/marks/look.ts";
import { group, type Mark } from "../../static/page/marks/mark.ts";
import { overlap } from "../../static/page/math/box.ts";
import { COLOURS } from "../../static/page/math/palette.ts";
import { lineChartMarks } from "../../static/page/pictures/chart/lineChart.ts";
import { lossChartOf } from "../../static/page/pictures/loss/chart.ts";
import { createLayers } from "../../static/page/pictures/map/allLayers.ts";
import { BARE, stillGroundOf } from "../../static/page/pictures/map/ground/background.ts";
import { layerMarks } from "../../static/page/pictures/map/layers.ts";
import { createMapPicture } from "../../static/page/pictures/map/mapPicture.ts";
import type { MapLook } from "../../static/page/pictures/map/style.ts";
import { markedParts } from "../../static/page/words/markedNumbers.ts";
import { partOf } from "./part.ts";

const NUMBER = /[-−]?\d+(?:,\d{3})*(?:\.\d+)?/g;

/** Of the height of letters, of their size. */
const LETTERS = 0.7;

const plain = (number: string) => number.replaceAll(",", "").replace("-", "−");

/** Pixels of the map and of the loss chart beside it, and how large their type is. */
const PAGES = {
  phone: { scale: 1, map: [390, 344], box: { left: 0, top: 0, right: 0, bottom: 0 }, loss: [366, 236] },
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

/** Words and where they stand, in pixels; those of a line that is turned are left out. */
function standing(marks: Mark[], look: Look): { text: string; box: any }[] {
  return marks.flatMap((mark) => {
    if (mark.kind === "group") return standing(mark.marks, look);
    if (mark.kind !== "words" || mark.turn) return [];
    const { text, size = SIZE, anchor = "start", at, shift = [0, 0] } = mark;
    const width = widthOf(look, text, mark);
    const before = { start: 0, middle: width / 2, end: width }[anchor];
    const high = LETTERS * size * look.scale;
    const [left, middle] = [at[0] + shift[0] * look.scale - before, at[1] + shift[1] * look.scale];
    return [{ text: said([mark]).join(""), box: { left, top: middle - high / 2, width, height: high } }];
  });
}

/** @returns which of them lie over one another */
function over(words: { text: string; box: any }[]): string[] {
  return words.flatMap((one, k) =>
    words.slice(k + 1).flatMap((other) => (overlap(one.box, other.box) ? [`${one.text} | ${other.text}`] : [])),
  );
}

function onMap(
  scene: any,
  { scale, map: [width, height], box: { left, top, right, bottom } }: any,
): { drawn: string[]; over: string[] } {
  const box = {
    left: left * scale,
    top: top * scale,
    width: width - (left + right) * scale,
    height: height - (top + bottom) * scale,
  };
  const colours = COLOURS.day;
  const look = partOf<MapLook>({
    theme: "day",
    colours,
    family: "serif",
    scale,
    compact: scale > 1 || width < 520,
    width,
    height,
    box,
    ratio: 1,
  });
  const picture = createMapPicture(() => group([]));
  const layout = picture.layOut(scene, look);
  const playhead = { step: scene.steps };
  const layers = createLayers();
  const { groundWords } = stillGroundOf(layout, BARE, null);
  const moment = picture.moment(layout, groundWords, layers, { playhead, hit: null, pointedMinima: [] });
  const ofSentence = layers.filter(({ name }) => name === "evidence" || name === "enlarged");
  return {
    drawn: said(layerMarks({ ...moment, stillMap: { ...moment.stillMap, layers: ofSentence } })),
    over: over(standing(layerMarks(moment), look)),
  };
}

function onChart(scene: any, { scale, loss: [width, height] }: any): string[] {
  const look = { colours: COLOURS.day, family: "serif", scale };
  const counted = scene.counts ? { count: "samples" as const, runs: scene.counts, ghosts: [], prepared: [] } : null;
  const content = { scene, counted, bands: null, epochs: null };
  const chart = lossChartOf({ ...content, size: { width, height }, look });
  return said(lineChartMarks(chart, { at: scene.steps, valuesAt: scene.steps, highlighted: null, hit: null }));
}

function sceneOf({ sentence: _, counts, runs, evidence, ...given }: any) {
  const wholeRuns = runs.map((run: any) => ({
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
  const shared = {
    ghosts: [],
    prepared: [],
    dwells: [],
    guess: null,
    guesses: null,
    bundle: null,
    endsOfRates: [],
    hasHiddenRows: false,
    plane: null,
  };
  const { curve } = given;
  return {
    ...shared,
    ...given,
    minima: given.problem.minima,
    landscape: curve && { x: Float64Array.from(curve.x), y: null, loss: Float64Array.from(curve.loss) },
    shownRuns: wholeRuns,
    wholeRuns,
    shownEvidence: evidence,
    wholeEvidence: evidence,
    levels: { kind: "decades", base: 0, values: [1] },
    counts: counts?.map((size: number) => Float64Array.of(0, size)),
    theme: "day",
    selected: null,
    scale: 1,
  };
}

function check(given: any) {
  const scene = sceneOf(given);
  const marked = markedParts(given.sentence, scene, scene.counts).filter((part) => part.marked);
  const limits = scene.shownEvidence.flatMap((mark: any) => (mark.kind === "limit" ? [mark.text] : []));
  const pages = Object.entries(PAGES).map(([page, size]) => {
    const map = onMap(scene, size);
    const numbers = new Set([...limits, ...map.drawn, ...onChart(scene, size)].join(" ").match(NUMBER)?.map(plain));
    const missing = marked.flatMap(({ text }) => (numbers.has(plain(text)) ? [] : [text]));
    return { page: `${given.name}, ${page}`, missing, over: map.over };
  });
  return pages;
}

const found = JSON.parse(readFileSync(0, "utf8")).map(check);
console.log(JSON.stringify(found.flat()));
