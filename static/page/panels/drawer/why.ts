/** Why a run goes there: what the shape of the loss asks of a step at the playhead, and what the rule makes of it. */
import { html } from "lit-html";
import { createRef, type Ref, ref } from "lit-html/directives/ref.js";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import { curvature, curvatureWish, type WireCurvature, type WireMode } from "../../resources/curvature.ts";
import { knownOf } from "../../resources/resource.ts";
import { setValue } from "../../state/actions.ts";
import { tellPrincipal } from "../../state/explain.ts";
import type { Principal } from "../../state/types.ts";
import { createLineChart } from "../../views/chart/lineChart.ts";
import { factorChartOf, indexOfRate } from "../../views/curvature/factorChart.ts";
import { createRootsPicture } from "../../views/curvature/rootsPicture.ts";
import { curvatureSentence, directionNames, factorText, wayOf } from "../../words/curvature.ts";
import { inPlainWords } from "../../words/refusal.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import type { DrawerPorts } from "./drawer.ts";

/** On a map there are directions of the Hessian itself, not of one that is scaled. */
function principalOf({ modes, at, of }: WireCurvature): Principal | null {
  const names = directionNames(modes);
  const directions = modes.flatMap(({ direction, eigenvalue }, k) =>
    direction ? [{ along: direction, curvature: eigenvalue, name: names[k] }] : [],
  );
  return of === "loss" && directions.length > 1 ? { at, directions } : null;
}

/** Of a rate that is dragged. */
const DIGITS = 3;

export function createWhy(root: HTMLElement, { act, invalidate, ask, ended }: DrawerPorts) {
  const want = ask(curvature);
  const [plane, chart] = [createRef<HTMLElement>(), createRef<HTMLElement>()];
  const roots = createRootsPicture();
  let told: WireCurvature | null = null;
  let [principal, onMap] = [null as Principal | null, null as Principal | null];
  let said = "";
  /** Whether the rate is under the hand. */
  let dragged = false;
  let run: { id: number; rate: number; slot: number } | null = null;

  /** The rate is dragged along the chart. */
  const factors = createLineChart(factorChartOf, {
    onSeek(index) {
      const rate = told?.curve?.learning_rate[index];
      if (!run || !rate) return;
      dragged = true;
      act(setValue, run.id, "learning_rate", Number(rate.toPrecision(DIGITS)), true);
    },
    onPoint() {},
  });
  window.addEventListener("pointerup", settle, { signal: ended });

  /** A drag is over: the runs are made whole. */
  function settle() {
    if (run && dragged) act(setValue, run.id, "learning_rate", run.rate, false);
    dragged = false;
  }

  function prepare({ state, scene, wordsStep, playing }: Frame) {
    const index = chosenRun(scene);
    const entry = index === null ? null : state.entries[index];
    if (index === null || !entry) {
      [told, run, onMap, said] = [null, null, null, "Add a run to see why it goes there."];
      return;
    }
    const shown = scene.wholeRuns[index];
    const row = Math.max(0, Math.min(Math.floor(wordsStep), shown.length - 1));
    const wish = curvatureWish(state, entry, row);
    if (!playing) want([wish]);
    const known = knownOf(state, curvature, wish.key);
    const rate = entry.optimizer.learning_rate as number;
    run = { id: entry.id, rate, slot: shown.slot };
    if (known?.value && known.value !== told) {
      told = known.value;
      principal = principalOf(told);
    }
    // While it plays it would stand where the head was.
    onMap = playing || !known?.value ? null : principal;
    said = known?.refused?.map(inPlainWords).join(" ") ?? known?.waits ?? (told ? "" : "Working it out.");
    if (known?.refused) told = null;
  }

  const row = (name: string, { eigenvalue, factor }: WireMode, rate: number, way: string) =>
    html`<tr>
      <th scope="row">${name}</th>
      <td>${formatMeasured(eigenvalue)}</td>
      <td>${formatMeasured(rate * eigenvalue)}</td>
      <td>${factor === null ? "–" : `× ${factorText(factor)}`}</td>
      <td>${way}</td>
    </tr>`;

  function table({ modes, condition_number: condition }: WireCurvature, rate: number, names: string[]) {
    const rows = modes.map((mode, k) => row(names[k] || `${k + 1}.`, mode, rate, wayOf(mode)));
    const heads = ["curvature", "times the rate", "a step keeps"].map((text) => html`<th scope="col">${text}</th>`);
    const words = `Condition number ${formatExact(condition ?? 0, 4)}: the largest curvature over the smallest.`;
    return html`<div class="why-table"><table><thead><tr><td></td>${heads}<td></td></tr></thead><tbody>${rows.reverse()}
      </tbody></table><p class="note" ?hidden=${condition === null}>${words}</p></div>`;
  }

  const figure = (caption: string, name: string, label: string, place: Ref<HTMLElement>, hidden: boolean) =>
    html`<figure ?hidden=${hidden}><figcaption>${caption}</figcaption><div class="chart ${name}" role="img"
      aria-label=${label} ${ref(place)}></div></figure>`;

  const panel = createPanel(
    invalidate,
    root,
    () => {
      if (!told || !run) return html`<p class="note">${said}</p>`;
      const names = directionNames(told.modes);
      const plain = !told.curve;
      const sentence = curvatureSentence(told, run.rate);
      const ofRoots = "Roots of a step in the complex plane";
      const ofFactors = "What a step keeps against the rate";
      return html`<p class="note" ?hidden=${!said}>${said}</p><p class="why-sentence">${sentence}</p><div class="why">
        ${figure("Roots of a step as the rate grows", "why-plane", ofRoots, plane, plain)}
        ${figure("What a step keeps: drag the rate", "why-factors", ofFactors, chart, plain)}
        ${table(told, run.rate, names)}</div>${told.notes.map((note) => html`<p class="note">${note}</p>`)}`;
    },
    ({ state, scene: { theme, scale } }) => {
      if (state.principal !== onMap) act(tellPrincipal, onMap);
      if (!told?.curve || !run) return;
      if (plane.value && roots.svg.parentElement !== plane.value) roots.place(plane.value);
      if (chart.value && factors.svg.parentElement !== chart.value) factors.place(chart.value);
      const content = { told, names: directionNames(told.modes), slot: run.slot, theme, scale };
      roots.render(content, undefined);
      const at = indexOfRate(told.curve.learning_rate, run.rate);
      factors.render(content, { at, read: Math.round(at), highlighted: null, hit: null });
    },
    prepare,
  );
  return {
    ...panel,
    apart: () => true,
    destroy() {
      act(tellPrincipal, null);
      want([]);
      panel.destroy();
    },
  };
}
