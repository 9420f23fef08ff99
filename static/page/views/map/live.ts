/** What moves: the routes' last steps, heads, arrows, the start and the runs that have left. */

import type { Box } from "../../math/box.ts";
import { shared } from "../../reads.ts";
import type { Hit } from "../../state/types.ts";
import { angleAlong, arrowUnder, directionsAt, drawArrows, NO_DIRECTIONS } from "./arrows.ts";
import type { ChangesOnTheWay } from "./changesOnTheWay.ts";
import type { Exit } from "./exits.ts";
import { exitsAt } from "./exits.ts";
import { drawDwells, drawGuess, dwellsAt } from "./guess.ts";
import type { Head } from "./heads.ts";
import { headsAt, standing, startBox, stopped } from "./heads.ts";
import type { MapDrawing } from "./index.ts";
import type { ContourLabel } from "./labels.ts";
import { startOn } from "./mapAxes.ts";
import type { Sink, Told } from "./marks.ts";
import { drawStart, nameMinima, nameStart, startText } from "./marks.ts";
import type { MovedTag } from "./names.ts";
import { coveredBy } from "./names.ts";
import type { Naming } from "./naming.ts";
import { drawHead } from "./pen.ts";
import { redrawIn, stretchBox } from "./region.ts";
import type { createRoutes } from "./routes.ts";
import { FAINT } from "./routes.ts";
import type { StepOnCurve } from "./stepOnCurve.ts";
import { placeAt } from "./trace.ts";
import { inside } from "./visibleArea.ts";

/** What a frame is made from besides the drawing. */
export interface Around {
  /** what the pointer is on */
  hit: Hit | null;
  /** of contours */
  labels: ContourLabel[];
  /** where the words of the start stand, from its place; null: out of sight */
  startWords: Box | null;
  /** minima, to be named */
  sinks: Sink[];
  /** of these, those whose place is told whatever is in the way */
  told: Told;
  /** what stands at its edge */
  taken: Box[];
}

/** What is fetched once there is something to draw of it: null until it is there. */
interface Later {
  naming: () => Naming | null;
  stepOnCurve: () => StepOnCurve | null;
  changes: () => ChangesOnTheWay | null;
}

export function createLive(
  context: CanvasRenderingContext2D,
  routes: ReturnType<typeof createRoutes>,
  { naming, stepOnCurve, changes }: Later,
) {
  /** What the last frame was drawn from, apart from the playhead. */
  let shown: object | null = null;
  /** The words beside the start. */
  let startName: Box | null = null;
  /** What stood at the edge, and the boxes of the names drawn. */
  let [margin, named] = [[] as Box[], [] as Box[]];

  /** @returns whether only heads, names and routes have moved on */
  function onlyMoved(
    { scene, content, traces, playhead }: MapDrawing,
    { hit, startWords, sinks, taken, told }: Around,
    exits: Exit[],
  ): boolean {
    const { highlighted, direction, step } = playhead;
    const ends = exits.map(({ trace, x, y }) => [trace.index, x, y]);
    const rests = traces.map((trace) => stopped(trace, step));
    const now = shared(shown, {
      content,
      hit,
      startWords,
      sinks,
      highlighted,
      direction,
      selected: scene.selected,
      start: scene.start,
      guess: scene.guess,
      dwelling: dwellsAt(scene, step).length ? step : null,
      taken,
      told,
      ends,
      rests,
      naming: naming(),
      onCurve: stepOnCurve(),
      changes: changes(),
      ghosts: scene.ghosts,
    });
    const same = now === shown;
    shown = now;
    return same;
  }

  function changed({ traces, scene, look, playhead }: MapDrawing, from: number | null, tags: MovedTag[]): Box[] {
    const [before, now] = [
      named,
      shared(
        named,
        tags.map((tag) => tag.drawn),
      ),
    ];
    named = now;
    if (from === null) return [{ left: 0, top: 0, width: look.width, height: look.height }];
    const stretches = traces.map((trace) =>
      stretchBox(trace, from, playhead.step, look, trace.index === scene.selected),
    );
    return [
      ...stretches.filter((box) => box !== null),
      ...before.filter((box) => !now.includes(box)),
      ...now.filter((box) => !before.includes(box)),
    ];
  }

  return {
    startName: () => startName,
    draw(drawing: MapDrawing, around: Around) {
      const {
        scene,
        axes,
        area,
        look,
        traces,
        content,
        playhead: { step },
      } = drawing;
      const { labels, sinks, startWords } = around;
      margin = shared(margin, around.taken);
      const exits = exitsAt(drawing, step);
      const onCurve = axes.curve ? stepOnCurve() : null;
      const tags =
        naming()?.tagsAt(
          { scene, axes, area, look, traces, content, labels, sinks, startWords, taken: margin, onCurve },
          step,
        ) ?? [];
      const onTheWay = scene.runs.some(({ phases }) => phases.length > 1) ? changes() : null;
      const from = routes.lay(content, step);
      const boxes = changed(drawing, onlyMoved(drawing, around, exits) && !onCurve && !onTheWay ? from : null, tags);
      if (boxes.length) {
        redrawIn(context, look, boxes, () => {
          onTheWay?.drawGhosts(context, drawing);
          routes.draw(context, content, step);
          onCurve?.draw(context, drawing, standing({ ...drawing, startWords, sinks }));
          startName = startMark(context, drawing, startWords);
          drawMarks(context, drawing, around, tags);
          onTheWay?.drawMarks(context, drawing, [
            ...standing({ ...drawing, startWords, sinks }),
            ...tags.map(({ drawn }) => drawn),
            ...(onCurve?.boxes(context, drawing, Math.floor(step), standing({ ...drawing, startWords, sinks })) ?? []),
          ]);
          naming()?.draw(drawing, tags);
          drawDwells(context, drawing, [
            ...tags.map(({ drawn }) => drawn),
            ...standing({ ...drawing, startWords, sinks }),
            ...margin,
          ]);
          if (around.hit) ring(context, drawing, around.hit);
          naming()?.drawExits(look, exits, margin);
        });
      }
    },
  };
}

