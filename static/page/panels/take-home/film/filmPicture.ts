/** The frames of a film: the map and the loss chart of the page, painted from their marks at the size of the film. */

import { paint } from "../../../marks/canvas.ts";
import type { Look } from "../../../marks/look.ts";
import type { Size } from "../../../math/box.ts";
import { COLOURS, type ThemeName } from "../../../math/palette.ts";
import { aloneAt, lineChartMarks } from "../../../pictures/chart/lineChart.ts";
import { lossChartOf, lossTitle } from "../../../pictures/loss/chart.ts";
import { isShown } from "../../../pictures/loss/content.ts";
import { runUntil } from "../../../state/beats.ts";
import { epochsInSight } from "../../../state/epochs.ts";
import { createPlaneScene } from "../../../state/planeScene.ts";
import { runCountsOf } from "../../../state/runCounts.ts";
import { bandsOf } from "../../../state/seeds.ts";
import { showsPlane, stageOf } from "../../../state/stage.ts";
import type { Run, Scene, State } from "../../../state/types.ts";
import { contextOf, createFilmMap, type FilmFigure } from "./filmMap.ts";

/** The choices of what a film shows. */
export interface FilmContent {
  state: State;
  scene: Scene;
  size: Size;
  theme: ThemeName;
  map: boolean;
  loss: boolean;
  title: boolean;
}

export interface FilmPicture {
  canvas: HTMLCanvasElement;
  /** Paints the canvas. @param step  perhaps between two */
  paintAt: (step: number) => void;
}

/** The height of a film in nominal pixels: type of size 12 is 21.6 pixels high at 1080. */
const NOMINAL = 600;
/** In nominal pixels: the height of the title strip, the margins of the chart, the sizes of its type. */
const STRIP = 40;
const GAP = 10;
const TYPE = { title: 19, step: 24, of: 13, note: 12 };
/** The map's share of the width where the chart is beside it, and of the height in square films, where it is below. */
const BESIDE = 0.62;
const ABOVE = 0.64;

interface Region extends Size {
  left: number;
  top: number;
}

/** @returns the boxes of map and chart; null where the film has none */
function regionsOf({ size, map, loss }: FilmContent, scale: number): { map: Region | null; loss: Region | null } {
  const top = Math.round(STRIP * scale);
  const all = { left: 0, top, width: size.width, height: size.height - top };
  if (!map || !loss) return { map: map ? all : null, loss: loss ? all : null };
  if (size.width > size.height) {
    const width = Math.round(size.width * BESIDE);
    return { map: { ...all, width }, loss: { ...all, left: width, width: size.width - width } };
  }
  const height = Math.round(all.height * ABOVE);
  return { map: { ...all, height }, loss: { ...all, top: top + height, height: all.height - height } };
}

/** What of a state can be filmed: a network without its plane has no map. */
export const hasFilmMap = (state: State): boolean => stageOf(state) !== "network";

/** The runs of the page, whole, with their evidence, without a question or a highlight. */
function filmScene({ state, scene, theme }: FilmContent, scale: number): Scene {
  const withoutQuestion = { guess: null, guesses: null, dwells: [], search: null, selected: null };
  const look = { theme, scale, projector: false };
  const made = { ...scene, ...withoutQuestion, ...look, shownRuns: scene.wholeRuns, hasHiddenRows: false };
  return showsPlane(state) ? (createPlaneScene()(state, made) ?? made) : made;
}

/** @returns the scene up to the step; the evidence of its sentence is drawn once all runs have ended, as on the page */
function sceneAt(scene: Scene, step: number): Scene {
  const walked = <T extends { run: Run }>(before: T[]): T[] =>
    before.map((item) => ({ ...item, run: runUntil(item.run, step) }));
  return {
    ...scene,
    shownRuns: scene.shownRuns.map((run) => runUntil(run, step)),
    ghosts: walked(scene.ghosts),
    prepared: walked(scene.prepared),
    shownEvidence: isThrough(scene, step) ? scene.shownEvidence : [],
  };
}

const isThrough = ({ shownRuns }: Scene, step: number) =>
  shownRuns.every(({ hidden, length }) => hidden || length - 1 <= step);

/** @returns when everything that does not move is painted */
export async function createFilmPicture(
  content: FilmContent,
  figure: FilmFigure,
  ended: AbortSignal,
): Promise<FilmPicture> {
  const { size, theme } = content;
  const scale = Math.min(size.width, size.height) / NOMINAL;
  const scene = filmScene(content, scale);
  const regions = regionsOf(content, scale);
  const context = contextOf(size);
  const look: Look = { colours: COLOURS[theme], family: getComputedStyle(document.body).fontFamily, scale };
  await document.fonts.ready;
  const map = regions.map && (await createFilmMap(scene, content.state.problem, regions.map, figure, ended));
  const inner = regions.loss && { width: regions.loss.width, height: Math.round(regions.loss.height - 24 * scale) };
  const chart = inner && contextOf(inner);
  const [counted, bands] = [runCountsOf(content.state, scene), bandsOf(content.state)];

  function write(text: string, x: number, y: number, type: { size: number; weight?: number }, align: CanvasTextAlign) {
    context.font = `${type.weight ?? 400} ${type.size * scale}px ${look.family}`;
    context.fillStyle = look.colours.ink;
    context.textAlign = align;
    context.textBaseline = "alphabetic";
    context.fillText(text, x, y);
  }

  function drawStrip(step: number) {
    const line = STRIP * scale * 0.68;
    const left = GAP * scale;
    if (content.title) write(scene.problem.label, left, line, { size: TYPE.title, weight: 600 }, "left");
    const word = `step ${Math.floor(step)}`;
    const beside = regions.map && regions.loss?.left;
    const at = beside ? beside + left : size.width - left;
    write(word, at, line, { size: TYPE.step, weight: 600 }, beside ? "left" : "right");
  }

  function drawChart({ left, top }: Region, step: number) {
    if (!inner || !chart) return;
    const sceneAtStep = sceneAt(scene, step);
    const layout = lossChartOf({
      scene: sceneAtStep,
      counted,
      bands,
      epochs: epochsInSight(content.state, sceneAtStep.shownRuns),
      size: inner,
      look,
    });
    const moment = aloneAt(step);
    paint(chart, { size: inner, scales: layout, look, ratio: 1, marks: lineChartMarks(layout, moment) });
    write(lossTitle(layout.y.base), left + GAP * scale, top + 16 * scale, { size: TYPE.of, weight: 600 }, "left");
    context.drawImage(chart.canvas, left, top + 24 * scale);
  }

  return {
    canvas: context.canvas,
    paintAt(step) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = look.colours.paper;
      context.fillRect(0, 0, size.width, size.height);
      if (regions.map) map?.drawAt(context, step, isThrough(scene, step), regions.map.left, regions.map.top);
      if (regions.loss && scene.shownRuns.some(isShown)) drawChart(regions.loss, step);
      drawStrip(step);
      if (map?.note && regions.map) {
        const { left, top, width, height } = regions.map;
        write(map.note, left + width - 20 * scale, top + height - 40 * scale, { size: TYPE.note }, "right");
      }
    },
  };
}
