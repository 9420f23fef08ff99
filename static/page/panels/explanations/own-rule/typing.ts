/** Delays the text typed into the field of a rule: after a pause it runs, after a longer one it is a step of undo. */
import type { Ref } from "lit-html/directives/ref.js";
import { endDrag } from "../../../state/actions.ts";
import { addOwnRuleBelow, setRule } from "../../../state/ownRule.ts";
import type { Entry } from "../../../state/types.ts";
import type { ExplanationPorts } from "../loaders.ts";

/** Milliseconds without a key before each. */
const PAUSE = 200;
const REST = 800;

export function createTyping(
  { act, store, after, cancel, redraw }: ExplanationPorts,
  field: Ref<HTMLTextAreaElement>,
  editedEntry: () => Entry | undefined,
) {
  /** The text that has been typed but does not run yet. */
  let pending: string | null = null;
  let timer = 0;
  /** The key of the rule in the field. */
  let fieldKey = "";
  /** Values of hyperparameters that were deleted from the text, in case they are typed again. */
  const remembered: Record<string, number> = {};

  function run() {
    cancel(timer);
    const edited = editedEntry();
    if (!edited || pending === null) return;
    for (const [key, value] of Object.entries(edited.optimizer)) if (typeof value === "number") remembered[key] = value;
    if (edited.optimizer.rule === undefined) act(addOwnRuleBelow, edited.id, pending);
    else act(setRule, edited.id, pending, true, remembered);
    pending = null;
    timer = after(commit, REST);
  }

  function commit() {
    run();
    cancel(timer);
    if (store.get().dragging) act(endDrag);
  }

  return {
    note() {
      cancel(timer);
      pending = field.value?.value ?? null;
      timer = after(run, PAUSE);
      redraw();
    },
    /** Runs the text at once, as when the field loses the focus. */
    commit,
    /** @param key  of a rule @returns its text; while that is being typed, what stands in the field */
    textIn(key: string, text: string): string {
      const isTyped = field.value === document.activeElement && key === fieldKey;
      fieldKey = key;
      return isTyped ? (field.value?.value ?? text) : text;
    },
  };
}
