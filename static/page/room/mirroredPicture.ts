/** What the wall shows, as it is sent to seats and as a seat shows it. */
import type { FigureNow, WallPicture } from "../playlist/mirror.ts";
import type { Answer } from "../state/types.ts";

/** @param clock  from one to another */
export const withClock = (picture: WallPicture, clock: (at: number) => number): WallPicture => ({
  ...picture,
  figures: Object.fromEntries(
    Object.entries(picture.figures).map(([id, figureNow]) => [
      id,
      { ...figureNow, playhead: { ...figureNow.playhead, at: Math.round(clock(figureNow.playhead.at)) } },
    ]),
  ),
});

/**
 * What a seat shows of the wall: in its own size and theme, with its own answers.
 * @param seed  of its own, where each seat has one
 */
export function atSeat(picture: WallPicture, answers: (id: string) => Answer | null, seed: number | null): WallPicture {
  const figureAtSeat = ([id, { address, playhead, beside }]: [string, FigureNow]): [string, FigureNow] => [
    id,
    {
      address: {
        ...address,
        spec: { ...address.spec, seed: seed ?? address.spec.seed },
        // A seat with a seed of its own shows no band.
        display: { ...address.display, projector: false, seeds: seed === null && address.display.seeds },
      },
      playhead,
      beside: {
        proposes: beside.proposes,
        tilted: beside.tilted,
        leader: { seed: seed === null ? null : address.spec.seed },
        answer: answers(id),
      },
    },
  ];
  return { ...picture, figures: Object.fromEntries(Object.entries(picture.figures).map(figureAtSeat)) };
}
