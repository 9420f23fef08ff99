/** The title block of the map: name of the problem, formula, and the legend of the tints. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { onElement } from "../../component.ts";
import type { FramePorts, StatePorts } from "../../figure/figure.ts";
import type { Timers } from "../../figure/lifetime.ts";
import { watchSize } from "../../figure/lifetime.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, MovingFrame, Part, View } from "../../figure/part.ts";
import { createLegend } from "../../pictures/legend.ts";
import { typeset } from "../../service/katex.ts";
import { lazy } from "../../service/lazy.ts";
import { presetOfRuns } from "../../state/exercise.ts";
import type { Problem } from "../../state/types.ts";

function formulaOf({ latex, kind, parameters }: Problem): string {
  if (!latex) return "";
  return kind === "line_fit" || latex.includes("=") ? latex : `f(${parameters.join(", ")}) = ${latex}`;
}

/** Milliseconds after which the formula is set, so that the picture comes first. */
const DRAWN = 76;

/** A formula that is longer than its line is made smaller, down to this share. */
const SMALLEST = 0.5;

function fit(line: HTMLElement) {
  line.style.setProperty("--fit", "1");
  line.style.setProperty("--fit", Math.min(1, Math.max(SMALLEST, line.clientWidth / line.scrollWidth)).toFixed(3));
}

function createTitle(root: HTMLElement, figure: StatePorts & FramePorts & Timers): Part {
  const { after, ended, invalidate } = figure;
  let legend: ReturnType<typeof createLegend> | undefined;
  const attach = (root?: Element) => {
    legend = root && createLegend(root as HTMLElement);
  };

  /** Shrinks the formula to fit its line; the legend has the rest of the width. */
  function fitted(line: HTMLElement) {
    fit(line);
    invalidate();
  }

  /** Sets the formula; until then its line is empty. */
  const formula = onElement((root: HTMLElement, latex: string) => {
    if (root.dataset.latex === latex) return;
    if (root.dataset.latex === undefined) watchSize(root, () => fitted(root), ended);
    root.dataset.latex = latex;
    root.replaceChildren();
    if (latex) after(() => void typeset(root, latex).then(() => fitted(root)), DRAWN);
  });

  const ofNetwork = lazy(() => import("../network/title.ts"), figure);
  const ofEnds = lazy(async () => (await import("./legendOfEnds.ts")).createLegendOfEnds(), figure);

  const panel = createPanel(figure, root, (frame) => {
    const { problem, ends } = frame.scene;
    // On a wall there is no other place with the name of the preset.
    const preset = frame.state.projector && presetOfRuns(frame.state);
    return html`<div class="title-words">${
      (frame.state.problem.network && ofNetwork()?.networkTitle(frame, figure.act)) ||
      html`<h1>${problem.label}</h1>
      ${preset ? html`<p class="scene-name">${preset.title}</p>` : nothing}
      <p class="formula-set" ${formula(formulaOf(problem))}></p>`
    }</div>
    ${ends && ofEnds()?.(frame.scene)}<div class="legend" ?hidden=${ends}><span class="legend-name">loss</span><div
      class="legend-bar" ${ref(attach)}></div></div>`;
  });

  let latestFrame: Frame | undefined;

  return {
    press: (key: string) =>
      Boolean(latestFrame?.state.problem.network && ofNetwork()?.pressNetworkTitle(key, latestFrame, figure.act)),
    render(frame: MovingFrame) {
      latestFrame = frame;
      panel.render(frame);
      legend?.render(frame.scene.levels, frame.scene.theme);
    },
  };
}

export const titleView: View = {
  name: "title",
  place: { within: "stage", attributes: { class: "title" } },
  create: createTitle,
};
