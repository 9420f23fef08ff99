/** What was found in a rule: what it keeps, what is to be set, what it is given, and what may be written. */
import { setValue } from "../../../state/actions.ts";
import { optimizerOf, valueOf } from "../../../state/catalog.ts";
import { namesIn, paramNamed } from "../../../state/ruleNames.ts";
import { chosen } from "../../../math/format.ts";
import { scaleOf } from "../../../controls/scales.ts";
import { newNameWords } from "../../../words/newNames.ts";
import { symbol } from "../../../words/symbol.ts";
import { h, keyed, setText } from "../../../dom.ts";
import { createNumberField } from "../../../controls/byHand.ts";
import type { Entry, Param, State } from "../../../state/types.ts";
import type { Store } from "../../../state/store.ts";
import type { Figure } from "../../../figure/figure.ts";

type Setting = { param: Param; value: number; id: number };

/** A loss below this share of another is worth another rate. */
const FAR_BELOW = 0.1;

/** A hyperparameter in the sentence: its letter and its value, to be changed. */
const createSetting = (act: Store["update"]) => (first: Setting) => {
  let { id } = first;
  const { param } = first;
  const field = createNumberField({ label: param.name.replace(/_/g, " "), next: scaleOf(param).next, onCommit: (value) => value !== null && act(setValue, id, param.name, value, false) });
  return {
    root: h("label", { class: "own-setting" }, h("span", { class: symbol(param.name).length < 3 ? "letter" : "" }, symbol(param.name)), field.root),
    render(setting: Setting) {
      id = setting.id;
      field.set(setting.value);
    },
  };
};

/** "m, v from 0, step from learning_rate" */
export function keptWords(states: string[], initial: Record<string, unknown>): string {
  const starts = [...new Set(states.map((name) => String(initial[name] ?? 0)))];
  const groups = starts.map((start) => `${states.filter((name) => String(initial[name] ?? 0) === start).map(symbol).join(", ")} from ${symbol(start)}`);
  return groups.join(", ") || "nothing from step to step";
}

/** Of the rates tried, the one that ends lowest, where the run's own ends far above it. */
export function betterRate({ catalog, sweeps }: State, { id, optimizer }: Entry): number | null {
  const sweep = sweeps[id];
  const now = valueOf(catalog, optimizer, "learning_rate");
  if (!sweep || now === null || now === undefined) return null;
  const far = sweep.values.map((value) => Math.abs(Math.log(value / now)));
  const [ends, here] = [sweep.loss.map((loss) => loss ?? Infinity), far.indexOf(Math.min(...far))];
  const least = Math.min(...ends);
  return Number.isFinite(least) && least < FAR_BELOW * ends[here] ? sweep.values[ends.indexOf(least)] : null;
}

/** A rate that was good for one rule may be none for another. */
function createBest(act: Store["update"]) {
  let found: { id: number; rate: number } | null = null;
  const root = h("button", { type: "button", class: "quiet strong own-best", onclick: () => found && act(setValue, found.id, "learning_rate", found.rate, false) });
  return {
    root,
    render(state: State, entry: Entry) {
      const rate = entry.optimizer.rule === undefined ? null : betterRate(state, entry);
      found = rate === null ? null : { id: entry.id, rate: Number(rate.toPrecision(2)) };
      root.hidden = !found;
      if (found) setText(root, `Take ${chosen(found.rate)}: of the rates tried it ends lowest`);
    },
  };
}

export function createFacts({ act, id }: Figure) {
  const kept = h("span");
  const settings = h("span", { class: "own-settings" });
  const fresh = h("span", { class: "own-new", role: "status" });
  const best = createBest(act);
  const set = h("div", { class: "own-fact" }, h("dt", {}, "you set"), h("dd", {}, settings, best.root, fresh));
  const keeps = h("div", { class: "own-fact" }, h("dt", {}, "kept"), h("dd", { title: "Read before they are assigned, and so kept from step to step" }, kept));
  const given = h("div", { class: "own-fact" }, h("dt", {}, "given"), h("dd", {}, h("i", {}, "w"), " a parameter, ", h("i", {}, "g"), " its gradient, ", h("i", {}, "t"), " the step from 1, lr the rate in force"));
  const allowed = h("dd");
  const root = h("dl", { id: id("own-rule-help"), class: "own-facts" }, keeps, set, given, h("div", { class: "own-fact" }, h("dt", {}, "signs"), allowed));
  const renderSettings = keyed(settings, ({ param }: Setting) => param.name, createSetting(act));
  return {
    root,
    render(state: State, entry: Entry, rule: string) {
      const { catalog } = state;
      const { id, optimizer } = entry;
      const { states, hyperparameters } = namesIn(rule, catalog);
      setText(kept, keptWords(states, (optimizer.initial ?? optimizerOf(catalog, optimizer.name)?.initial ?? {}) as Record<string, unknown>));
      renderSettings(["learning_rate", ...hyperparameters].map((name) => ({ param: paramNamed(catalog, name), value: valueOf(catalog, optimizer, name) ?? paramNamed(catalog, name).default, id })));
      best.render(state, entry);
      setText(fresh, newNameWords(rule, catalog));
      setText(allowed, `+ − * / ** ( ) ${(catalog?.language?.functions ?? []).join(" ")}`);
    },
  };
}
