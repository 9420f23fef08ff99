/**
 * The playhead: a step that moves over the rows received. It has no timer: each frame calls `tick`, and reads the step.
 */

/** At single speed a short run takes four seconds, a long one eight, and between them 40 steps one second. */
const STEPS_A_SECOND = 40;
const SHORTEST = 4;
const LONGEST = 8;
/** A slow stretch takes SLOW seconds, but no step of it longer than SLOW_STEP seconds. */
const SLOW = 3;
const SLOW_STEP = 1;

/**
 * @param length  of the longest run, in steps
 * @param complete  no more rows will come
 * @returns steps a second at single speed
 */
function stepsPerSecond(length: number, complete: boolean): number {
  if (!complete) return Math.max(STEPS_A_SECOND, length / LONGEST);
  const seconds = Math.min(LONGEST, Math.max(SHORTEST, length / STEPS_A_SECOND));
  return Math.max(length, 1) / seconds;
}

/** Where the playhead stands; while it plays, where it was when it was set in motion. */
export interface Movement {
  step: number;
  playing: boolean;
  speed: number;
  /** when it was there or set in motion, in milliseconds */
  at: number;
}

export type Player = ReturnType<typeof createPlayer>;

/** What the views of a figure may use of its player: they read it, and say where it is to be slow. */
export type Playhead = Pick<
  Player,
  "step" | "playing" | "movement" | "speed" | "length" | "atEnd" | "pausedStep" | "setSlow"
>;

/** @param clock  milliseconds */
export function createPlayer(clock: () => number) {
  let step = 0;
  let length = 0;
  let complete = false;
  let playing = false;
  let speed = 1;
  let slow: [number, number][] = [];
  let jumps = false;
  let since = 0;
  let movement: Movement = { step, playing, speed, at: 0 };
  /** Another figure has moved it last, not a hand. */
  let isLed = false;

  /** @returns the step that it comes to from one in so many seconds */
  function after(from: number, seconds: number): number {
    const usual = stepsPerSecond(length, complete);
    const next = Math.min(Infinity, ...slow.flat().filter((end) => end > from));
    const stretch = slow.find(([first, last]) => first <= from && from < last);
    const rate = speed * (stretch ? Math.min(usual, Math.max(1 / SLOW_STEP, (stretch[1] - stretch[0]) / SLOW)) : usual);
    return from + seconds * rate <= next ? from + seconds * rate : after(next, seconds - (next - from) / rate);
  }

  function place(to: number) {
    step = Math.min(length, Math.max(0, to));
  }

  /** @param ahead  steps from where it stands, at the least, where it moves in jumps */
  const jumped = (to: number, ahead: number) => (jumps ? Math.max(Math.floor(step) + ahead, Math.round(to)) : to);

  function note(byHand = true) {
    isLed &&= !byHand;
    movement = { step, playing, speed, at: clock() };
  }

  function advance(time: number) {
    const seconds = (time - since) / 1000;
    if (jumps && seconds < 1) return;
    since = time;
    const { step: from, at } = movement;
    place(isLed ? jumped(after(from, (time - at) / 1000), 0) : jumped(after(step, seconds), 1));
    if (step < length || !complete) return;
    playing = false;
    note(false);
  }

  const atEnd = () => step >= length && complete;

  return {
    /** where the playhead stands; a fraction lies between two rows */
    step: () => step,
    playing: () => playing,
    /** @returns another object once it was set in motion, stopped or put elsewhere */
    movement: () => movement,
    speed: () => speed,
    /** in steps */
    length: () => length,
    atEnd,
    /** @returns the step at which it stands; null at the end and while it plays */
    pausedStep: () => (playing || atEnd() ? null : Math.floor(step)),
    /** plays; from the start if it stands at the end */
    play() {
      if (atEnd()) step = 0;
      since = clock();
      playing = true;
      note();
    },
    pause() {
      if (playing) place(Math.floor(step));
      playing = false;
      note();
    },
    seek(to: number) {
      const before = playing ? null : step;
      playing = false;
      place(to);
      if (step !== before) note();
    },
    /** Moves as another playhead does, and catches up on the time since then and on rows that came late. */
    lead(to: Movement) {
      [playing, speed, since, isLed, movement] = [to.playing, to.speed, clock(), to.playing, to];
      place(to.step);
      if (playing) advance(since);
    },
    setSpeed(value: number) {
      speed = value;
      note();
    },
    /** @param stretches  steps, from one to another, that take at least a while at single speed */
    setSlow(stretches: [number, number][]) {
      slow = stretches;
    },
    setLength(steps: number, isComplete: boolean) {
      length = steps;
      complete = isComplete;
      place(step);
    },
    /** one move a second, in whole steps */
    setJumps(value: boolean) {
      jumps = value;
    },
    /** let time pass */
    tick() {
      if (playing) advance(clock());
    },
  };
}
