/** Words and numbers that change as the playhead moves change together, so that all in sight are of one step. */

/** While it plays they change this often, in milliseconds: faster, nobody reads them. */
const READABLE = 200;

/** @returns the step that words and numbers are of */
export function createReadable(): (step: number, playing: boolean, now: number) => number {
  let last = 0;
  let at = -Infinity;
  return (step, playing, now) => {
    if (playing && now - at < READABLE) return last;
    [last, at] = [step, now];
    return last;
  };
}
