/** The frames of a film: how many there are, and the step that each shows. */

/** from, to: steps; perSecond: steps a second; still: seconds that the last step stays */
export interface FilmSpeed {
  from: number;
  to: number;
  perSecond: number;
  still: number;
}

/** The number of frames in which the playhead moves. */
const moving = ({ from, to, perSecond }: FilmSpeed, rate: number) => Math.ceil(((to - from) / perSecond) * rate - 1e-9);

/** @param rate  frames a second @returns the number of frames; the last step always has one */
export const framesOf = (speed: FilmSpeed, rate: number): number =>
  moving(speed, rate) + Math.max(1, Math.round(speed.still * rate));

/** @param frame  from 0 @returns the step of the playhead */
export const stepAtFrame = ({ from, to, perSecond }: FilmSpeed, rate: number, frame: number): number =>
  Math.min(to, from + (frame * perSecond) / rate);

/** A timing by which most of a run is seen in about ten seconds. @param longest  steps of the longest run */
export function usualSpeed(longest: number): FilmSpeed {
  const perSecond = [1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500].find((speed) => longest <= 13 * speed);
  return { from: 0, to: longest, perSecond: perSecond ?? 1000, still: 2 };
}
