/** Opens explanations of a step at the telling step of a scene, if all runs have ended. */
import { onEnd } from "../../figure/ending.ts";
import type { Figure } from "../../figure/figure.ts";
import { selectRun } from "../../state/actions.ts";
import { chosenRun } from "../../state/chosen.ts";
import { presetOf } from "../../state/preset.ts";
import type { State } from "../../state/types.ts";
import { explanationNamed } from "../explanations/all.ts";

type TellingPorts = Pick<Figure, "act" | "ended" | "player" | "seek" | "store">;

/** Whether an explanation of a step is open; on a narrow screen the working is a tab of the page. */
function tellsStep({ explain, panel }: State): boolean {
  const open = explanationNamed(explain.explanation ?? panel);
  return open?.atTelling === true || open?.ofStep !== undefined;
}

function goThere({ act, player, seek }: TellingPorts, state: State) {
  const telling = presetOf(state, "prepared", "changed", "varied")?.telling;
  if (!telling || !player.atEnd()) return;
  const { selected, entries } = state;
  // A run that was chosen by hand stays so.
  if (selected === null && chosenRun(state) !== telling.run) act(selectRun, entries[telling.run].id);
  seek(telling.step - 1);
}

const followed: WeakSet<TellingPorts["store"]> = new WeakSet();

/**
 * Follows a figure from its first explanation of a step on. An address that opens one says itself which step it shows.
 */
export function openAtTelling(figure: TellingPorts) {
  const { store, ended } = figure;
  if (followed.has(store)) return;
  followed.add(store);
  const now = store.get();
  const byHand = now.edit.kind === "explain" || document.activeElement !== document.body;
  if (tellsStep(now) && byHand) goThere(figure, now);
  onEnd(
    ended,
    store.subscribe((state, before) => {
      if (tellsStep(state) && !tellsStep(before) && state.edit.kind !== "open") goThere(figure, state);
    }),
  );
}
