/** What explains a step opens, where all runs have ended, at the step that tells what the scene is about. */
import { onEnd } from "../../figure/ending.ts";
import type { Figure } from "../../figure/figure.ts";
import { selectRun } from "../../state/actions.ts";
import { chosenRun } from "../../state/chosen.ts";
import { explained } from "../../state/explain.ts";
import { presetShown, presetVaried } from "../../state/preset.ts";
import type { State } from "../../state/types.ts";
import { contentOf } from "./explanations.ts";

type TellingPorts = Pick<Figure, "act" | "ended" | "player" | "seek" | "store">;

/** What shows a step, or the rows around one. */
const OF_STEPS = ["working", "steps"];

/** On a narrow screen the working is a tab of the page. */
function tellsStep(state: State): boolean {
  const open = explained(state) ?? state.panel ?? "";
  return OF_STEPS.includes(open) || contentOf(open)?.ofStep === true;
}

function goThere({ act, player, seek }: TellingPorts, state: State) {
  const telling = (presetVaried(state) ?? presetShown(state))?.telling;
  if (!telling || !player.atEnd()) return;
  const { selected, entries } = state;
  // A run that was chosen by hand stays so.
  if (selected === null && chosenRun(state) !== telling.run) act(selectRun, entries[telling.run].id);
  seek(telling.step - 1);
}

const followed: WeakSet<TellingPorts["store"]> = new WeakSet();

/** From when the first of what explains a step is there. An address says itself which step it shows. */
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
