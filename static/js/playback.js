/** Keeps the playhead where it belongs while runs come, change and go. */
import { problemKey } from "./state/state.js";

/** @typedef {import("./state/types.js").State} State */
/** @typedef {import("./state/types.js").View} View */
/** @typedef {import("./player.js").Player} Player */

/** @param {State} state @returns {{length: number, complete: boolean}} in steps, over the runs that show */
export function extentOf({ entries, runs }) {
  const shown = entries.filter(({ hidden }) => !hidden).map(({ id }) => runs[id]);
  const complete = shown.length > 0 && shown.every((run) => run && (run.end !== null || run.cut));
  return { length: Math.max(0, ...shown.map((run) => (run?.length ?? 1) - 1)), complete };
}

/**
 * @param {object} ports
 * @param {Player} ports.player
 * @param {() => boolean} ports.still  less motion is wanted: nothing plays by itself, the whole picture shows at once
 */
export function createPlayback({ player, still }) {
  /** The step to stand at, as soon as so many rows are there. @type {number | null} */
  let awaited = null;

  /** @param {State} state @param {boolean} atEnd  it stood at the end of what was there before */
  function measure(state, atEnd) {
    const { length, complete } = extentOf(state);
    player.setLength(length, complete);
    if (awaited !== null) {
      player.seek(awaited);
      if (length >= awaited || complete) awaited = null;
    } else if (atEnd && !player.playing()) player.seek(length);
  }

  /** From the start, unless another step is asked for. @param {number | null} step @param {boolean} any  whether there are runs */
  function begin(step, any) {
    awaited = step ?? (still() ? Infinity : null);
    player.seek(awaited ?? 0);
    if (awaited === null && any) player.play();
  }

  return {
    /** @param {View} view  that has been opened */
    open: ({ look, spec }) => begin(look.step, spec.optimizers.length > 0),
    /** @param {State} state @param {State} before */
    follow(state, before) {
      const atEnd = player.atEnd();
      if (state.runs !== before.runs || state.entries !== before.entries) measure(state, atEnd);
      if (state.fault?.kind === "refused" && player.length() === 0) player.pause();
      if (state.edit.startsWith("problem") && problemKey(state) !== problemKey(before)) begin(null, state.entries.length > 0);
    },
  };
}
