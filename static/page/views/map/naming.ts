/** Where the names of the runs stand, at their heads and where they left. Fetched once paths are drawn. */

import { widthOf } from "../../marks/look.ts";
import type { Mark } from "../../marks/mark.ts";
import type { Occupancy } from "../../marks/occupancy.ts";
import { memo } from "../../reads.ts";
import { arrowBoxes, arrowsOfChosen } from "./arrows.ts";
import { exitMarks, type PlacedExit, placeExits } from "./exits.ts";
import { headsAt } from "./heads.ts";
import type { Fetched } from "./layers.ts";
import type { MapGround, MapMoment } from "./moment.ts";
import { createPlacing, markHeads, moved, nameType, placeTags, type Tag, tagMark } from "./names.ts";
import { FAINT } from "./routes.ts";
import { rowDots } from "./rowDots.ts";
import { placeAt } from "./trace.ts";

/** What names at a row depend on besides it. */
type NamesContent = Omit<MapGround, "playhead" | "served"> & Pick<Fetched, "onCurve" | "guess" | "evidence">;

/** Of runs that have left, and of those in sight. */
export interface Names {
  exits: PlacedExit[];
  tags: Tag[];
}

/** Of names that stay pale for as long as something is told. */
const READABLE = 0.7;

export function createNaming() {
  /** Where the names of the runs stand at a row. */
  const placing = memo((given: NamesContent) => {
    const { traces, look, scene, area } = given;
    const last = Math.max(0, ...traces.map(({ length }) => length - 1));
    const measure = (name: string) => widthOf(look, name, nameType(look.scale));
    const chosen = traces.find(({ index }) => index === scene.selected);
    return createPlacing<Names>(last, (row, kept) => {
      const room = given.room.over();
      given.onCurve?.takeCurveStep(given, row, room);
      given.guess?.takeGuesses(given, room);
      given.evidence?.takeSteps(given, row, room);
      const exits = placeExits(look, traces, row, room);
      if (chosen && !given.axes.curve) for (const box of arrowBoxes(chosen, row, area, look.scale)) room.markWords(box);
      return { exits, tags: placeTags(headsAt(given, row), measure, room, look.scale, kept?.tags ?? []) };
    });
  });

  return {
    /** @param room  takes them up */
    at(given: NamesContent, step: number, room: Occupancy): Names {
      const { exits, tags } = placing(given)(Math.floor(step));
      const now = tags.map((tag) => {
        const trace = given.traces.find(({ index }) => index === tag.heads[0].index);
        return trace ? moved(tag, placeAt(trace, step), given.look) : tag;
      });
      given.guess?.takeGuesses(given, room);
      given.evidence?.takeSteps(given, Math.floor(step), room);
      markHeads(headsAt(given, step), room, given.look.scale);
      for (const { spot } of [...exits, ...now]) room.take(spot);
      return { exits, tags: now };
    },
    /** Below the heads, as are rows beside a plane and what many have guessed. */
    arrows: (moment: MapMoment): Mark[] => [
      ...rowDots(moment),
      ...arrowsOfChosen(moment),
      ...(moment.guess?.guessesMarks(moment) ?? []),
    ],
    marks: ({ look, scene, content, playhead: { asks = null }, names: { tags, exits } }: MapMoment): Mark[] => [
      ...tags.map((tag) => {
        const faint = scene.guesses || scene.bundle ? READABLE : FAINT;
        const back = content.hovering && !tag.heads.some(({ index }) => index === content.focus);
        return tagMark(tag, look.scale, { selected: scene.selected, asked: asks, opacity: back ? faint : 1 });
      }),
      ...exitMarks(exits),
    ],
  };
}

export type Naming = ReturnType<typeof createNaming>;
