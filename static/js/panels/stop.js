/** When a run stops, as a sentence whose values are its fields. */
import { openView, setSeed, setStop } from "../state/actions.js";
import { createNumberField } from "../controls/numberField.js";
import { typed } from "../controls/scales.js";
import { icon } from "../controls/icons.js";
import { h, setText } from "../dom.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").View} View */
/** @typedef {import("../state/store.js").Store} Store */

/** @param {string} name @param {number} least  */
const wholeFrom = (name, least) => (/** @type {number} */ value) => (Number.isInteger(value) && value >= least ? null : `${name}: a whole number from ${least}`);

/** @param {number} value @param {1 | -1} direction @param {boolean} far */
const grow = (value, direction, far) => Math.max(1, Math.round(typed(value * (far ? 2 : 1.1) ** direction) + (far ? 0 : direction * 0.5)));

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {() => {view: View, title: string} | null} scene  that can be gone back to
 */
export function createStopPanel(root, store, scene) {
  const act = store.update;
  const steps = createNumberField({ label: "Steps at the most", check: wholeFrom("steps", 1), next: grow, onCommit: (value) => value !== null && act(setStop, { max_steps: value }) });
  const small = createNumberField({ label: "Smallest step", none: "0", check: (value) => (value >= 0 ? null : "step: a number from 0"), onCommit: (value) => act(setStop, { min_step_size: value || null }) });
  const target = createNumberField({ label: "Loss to reach", none: "none", onCommit: (value) => act(setStop, { target_loss: value }) });
  const seed = createNumberField({ label: "Seed", check: wholeFrom("seed", 0), onCommit: (value) => value !== null && act(setSeed, value) });
  const back = h("button", { type: "button", class: "quiet", onclick: () => goBack() }, icon("undo"), h("span"));
  root.append(h("p", { class: "stop-sentence" },
    "Stop after ", steps.root, " steps, or when every step is below ", small.root, ", or at loss ", target.root, ". Seed ", seed.root), back);

  function goBack() {
    const known = scene();
    if (known) act(openView, known.view);
  }

  return {
    /** @param {State} state */
    render({ stop, seed: number }) {
      steps.set(stop.max_steps);
      small.set(stop.min_step_size);
      target.set(stop.target_loss);
      seed.set(number);
      const known = scene();
      back.hidden = !known;
      setText(/** @type {Element} */ (back.lastElementChild), known ? `Back to “${known.title}”` : "");
    },
  };
}
