/** Where the runs start and when they stop, as sentences whose values are their fields. */
import { openAddress, setSeed, setStop } from "../../state/actions.ts";
import { createNumberField } from "../../controls/numberField.ts";
import { typed } from "../../controls/scales.ts";
import { icon } from "../../controls/icons.ts";
import { inPlainWords } from "../../words/refusal.ts";
import { h, setText } from "../../dom.ts";
import { createStartFields } from "./startFields.ts";
import type { State, PageAddress } from "../../state/types.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";

/** How the page names the parts of a spec that stand in the sentence. */
type Key = "max_steps" | "min_step_size" | "target_loss" | "seed";

/** @returns what the server has against it */
function faultOf({ fault }: State, key: Key): string | undefined {
  const refusal = fault?.kind === "refused" && fault.errors.find(({ loc }) => loc.includes(key));
  return refusal ? inPlainWords(refusal) : undefined;
}

const grow = (value: number, direction: 1 | -1, far: boolean) => Math.max(1, Math.round(typed(value * (far ? 2 : 1.1) ** direction) + (far ? 0 : direction * 0.5)));

/** @param scene  that can be gone back to */
export const createStopPanel = (scene: () => { address: PageAddress; title: string } | null = () => null) => ({ store, act, place }: Figure) => {
  const root = place("stop");
  const limits = () => store.get().catalog?.limits ?? {};
  const steps = createNumberField({ label: "Steps at the most", range: () => ({ whole: true, least: 1, most: limits().max_steps }), next: grow, onCommit: (value) => value !== null && act(setStop, { max_steps: value }) });
  const small = createNumberField({ label: "Smallest step", none: "off", range: { least: 0 }, onCommit: (value) => act(setStop, { min_step_size: value || null }) });
  const target = createNumberField({ label: "Loss to reach", none: "off", onCommit: (value) => act(setStop, { target_loss: value }) });
  const seed = createNumberField({ label: "Seed", range: () => ({ whole: true, least: 0, most: limits().max_seed }), onCommit: (value) => value !== null && act(setSeed, value) });
  const back = h("button", { type: "button", class: "quiet", onclick: () => goBack() }, icon("undo"), h("span"));
  const start = createStartFields(store);
  root.append(start.root, h("p", { class: "stop-sentence" },
    "Stop after ", steps.root, " steps, or when every step is below ", small.root, ", or at loss ", target.root, ". Seed ", seed.root), back);

  function goBack() {
    const known = scene();
    if (known) act(openAddress, known.address);
  }

  return {
    focusStart: start.focus,
    destroy: () => root.replaceChildren(),
    render({ state, scene: now }: Frame) {
      start.render(now);
      const { stop, seed: number } = state;
      steps.set(stop.max_steps, faultOf(state, "max_steps"));
      small.set(stop.min_step_size, faultOf(state, "min_step_size"));
      target.set(stop.target_loss, faultOf(state, "target_loss"));
      seed.set(number, faultOf(state, "seed"));
      const known = scene();
      back.hidden = !known;
      setText(back.lastElementChild as Element, known ? `Back to “${known.title}”` : "");
    },
  };
};
