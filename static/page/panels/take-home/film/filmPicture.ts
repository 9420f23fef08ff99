/** The frames of a film: the map and the loss chart of the page, painted from their marks at the size of the film. */

import type { Figure } from "../../../figure/figure.ts";
import { paint } from "../../../marks/canvas.ts";
import type { Look } from "../../../marks/look.ts";
import type { Size } from "../../../math/box.ts";
import { COLOURS, type ThemeName } from "../../../math/palette.ts";
import type { OrderPainting } from "../../../service/painting/orders.ts";
import { showsPlane, stageOf } from "../../../state/network.ts";
import { createPlaneScene } from "../../../state/plane.ts";
import { countedOf } from "../../../state/samples.ts";
import { bandsOf } from "../../../state/seeds.ts";
import type { Run, Scene, State, Window } from "../../../state/types.ts";
import { lineChartMarks } from "../../../views/chart/lineChart.ts";
import { isShown, lossChartOf, lossTitle } from "../../../views/loss/chart.ts";
import * as seldom from "../../../views/loss/seldom.ts";
import { createMap } from "../../../views/map/index.ts";
import { epochsIn } from "../../loss.ts";

/** What a film shows. */
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
  /** once all that stands still is painted */
  ready: Promise<void>;
  /** Paints the canvas. @param step  perhaps between two */
  paintAt: (step: number) => void;
  destroy: () => void;
}

/** What it uses of the figure whose runs it shows. */
export type FilmFigure = Pick<Figure, "service" | "after" | "cancel">;

/** Pixels of the height that a nominal pixel is one of: type of 12 is 21.6 high at 1080. */
const NOMINAL = 600;
/** Nominal pixels: of the strip over all, around the chart, of the types in it. */
const STRIP = 40;
const GAP = 10;
const TYPE = { title: 19, step: 24, of: 13, note: 12 };
/** What the map has beside the chart, of the width, and above it, of the height, where all is as wide as high. */
const BESIDE = 0.62;
const ABOVE = 0.64;

interface Region extends Size {
  left: number;
  top: number;
}

/** @returns where map and chart stand; null: not in it */
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

/** What can be filmed of a state: a network without its plane has no map. */
export const hasFilmMap = (state: State): boolean => stageOf(state) !== "network";

/** The runs as the page has them, whole, with what is marked of them, without what is asked or pointed at. */
function filmScene({ state, scene, theme }: FilmContent, scale: number): Scene {
  const asked = { guess: null, guesses: null, dwells: [], search: null, selected: null };
  const look = { theme, scale, projector: false, stale: false, reducedMotion: true };
  const made = { ...scene, ...asked, ...look, runs: scene.wholeRuns, hidesAhead: false };
  return showsPlane(state) ? (createPlaneScene()(state, made) ?? made) : made;
}

/** @returns a run as far as the playhead has come, and one row more, so that it has not ended before its end */
function walked(run: Run, step: number): Run {
  const length = Math.min(run.length, Math.floor(step) + 2);
  return { ...run, length, end: length < run.length ? null : run.end };
}

/** @returns the scene up to the step; what its sentence says is marked once all runs are through, as on the page */
function sceneAt(scene: Scene, step: number): Scene {
  const upTo = <T extends { run: Run }>(before: T[]): T[] =>
    before.map((one) => ({ ...one, run: walked(one.run, step) }));
  return {
    ...scene,
    runs: scene.runs.map((run) => walked(run, step)),
    ghosts: upTo(scene.ghosts),
    prepared: upTo(scene.prepared),
    evidence: isThrough(scene, step) ? scene.evidence : [],
  };
}

const isThrough = ({ runs }: Scene, step: number) => runs.every(({ hidden, length }) => hidden || length - 1 <= step);

/** What the map fetches when it first draws of it. */
const fetchLayers = () =>
  Promise.all([
    import("../../../views/map/naming.ts"),
    import("../../../views/map/endsGround.ts"),
    import("../../../views/map/evidence.ts"),
    import("../../../views/map/runsBefore.ts"),
  ]);

