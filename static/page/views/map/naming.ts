/** Where the names of the runs stand, and what they keep off. Fetched once paths are drawn. */

import { widthOf } from "../../marks/look.ts";
import type { Mark } from "../../marks/mark.ts";
import { createOccupancy, type Occupancy } from "../../marks/occupancy.ts";
import { type Box, boxAround } from "../../math/box.ts";
import { memo } from "../../reads.ts";
import { shortened } from "../chart/names.ts";
import { type Directions, directionsAt, LENGTH } from "./arrows.ts";
import { markFixed } from "./background.ts";
import { exitMarks, placeExits } from "./exitNames.ts";
import { type Exit, exitsAt } from "./exits.ts";
import { type Head, headsAt, standing } from "./heads.ts";
import { markLabel } from "./labels.ts";
import type { MapLook } from "./look.ts";
import type { MapDrawing, MapGround } from "./moment.ts";
import { createPlacing, type MovedTag, moved, nameType, placeTags, type Tag, tagMark } from "./names.ts";
import { FAINT } from "./routes.ts";
import { startBox } from "./start.ts";
import { numberBoxes } from "./ticks.ts";
import { markRoute, placeAt, type Trace } from "./trace.ts";

/** What names at a row depend on besides it. */
type NamesContent = Omit<MapGround, "playhead" | "served">;

/** What stands still and names keep off. */
function occupancyOf(given: NamesContent): Occupancy {
  const { scene, traces, look, content, labels, sinks } = given;
  const occupancy = createOccupancy(look.box);
  markFixed(occupancy, given);
  for (const trace of traces) markRoute(occupancy, trace);
  const start = startBox(given);
  if (start) occupancy.markBox(start);
  const r = 7 * look.scale;
  for (const { x, y } of sinks) occupancy.markBox(boxAround(x, y, r));
  for (const label of labels) markLabel(label, occupancy);
  const chosen = traces.find(({ index }) => index === scene.selected);
  for (const box of chosen ? numberBoxes(chosen, content.tickEvery, look, content.words) : []) occupancy.markBox(box);
  return occupancy;
}

/** @returns what both cover, as squares along them */
function arrowBoxesAt(x: number, y: number, { downhill, step }: Directions, scale: number): Box[] {
  const half = 7 * scale;
  return [downhill, step]
    .filter((angle) => angle !== null)
    .flatMap((angle) =>
      [16, 28, 40, LENGTH].map((along) =>
        boxAround(x + along * scale * Math.cos(angle), y + along * scale * Math.sin(angle), half),
      ),
    );
}

/** Room that the arrows of the chosen run take at a row. */
function arrowBoxes(
  { traces, area, look }: Pick<MapDrawing, "traces" | "area" | "look">,
  row: number,
  selected: number | null,
): Box[] {
  const trace = traces.find(({ index }) => index === selected);
  if (!trace) return [];
  return arrowBoxesAt(...placeAt(trace, row), directionsAt(trace, Math.min(row, trace.length - 1), area), look.scale);
}

/** A longer name would cover what it names, as part of the width of the map. */
const LONG = 0.45;

export function createNaming() {
  /** Where the names of the runs stand at a row. */
  const placing = memo((given: NamesContent) => {
    const { traces, look, scene } = given;
    const occupancy = occupancyOf(given);
    const start = startBox(given);
    const last = Math.max(0, ...traces.map(({ length }) => length - 1));
    const measure = (name: string) => widthOf(look, name, nameType(look.scale));
    const names = shortened(
      traces.map(({ run }) => run.name),
      (name) => measure(name) < LONG * look.box.width,
    );
    const nameOf = new Map(traces.map(({ index }, k) => [index, names[k]]));
    const named = (row: number) =>
      headsAt(given, row).map((head) => ({ ...head, name: nameOf.get(head.index) ?? head.name }));
    return createPlacing(last, (row, kept) => {
      const exits = placeExits(look, exitsAt(given, row), given.taken);
      return placeTags({
        heads: named(row),
        measure,
        occupancy,
        taken: [
          ...exits,
          ...(given.axes.curve
            ? (given.onCurve?.boxes(given, row, standing(given)) ?? [])
            : arrowBoxes(given, row, scene.selected)),
        ],
        spare: given.sinks.map(({ box }) => box),
        crossed: start ? [start] : [],
        scale: look.scale,
        kept,
      });
    });
  });

  return {
    tagsAt(given: NamesContent, step: number): MovedTag[] {
      const placeOf = ({ index }: Head) => placeAt(given.traces.find((trace) => trace.index === index) as Trace, step);
      return moved(placing(given)(Math.floor(step)), placeOf, given.look.box, given.look.scale);
    },
    marks: ({ look, scene, content }: MapDrawing, tags: Tag[]): Mark[] =>
      tags.map((tag) => {
        const back = content.hovering && !tag.heads.some(({ index }) => index === content.focus);
        return tagMark(tag, look.scale, scene.selected, back ? FAINT : 1);
      }),
    /** @param taken  what stands at the edge of the map */
    exitMarks: (look: MapLook, exits: Exit[], taken: Box[]): Mark[] =>
      exitMarks(look, exits, placeExits(look, exits, taken)),
  };
}

export type Naming = ReturnType<typeof createNaming>;