function drawMarks(context: CanvasRenderingContext2D, drawing: MapDrawing, { sinks, told }: Around, tags: MovedTag[]) {
  const {
    look,
    content,
    playhead: { step },
  } = drawing;
  const focusLast = (a: { index: number }, b: { index: number }) =>
    Number(a.index === content.focus) - Number(b.index === content.focus);
  nameMinima(
    context,
    look,
    sinks,
    told,
    tags.map((tag) => coveredBy(tag, look.scale)),
  );
  arrows(context, drawing);
  for (const each of headsAt(drawing, step).sort(focusLast)) if (!each.atStart) head(context, drawing, each);
  drawGuess(context, drawing);
}

/** @returns of its words, where it is in sight */
function startMark(context: CanvasRenderingContext2D, drawing: MapDrawing, startWords: Box | null): Box | null {
  const { scene, look } = drawing;
  const [x, y] = startOn(drawing);
  if (!inside(look.box, x, y)) return null;
  drawStart(context, look, x, y);
  const box = startBox({ ...drawing, startWords });
  if (box) nameStart(context, look, x, startText(scene.start), box);
  return box;
}

function arrows(context: CanvasRenderingContext2D, { scene, axes, traces, area, look, playhead }: MapDrawing) {
  const trace = traces.find(({ index }) => index === scene.selected);
  if (!trace || scene.plane) return;
  const [x, y] = placeAt(trace, playhead.step);
  if (!inside(area.box, x, y)) return;
  const row = Math.min(Math.floor(playhead.step), trace.length - 1);
  const ownAngle = playhead.direction ? angleAlong(playhead.direction, area) : null;
  const directions = axes.curve ? NO_DIRECTIONS : directionsAt(trace, row, area);
  drawArrows(
    context,
    look,
    x,
    y,
    directions,
    look.colours.runs[trace.run.slot],
    playhead.highlighted ?? null,
    ownAngle,
  );
}

/** The quantity whose arrow lies at a place of the map. */
export function arrowAt({ scene, traces, area, look, playhead }: MapDrawing, px: number, py: number): string | null {
  const trace = traces.find(({ index }) => index === scene.selected);
  if (!trace || scene.plane) return null;
  const [x, y] = placeAt(trace, playhead.step);
  const row = Math.min(Math.floor(playhead.step), trace.length - 1);
  return inside(area.box, x, y) ? arrowUnder(directionsAt(trace, row, area), px - x, py - y, look.scale) : null;
}

function head(
  context: CanvasRenderingContext2D,
  { scene, content, look }: MapDrawing,
  { index, slot, x, y, stopped: ended }: Head,
) {
  context.globalAlpha = content.hovering && index !== content.focus ? FAINT : 1;
  drawHead(context, look, slot, x, y, { stopped: ended, selected: index === scene.selected });
  context.globalAlpha = 1;
}

function ring(context: CanvasRenderingContext2D, { traces, look }: MapDrawing, { run, step }: Hit) {
  const trace = traces.find(({ index }) => index === run);
  if (!trace) return;
  context.beginPath();
  context.arc(trace.xs[step], trace.ys[step], 7 * look.scale, 0, 2 * Math.PI);
  for (const [width, colour] of [
    [5, look.colours.casing],
    [2, look.colours.ink],
  ] as [number, string][]) {
    context.lineWidth = width * look.scale;
    context.strokeStyle = colour;
    context.stroke();
  }
}
