/**
 * The playhead: a step that moves in time over rows already received. It knows no timer and no screen; whoever draws
 * asks it, with the time, where it stands.
 */

/** At single speed a short run takes four seconds, a long one eight, and between them 40 steps one second. */
const STEPS_A_SECOND = 40;
const SHORTEST = 4;
const LONGEST = 8;

/**
 * @param {number} length  of the longest run, in steps
 * @param {boolean} complete  no more rows will come
 * @returns {number} steps a second at single speed
 */
export function pace(length, complete) {
  if (!complete) return Math.max(STEPS_A_SECOND, length / LONGEST);
  const seconds = Math.min(LONGEST, Math.max(SHORTEST, length / STEPS_A_SECOND));
  return Math.max(length, 1) / seconds;
}

/**
 * @typedef {object} Player
 * @property {() => number} step  where the playhead stands; a fraction lies between two rows
 * @property {() => boolean} playing
 * @property {() => number} speed
 * @property {() => boolean} atEnd
 * @property {() => number} length  in steps
 * @property {() => void} play  from the start where it stands at the end
 * @property {() => void} pause
 * @property {(step: number) => void} seek
 * @property {(speed: number) => void} setSpeed
 * @property {(length: number, complete: boolean) => void} setLength
 * @property {(jumps: boolean) => void} setJumps  one move a second, in whole steps
 * @property {() => void} tick  let time pass
 */

/**
 * @param {() => number} now  milliseconds
 * @returns {Player}
 */
export function createPlayer(now) {
  let step = 0;
  let length = 0;
  let complete = false;
  let playing = false;
  let speed = 1;
  let jumps = false;
  let since = 0;

  /** @param {number} seconds @returns {number} steps covered in them */
  const covered = (seconds) => seconds * speed * pace(length, complete);

  /** @param {number} to */
  function place(to) {
    step = Math.min(length, Math.max(0, to));
  }

  /** @param {number} time */
  function advance(time) {
    const seconds = (time - since) / 1000;
    if (jumps && seconds < 1) return;
    since = time;
    place(jumps ? Math.floor(step) + Math.max(1, Math.round(covered(seconds))) : step + covered(seconds));
    if (step === length && complete) playing = false;
  }

  return {
    step: () => step,
    playing: () => playing,
    speed: () => speed,
    length: () => length,
    atEnd: () => step >= length && complete,
    play() {
      if (step >= length && complete) step = 0;
      since = now();
      playing = true;
    },
    pause() {
      if (playing) place(Math.floor(step));
      playing = false;
    },
    seek(to) {
      playing = false;
      place(to);
    },
    setSpeed(value) {
      speed = value;
    },
    setLength(steps, isComplete) {
      length = steps;
      complete = isComplete;
      place(step);
    },
    setJumps(value) {
      jumps = value;
    },
    tick() {
      if (playing) advance(now());
    },
  };
}
