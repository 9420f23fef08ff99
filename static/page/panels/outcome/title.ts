/** The title block of the map: what it shows, its formula, what a tint means. */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { onElement } from "../../component.ts";
import { wordChoice } from "../../controls/choice.ts";
import { PATH } from "../../state/network.ts";
import { explain } from "../../state/explain.ts";
import { createPanel } from "../../figure/panel.ts";
import { createLegend } from "../../views/legend.ts";
import { typeset } from "../../service/katex.ts";
import type { Catalog, Problem } from "../../state/types.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";

function formulaOf({ latex, kind, parameters }: Problem): string {
  if (!latex) return "";
  return kind === "line_fit" || latex.includes("=") ? latex : `f(${parameters.join(", ")}) = ${latex}`;
}

/** Milliseconds: not before the picture stands. */
const DRAWN = 76;

type Shown = "network" | "map";

const nameOf = (catalog: Catalog | null, activation?: string) => catalog?.networks?.activations.find(({ name }) => name === activation)?.label ?? activation;

/** "XOR, 4 and 3 tanh neurons" */
function titleWords({ label, network }: Problem, catalog: Catalog | null): string {
  const hidden = network?.sizes.slice(1, -1) ?? [];
  const layers = hidden.join(", ").replace(/, (\d+)$/, " and $1");
  return hidden.length ? `${label}, ${layers} ${nameOf(catalog, network?.activation)} neuron${layers === "1" ? "" : "s"}` : label;
}

export function createTitle({ act, place, after, invalidate }: Figure) {
  let legend: ReturnType<typeof createLegend> | undefined;
  const attach = (root?: Element) => void (legend = root && createLegend(root as HTMLElement));

  /** Until it is set it stands as it was typed. */
  const formula = onElement((root: HTMLElement, latex: string, typed: string) => {
    if (root.dataset.latex === latex && (latex || root.textContent === typed)) return;
    root.dataset.latex = latex;
    root.replaceChildren(typed);
    if (latex) after(() => typeset(root, latex), DRAWN);
  });

  /** Of a network, what the stage shows of it. */
  const choice = (map: boolean, whole: boolean) => wordChoice<Shown>({
    label: "Shown", options: [["network", "Network"], ["map", whole ? "Map of the loss" : "Plane of the loss"]], value: map ? "map" : "network",
    onChoose: (value) => act(explain, { plane: value === "map" ? PATH : null }),
  });

  const panel = createPanel(invalidate, place("title"), ({ state: { catalog, problem: asked, explain: { plane } }, scene: { problem } }) => html`
    <div class="title-words"><h1>${titleWords(problem, catalog)}</h1>${asked.network ? choice(plane !== null, problem.domain.length > 0) : html`
      <p class="formula-set" ${formula(formulaOf(problem), problem.expression ?? "")}></p>`}</div>
    <div class="legend"><span class="legend-name">loss</span><div class="legend-bar" ${ref(attach)}></div></div>`);

  return {
    destroy: panel.destroy,
    render(frame: Frame) {
      panel.render(frame);
      legend?.render(frame.scene.levels, frame.scene.theme);
    },
  };
}
