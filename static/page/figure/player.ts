/**
 * The playhead: a step that moves in time over rows already received. It knows no timer and no screen; whoever draws
 * asks it, with the time, where it stands.
 */

/** At single speed a short run takes four seconds, a long one eight, and between them 40 steps one second. */
const STEPS_A_SECOND = 40;
const SHORTEST = 4;
const LONGEST = 8;

/**
 * @param length  of the longest run, in steps
 * @param complete  no more rows will come
 * @returns steps a second at single speed
 */
export function pace(length: number, complete: boolean): number {
  if (!complete) return Math.max(STEPS_A_SECOND, length / LONGEST);
  const seconds = Math.min(LONGEST, Math.max(SHORTEST, length / STEPS_A_SECOND));
  return Math.max(length, 1) / seconds;
}

export interface Player {
  /** where the playhead stands; a fraction lies between two rows */
  step: () => number;
  playing: () => boolean;
  speed: () => number;
  atEnd: () => boolean;
  /** in steps */
  length: () => number;
  /** from the start where it stands at the end */
  play: () => void;
  pause: () => void;
  seek: (step: number) => void;
  setSpeed: (speed: number) => void;
  setLength: (length: number, complete: boolean) => void;
  /** one move a second, in whole steps */
  setJumps: (jumps: boolean) => void;
  /** let time pass */
  tick: () => void;
}

/** @param now  milliseconds */
export function createPlayer(now: () => number): Player {
  let step = 0;
  let length = 0;
  let complete = false;
  let playing = false;
  let speed = 1;
  let jumps = false;
  let since = 0;

  /** @returns steps covered in them */
  const covered = (seconds: number): number => seconds * speed * pace(length, complete);

  function place(to: number) {
    step = Math.min(length, Math.max(0, to));
  }

  function advance(time: number) {
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
