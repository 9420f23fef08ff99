/** Keeps the playhead where it belongs while runs come, change and go. */
import { problemKey, runKey } from "../state/state.ts";
import type { PageAddress, State } from "../state/types.ts";
import type { Movement, Player } from "./player.ts";

/** @returns in steps, over the runs that show */
export function extentOf({ entries, runs }: State): { length: number; complete: boolean } {
  const shown = entries.filter(({ hidden }) => !hidden).map(({ id }) => runs[id]);
  const complete = shown.length > 0 && shown.every((run) => run && (run.end !== null || run.cut));
  return { length: Math.max(0, ...shown.map((run) => (run?.length ?? 1) - 1)), complete };
}

/** @param ports.still  less motion is wanted: nothing plays by itself, the whole picture shows at once */
export function createPlayback({ player, still }: { player: Player; still: () => boolean }) {
  /** The step to stand at, as soon as so many rows are there. */
  let awaited: number | null = null;
  /** Another landscape has been chosen, and none of its rows has come. */
  let fresh = false;

  /** @param atEnd  it stood at the end of what was there before */
  function measure(state: State, atEnd: boolean) {
    // What is drawn meanwhile is of what was there before.
    fresh &&= !state.entries.some((entry) => state.runs[entry.id]?.key === runKey(state, entry));
    if (fresh) return;
    const { length, complete } = extentOf(state);
    // Rows that come again are fewer at first: the playhead stays where it was, and waits for them.
    if (awaited === null && !atEnd && !complete && !player.playing() && player.step() > length) awaited = player.step();
    player.setLength(length, complete);
    if (player.playing()) awaited = null;
    else if (atEnd) awaited ??= Infinity;
    if (awaited === null) return;
    player.seek(awaited);
    if (length >= awaited || complete) awaited = null;
  }

  /**
   * From the start, unless another step is asked for.
   * @param any  whether there are runs
   * @param reveal  it waits for an answer
   */
  function begin(step: number | null, any: boolean, reveal = false) {
    awaited = step ?? (still() && !reveal ? Infinity : null);
    player.seek(awaited ?? 0);
    if (awaited === null && any && !reveal) player.play();
  }

  return {
    /** @param address  that has been opened */
    open({ display, spec }: PageAddress) {
      fresh = false;
      begin(display.step, spec.optimizers.length > 0, display.reveal);
    },
    /** Where its rows are still to come it goes on there with them. */
    seek(step: number) {
      player.seek(step);
      awaited = step > player.step() && !player.atEnd() ? step : null;
    },
    lead(movement: Movement) {
      player.lead(movement);
      const { step, playing } = movement;
      awaited = !playing && step > player.step() && !player.atEnd() ? step : null;
    },
    follow(state: State, before: State) {
      const atEnd = player.atEnd();
      // Who touches a control before anything has run sees where that leads, to the end.
      if (before.reveal && !state.reveal && state.edit.kind !== "reveal" && player.step() === 0 && !player.playing())
        awaited = Infinity;
      if (state.runs !== before.runs || state.entries !== before.entries) measure(state, atEnd);
      if (state.fault?.kind === "refused" && player.length() === 0) player.pause();
      if (state.edit.kind === "problem" && problemKey(state) !== problemKey(before)) {
        fresh = state.entries.length > 0;
        if (fresh) player.setLength(0, false);
        begin(null, fresh);
      }
    },
  };
}
