/** Moves the playhead as runs come, change and go. */
import { hidesAhead, showsStartOnly } from "../state/exercise.ts";
import { extentOf, problemKey, runKey } from "../state/state.ts";
import type { Edit, PageAddress, State } from "../state/types.ts";
import type { Movement, Player } from "./player.ts";

export type Playback = ReturnType<typeof createPlayback>;

/** @param ports.still  less motion is wanted: nothing plays by itself, the whole picture shows at once */
export function createPlayback({ player, still }: { player: Player; still: () => boolean }) {
  /** The step to go to once so many rows are there. */
  let awaited: number | null = null;
  /** Another landscape has been chosen, and no row of a run on it has come. */
  let fresh = false;

  /** @param atEnd  it stood at the end of what was there before */
  function measure(state: State, atEnd: boolean) {
    // Until then the runs on the landscape before are drawn.
    fresh &&= !state.entries.some((entry) => state.runs[entry.id]?.key === runKey(state, entry));
    if (fresh) return;
    if (showsStartOnly(state)) return player.setLength(0, true);
    const { length, complete } = extentOf(state);
    // While runs come again they have fewer rows at first: the playhead waits at the step where it was.
    if (awaited === null && !atEnd && !complete && !player.playing() && player.step() > length) awaited = player.step();
    player.setLength(length, complete);
    if (player.playing()) awaited = null;
    else if (atEnd) awaited ??= Infinity;
    if (awaited === null) return;
    player.seek(awaited);
    if (length >= awaited || complete) awaited = null;
  }

  /**
   * Goes to a step and rests there; without one it plays from the start.
   * @param any  whether there are runs
   * @param hides  a question comes first, so nothing plays by itself
   */
  function begin(step: number | null, any: boolean, hides = false) {
    awaited = step ?? (still() && !hides ? Infinity : null);
    player.seek(awaited ?? 0);
    if (awaited === null && any && !hides) player.play();
  }

  return {
    /** @param address  that has been opened */
    open({ display, spec }: PageAddress) {
      fresh = false;
      begin(display.step, spec.optimizers.length > 0, display.hides);
    },
    /** A step whose rows have not come is gone to once they have. */
    seek(step: number) {
      player.seek(step);
      awaited = step > player.step() && !player.atEnd() ? step : null;
    },
    lead(movement: Movement) {
      player.lead(movement);
      const { step, playing } = movement;
      awaited = !playing && step > player.step() && !player.atEnd() ? step : null;
    },
    follow(state: State, before: State, edit: Edit | null) {
      const showedStartOnly = showsStartOnly(before);
      const atEnd = !showedStartOnly && player.atEnd();
      // An edit made before the runs have played shows them to their end.
      const shows = hidesAhead(before) && !hidesAhead(state);
      if (shows && edit?.kind !== "hides" && player.step() === 0 && !player.playing()) awaited = Infinity;
      if (state.runs !== before.runs || state.entries !== before.entries || showsStartOnly(state) !== showedStartOnly)
        measure(state, atEnd);
      if (state.fault?.kind === "refused" && player.length() === 0) player.pause();
      const isOther = problemKey(state) !== problemKey(before);
      if (edit?.kind === "problem" && isOther) {
        fresh = state.entries.length > 0;
        if (fresh) player.setLength(0, false);
        begin(null, fresh);
      }
      if (edit?.kind !== "restore") return;
      // Undo asks a question again that was open before the edit, and shows the runs of another problem to their end.
      if (hidesAhead(state) && !hidesAhead(before)) begin(null, true, true);
      else if (isOther) begin(Infinity, true);
    },
  };
}
