/**
 * The words at the heads of the runs: the arrows of the chosen run, and the names, which stand at the exit of a run
 * that has left the map. Fetched once paths are drawn.
 */
import { widthOf } from "../../marks/look.ts";
import { type Ink, type Mark, type Outline, type Place, runInk, shape } from "../../marks/mark.ts";
import { placeWords, wantedWords } from "../../marks/wanted.ts";
import { type Box, boxAround, inside } from "../../math/box.ts";
import { memo } from "../../reads.ts";
import { gradientAt } from "../../state/columns.ts";
import { exitMarks, type PlacedExit, placeExits } from "./exits.ts";
import { headsAt } from "./heads.ts";
import type { Layer, MapMoment, MapStanding } from "./moment.ts";
import { createPlacing, moved, nameType, placeTags, type Tag, tagMark } from "./names.ts";
import { FAINT } from "./routes.ts";
import { hollow, SHOWN } from "./style.ts";
import { placeAt, type Trace } from "./trace.ts";
import type { VisibleArea } from "./visibleArea.ts";

/** angles on the screen */
export type Directions = { downhill: number | null; step: number | null };

/** Opacity of an arrow while another one is highlighted. */
const BEHIND = 0.28;
const LENGTH = 50;
const START = 9;

/** On a curve there are no arrows: the step there shows both directions. */
const NO_DIRECTIONS: Directions = { downhill: null, step: null };

/** The two directions on the screen at a row; null where there is none (the end, a gradient of 0, or none received). */
export function directionsAt(trace: Trace, row: number, area: VisibleArea): Directions {
  const { xs, ys, length, run } = trace;
  if (row + 1 >= length) return NO_DIRECTIONS;
  const step = angleOf(xs[row + 1] - xs[row], ys[row + 1] - ys[row]);
  const [gx, gy] = gradientAt(run.columns, row, length) ?? [NaN, NaN];
  return { downhill: angleOf(-gx * area.kx, gy * area.ky), step };
}

/** The way a vector of the problem's parameters points on the screen. */
const angleAlong = ([x, y = 0]: number[], area: VisibleArea) => angleOf(x * area.kx, -y * area.ky);

function angleOf(dx: number, dy: number): number | null {
  return Number.isFinite(dx) && Number.isFinite(dy) && (dx || dy) ? Math.atan2(dy, dx) : null;
}

/** Space that the arrows of a run take at a row, as squares along them. */
function arrowBoxes(trace: Trace, row: number, area: VisibleArea, scale: number): Box[] {
  const [x, y] = placeAt(trace, row);
  const { downhill, step } = directionsAt(trace, Math.min(row, trace.length - 1), area);
  return [downhill, step]
    .filter((angle) => angle !== null)
    .flatMap((angle) =>
      [16, 28, 40, LENGTH].map((along) =>
        boxAround(x + along * scale * Math.cos(angle), y + along * scale * Math.sin(angle), 7 * scale),
      ),
    );
}

/** @param size  as part of the usual @param half  of the width of its shaft @returns an arrow along x */
function arrowPath(size: number, half: number): string {
  const [a, b, tip, head, shaft] = [START, LENGTH - 13, LENGTH, 6.2, half].map((value) => value * size);
  return `M${a} ${-shaft}L${b} ${-shaft}L${b} ${-head}L${tip} 0L${b} ${head}L${b} ${shaft}L${a} ${shaft}Z`;
}

const [DOWNHILL, STEP, OWN] = [arrowPath(1, 2.6), arrowPath(1, 1.3), arrowPath(1.2, 2.2)];

/**
 * At the head of the selected run: hollow ink is downhill, solid colour is the step it takes. Directions only. A
 * quantity that is pointed at in the working brings its arrow forward, or one of its own.
 * @param ink  of the run
 * @param highlighted  the quantity that is pointed at
 * @param ownAngle  its own direction, where it is none of these
 */
export function arrowMarks(
  at: Place,
  { downhill, step }: Directions,
  ink: Ink,
  highlighted: string | null,
  ownAngle: number | null,
): Mark[] {
  const isOnePointed = ownAngle !== null || SHOWN.some((of) => of === highlighted);
  const arrow = (path: string, turn: number | null, of: string | undefined, style: Outline): Mark[] =>
    turn === null
      ? []
      : [shape(at, path, { ...style, of, turn, opacity: of && of !== highlighted && isOnePointed ? BEHIND : 1 })];
  return [
    ...arrow(DOWNHILL, downhill, "g", hollow("ink")),
    ...arrow(STEP, step, "w", { fill: ink, casing: { stroke: "casing", width: 3 } }),
    ...arrow(OWN, ownAngle, undefined, hollow(ink)),
  ];
}

/** At the head of the chosen run. */
function arrowsOfChosen({ scene, axes, traces, area, playhead }: MapMoment): Mark[] {
  const trace = traces.find(({ index }) => index === scene.selected);
  if (!trace || scene.plane) return [];
  const [x, y] = placeAt(trace, playhead.step);
  if (!inside(area.box, x, y)) return [];
  const row = Math.min(Math.floor(playhead.step), trace.length - 1);
  const ownAngle = playhead.direction ? angleAlong(playhead.direction, area) : null;
  const directions = axes.curve ? NO_DIRECTIONS : directionsAt(trace, row, area);
  return arrowMarks([x, y], directions, runInk(trace.run.slot), playhead.highlighted ?? null, ownAngle);
}

/** The names of runs that have left the map, and of those in sight. */
type Names = { exits: PlacedExit[]; tags: Tag[] };

/** Opacity of names while a step is explained. */
const READABLE = 0.7;

export default function createNaming(): Layer {
  /** The places of names at a row; they do not depend on the playhead. */
  const placing = memo((standing: MapStanding) => {
    const { traces, look, scene, area, axes, space, spaceAtStart, layers } = standing;
    const last = Math.max(0, ...traces.map(({ length }) => length - 1));
    const measure = (name: string) => widthOf(look, name, nameType(look.scale));
    const chosen = axes.curve ? undefined : traces.find(({ index }) => index === scene.selected);
    return createPlacing<Names>(last, (row, previous) => {
      const free = ((row === 0 && spaceAtStart) || space).over();
      for (const { wordsAt } of layers) {
        const first = wordsAt?.(standing, row);
        if (first) placeWords(free, first.taken, first.words);
      }
      for (const { covers } of layers) for (const box of covers?.(standing, row) ?? []) free.markWords(box);
      const exits = placeExits(look, traces, row, free);
      if (chosen) for (const box of arrowBoxes(chosen, row, area, look.scale)) free.markWords(box);
      return { exits, tags: placeTags(headsAt(standing, row), measure, free, look.scale, previous?.tags ?? []) };
    });
  });

  return {
    draw(moment) {
      const { scene, look, content, traces, playhead } = moment;
      const { exits, tags } = placing(moment)(Math.floor(playhead.step));
      const faint = scene.guesses || scene.bundle ? READABLE : FAINT;
      const names = tags.map((tag) => {
        const trace = traces.find(({ index }) => index === tag.heads[0].index);
        const movedTag = trace ? moved(tag, placeAt(trace, playhead.step), look) : tag;
        const back = content.hovering && !tag.heads.some(({ index }) => index === content.focus);
        const how = { selected: scene.selected, questionRun: playhead.asks ?? null, opacity: back ? faint : 1 };
        return wantedWords([movedTag.spot], () => [tagMark(movedTag, look.scale, how)]);
      });
      return { on: arrowsOfChosen(moment), over: [...names, ...exitMarks(exits)] };
    },
  };
}
