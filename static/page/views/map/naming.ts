/**
 * The words at the heads of the runs: the arrows of the chosen run, and the names, which stand at the exit of a run
 * that has left the map. Fetched once paths are drawn.
 */

import { widthOf } from "../../marks/look.ts";
import { placeWords, wanted } from "../../marks/wanted.ts";
import { memo } from "../../reads.ts";
import { arrowBoxes, arrowsOfChosen } from "./arrows.ts";
import { exitMarks, type PlacedExit, placeExits } from "./exits.ts";
import { headsAt } from "./heads.ts";
import type { Layer, MapMoment } from "./moment.ts";
import { createPlacing, moved, nameType, placeTags, type Tag, tagMark } from "./names.ts";
import { FAINT } from "./routes.ts";
import { placeAt } from "./trace.ts";

/** The names of runs that have left the map, and of those in sight. */
type Names = { exits: PlacedExit[]; tags: Tag[] };

/** Opacity of names while a step is explained. */
const READABLE = 0.7;

export default function createNaming(): Layer {
  /** The places of names at a row; they do not depend on the playhead. */
  const placing = memo((given: MapMoment) => {
    const { traces, look, scene, area, axes, room, roomAtStart, layers } = given;
    const last = Math.max(0, ...traces.map(({ length }) => length - 1));
    const measure = (name: string) => widthOf(look, name, nameType(look.scale));
    const chosen = axes.curve ? undefined : traces.find(({ index }) => index === scene.selected);
    return createPlacing<Names>(last, (row, kept) => {
      const free = ((row === 0 && roomAtStart) || room).over();
      for (const { wordsAt } of layers) {
        const first = wordsAt?.(given, row);
        if (first) placeWords(free, first.taken, first.words);
      }
      for (const { covers } of layers) for (const box of covers?.(given, row) ?? []) free.markWords(box);
      const exits = placeExits(look, traces, row, free);
      if (chosen) for (const box of arrowBoxes(chosen, row, area, look.scale)) free.markWords(box);
      return { exits, tags: placeTags(headsAt(given, row), measure, free, look.scale, kept?.tags ?? []) };
    });
  });

  return {
    draw(moment) {
      const { scene, look, content, traces, playhead } = moment;
      const { exits, tags } = placing(moment)(Math.floor(playhead.step));
      const faint = scene.guesses || scene.bundle ? READABLE : FAINT;
      const names = tags.map((tag) => {
        const trace = traces.find(({ index }) => index === tag.heads[0].index);
        const now = trace ? moved(tag, placeAt(trace, playhead.step), look) : tag;
        const back = content.hovering && !tag.heads.some(({ index }) => index === content.focus);
        const how = { selected: scene.selected, asked: playhead.asks ?? null, opacity: back ? faint : 1 };
        return wanted([now.spot], () => [tagMark(now, look.scale, how)]);
      });
      return { on: arrowsOfChosen(moment), over: [...names, ...exitMarks(exits)] };
    },
  };
}
