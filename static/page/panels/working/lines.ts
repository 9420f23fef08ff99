/** A step in lines: the gradient, then each line of the rule. The arrow keys go from one to the next. */
import { latexParameter } from "../../words/gradientLatex.ts";
import { linesBeside } from "../../words/stepLines.ts";
import { fit, keepHeight, releaseHeight, unfit } from "../../views/formula.ts";
import { watchSize } from "../../figure/ending.ts";
import { h, keyed, setAttribute } from "../../dom.ts";
import { createLine } from "./line.ts";
import { createGradient } from "./gradient.ts";
import type { Setter } from "../../service/katex.ts";
import type { WireStep } from "../../service/step.ts";
import type { LineText } from "../../words/stepLines.ts";

const linesIn = (root: HTMLElement): HTMLElement[] => [...root.querySelectorAll(".working-line:not([hidden], [hidden] *)")].map((line) => line as HTMLElement);

function walk(event: KeyboardEvent, list: HTMLElement) {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const lines = linesIn(list);
  const at = lines.indexOf(document.activeElement as HTMLElement);
  if (!move || at < 0) return;
  event.preventDefault();
  lines[Math.min(lines.length - 1, Math.max(0, at + move))].focus();
}

export function createLines(set: Setter, label: string, ended: AbortSignal) {
  /** Whether a formula was set anew: digits written over the old ones are as wide as they were, and need no measuring. */
  let anew = false;
  const setAnew = (into: HTMLElement, latex: string) => {
    anew = true;
    set(into, latex);
  };
  const gradient = createGradient(setAnew);
  const rules = h("ol", { class: "working-lines" });
  const root = h("ol", { class: "working-lines", "aria-label": label, onkeydown: (event: KeyboardEvent) => walk(event, root) }, ...gradient.roots, h("li", {}, rules));
  let made: ReturnType<typeof createLine>[] = [];
  let key = "";
  const renderRules = keyed(rules, (text: LineText) => text.key, () => {
    const line = createLine(setAnew);
    made.push(line);
    return line;
  });

  /** What the lines have in common with those of other steps. */
  let kind = "";

  function settle() {
    const now = `${root.clientWidth} ${kind}`;
    const [fitted, lines] = [[...gradient.fitted(), ...made.flatMap((line) => line.fitted)], linesIn(root)];
    if (now !== key) {
      unfit(fitted);
      releaseHeight(lines);
    }
    key = now;
    fit(fitted);
    keepHeight(lines);
  }

  /** The line that takes the step: the last one that changes the parameter. */
  function markResult() {
    const last = made.findLast(({ root: line }) => line.dataset.quantity === "w");
    for (const { root: line } of made) setAttribute(line, "data-result", line === last?.root);
  }

  /** A letter that came late is wider than the one that stood in for it. */
  document.fonts.addEventListener("loadingdone", () => kind && settle(), { signal: ended });
  watchSize(root, () => key.startsWith(`${root.clientWidth} `) || settle(), ended);

  return {
    root,
    reveal: gradient.reveal,
    /** @param parameters  side by side where there are several */
    render(step: WireStep, parameters: string[]) {
      const lines = linesBeside(step, parameters);
      const names: Record<string, string> = parameters.length > 1 ? {} : { w: latexParameter(parameters[0]) };
      gradient.render(step, parameters, names);
      renderRules(lines);
      made = made.filter((line) => line.root.isConnected);
      markResult();
      const before = kind;
      kind = `${parameters.join()} ${lines.map((line) => line.key).join()}`;
      if (anew || kind !== before || step.gradient[parameters[0]].terms) settle();
      anew = false;
    },
  };
}