/** A map that nobody sees: it is laid out as on the page, and its canvases are copied. */
function createFilmMap(content: FilmContent, scene: Scene, { width, height }: Size, figure: FilmFigure) {
  const host = document.createElement("div");
  host.inert = true;
  host.ariaHidden = "true";
  const placed = { position: "fixed", left: "0", top: "0", visibility: "hidden", zIndex: "-1", overflow: "hidden" };
  Object.assign(host.style, placed, { width: `${width}px`, height: `${height}px` });
  document.body.append(host);
  const ending = new AbortController();
  let standing = () => {};
  const ready = new Promise<void>((resolve) => (standing = resolve));
  const untold: Pick<Scene, "evidence"> = { evidence: [] };
  let shown = { ...scene, ...untold, hidesAhead: true };
  /** At first the last step, so that all that is marked is fetched. */
  let step = Infinity;
  /** Requests under way; orders made, the last of them painted, and the one that has all of the ground. */
  let [asking, orders, painted, needed] = [0, 0, 0, 1];

  /** It stands still once no more ground is to come. */
  const settle = () => !asking && painted >= needed && standing();

  const order = figure.service.painter(ending.signal);
  const noticed: OrderPainting = (job) => {
    const own = ++orders;
    order({
      ...job,
      done(painting) {
        job.done(painting);
        painted = own;
        settle();
      },
    });
  };

  /** The ground that the film is wider or higher by than the map of the page. */
  async function ask(window: Window, resolution: number) {
    if (scene.plane) return;
    asking++;
    try {
      const { problem } = content.state;
      const landscape = await figure.service.getLandscape(problem, window, resolution, ending.signal);
      shown = { ...shown, landscape };
      needed = orders + 1;
    } catch (error) {
      if (!ending.signal.aborted) console.warn("the ground of the film stays coarse:", error);
    }
    asking--;
    if (ending.signal.aborted) return;
    render();
    settle();
  }

  const ignore = () => {};
  const again = () => ending.signal.aborted || render();
  const ports = { invalidate: again, redraw: again, ended: ending.signal, after: figure.after, cancel: figure.cancel };
  const map = createMap(host, noticed, ports, {
    zooms: false,
    onStart: ignore,
    onPlace: () => false,
    onWindow: ignore,
    onSeek: ignore,
    onHover: ignore,
    onNeedLandscape: (window, resolution) => void ask(window, resolution),
  });
  for (const element of host.querySelectorAll<HTMLElement>(".map-zoom")) element.style.display = "none";

  function render() {
    const nothing = { highlighted: null, direction: null, principal: null, averaged: null, hovered: null, asks: null };
    const { evidence } = isThrough(scene, step) ? scene : untold;
    if (evidence !== shown.evidence) shown = { ...shown, evidence };
    const last = Math.max(0, ...scene.runs.map(({ length }) => length - 1));
    map.render(shown, { step: Math.min(step, last), ...nothing });
  }

  const curve = scene.problem.parameters.length < 2;
  if (curve || !scene.levels) standing();
  render();
  // What was fetched is there for the map only after it is there for this.
  const whole = Promise.all([ready, fetchLayers(), document.fonts.ready]).then(
    () => new Promise((resolve) => setTimeout(resolve)),
  );
  return {
    ready: whole.then(() => render()),
    drawAt(context: CanvasRenderingContext2D, at: number, left: number, top: number) {
      step = at;
      render();
      for (const canvas of host.querySelectorAll<HTMLCanvasElement>(".map-layer"))
        context.drawImage(canvas, left, top, width, height);
    },
    /** that its axes are not to scale, where they are not */
    note: () => {
      const note = host.querySelector<HTMLElement>(".map-note");
      return note && !note.hidden ? note.textContent : "";
    },
    destroy() {
      ending.abort();
      standing();
      host.remove();
    },
  };
}

export function createFilmPicture(content: FilmContent, figure: FilmFigure): FilmPicture {
  const { size, theme } = content;
  const scale = Math.min(size.width, size.height) / NOMINAL;
  const scene = filmScene(content, scale);
  const regions = regionsOf(content, scale);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, size);
  const context = canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  const beside = document.createElement("canvas");
  const chart = beside.getContext("2d") as CanvasRenderingContext2D;
  const look: Look = { colours: COLOURS[theme], family: getComputedStyle(document.body).fontFamily, scale };
  const map = regions.map ? createFilmMap(content, scene, regions.map, figure) : null;
  const [counted, bands] = [countedOf(content.state, scene), bandsOf(content.state)];

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

  function drawChart({ left, top, width, height }: Region, step: number) {
    const now = sceneAt(scene, step);
    const inner = { width, height: Math.round(height - 24 * scale) };
    beside.width = inner.width;
    beside.height = inner.height;
    const layout = lossChartOf({
      scene: now,
      counted,
      bands,
      epochs: epochsIn({ state: content.state, scene: now }),
      seldom,
      size: inner,
      look,
    });
    const moment = { at: step, read: Math.floor(step), highlighted: null, hit: null };
    paint(chart, { size: inner, scales: layout, look, ratio: 1, marks: lineChartMarks(layout, moment) });
    write(lossTitle(layout.y.base), left + GAP * scale, top + 16 * scale, { size: TYPE.of, weight: 600 }, "left");
    context.drawImage(beside, left, top + 24 * scale);
  }

  return {
    canvas,
    ready: map?.ready ?? document.fonts.ready.then(() => {}),
    paintAt(step) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = look.colours.paper;
      context.fillRect(0, 0, size.width, size.height);
      if (regions.map) map?.drawAt(context, step, regions.map.left, regions.map.top);
      if (regions.loss && scene.runs.some(isShown)) drawChart(regions.loss, step);
      drawStrip(step);
      const note = map?.note();
      if (note && regions.map) {
        const { left, top, width, height } = regions.map;
        write(note, left + width - 20 * scale, top + height - 40 * scale, { size: TYPE.note }, "right");
      }
    },
    destroy: () => map?.destroy(),
  };
}
