/** Why a run goes there: what the shape of the loss asks of a step at the playhead, and what the rule makes of it. */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { wordChoice } from "../../controls/choice.ts";
import { numberField } from "../../controls/numberField.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { formatMeasured } from "../../math/format.ts";
import { symbol } from "../../math/text.ts";
import {
  curvature,
  curvatureWish,
  edge,
  edgeWish,
  stability,
  stabilityWish,
  type WireCurvature,
  type WireEdge,
  type WireMode,
  type WireStability,
} from "../../resources/curvature.ts";
import { knownOf } from "../../resources/resource.ts";
import { onSize } from "../../size.ts";
import { setValue } from "../../state/actions.ts";
import { averageFrom } from "../../state/average.ts";
import { explain, setExplained, tellPrincipal } from "../../state/explain.ts";
import { paramsOf } from "../../state/ruleNames.ts";
import type { Entry, Principal, Run } from "../../state/types.ts";
import { aloneAt, createLineChart } from "../../views/chart/lineChart.ts";
import { edgeChartOf, edgeLossOf } from "../../views/curvature/edgeChart.ts";
import { factorChartOf, indexOfRate } from "../../views/curvature/factorChart.ts";
import { createRootsPicture } from "../../views/curvature/rootsPicture.ts";
import {
  createStabilityPicture,
  grippedDot,
  type StabilityLayout,
  type StabilityMoment,
  stabilityValues,
} from "../../views/curvature/stabilityPicture.ts";
import {
  conditionWords,
  curvatureSentence,
  directionNames,
  edgeSentence,
  factorText,
  wayOf,
} from "../../words/curvature.ts";
import { inPlainWords } from "../../words/refusal.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import { drawerWays } from "../shared/drawerWays.ts";
import type { DrawerPorts } from "./drawer.ts";
import { createWhyModes } from "./whyModes.ts";
import { createWhyOnMap } from "./whyOnMap.ts";

/** Of a rate that is dragged, and decimals of a momentum. */
const DIGITS = 3;
/** How far the plane reaches, of rate times curvature: the first that has its edge. */
const REACHES = [4, 40, 400];

type PictureName = "edge" | "plane" | "roots" | "modes";
const IN_WORDS: Record<PictureName, string> = {
  edge: "Along the run",
  plane: "Plane",
  roots: "Roots",
  modes: "Each direction",
};

/** @returns whether a step makes more than one number of a direction: where it is one alone, no plane shows more */
const hasRoots = ({ modes }: WireCurvature) => modes.some(({ roots }) => (roots?.length ?? 0) > 1);

/** @param values  in force at the row @returns the same as they are set now, where they are in force throughout */
const valuesNow = ({ optimizer }: Entry, values: Record<string, number>): Record<string, number> =>
  optimizer.schedule || optimizer.changes ? values : { ...values, ...(optimizer as Record<string, number>) };

export function createWhy(root: HTMLElement, ports: DrawerPorts) {
  const { act, ask, seek, ended } = ports;
  const [want, wantPlane, wantEdge] = [ask(curvature), ask(stability), ask(edge)];
  const roots = createRootsPicture();
  let told: WireCurvature | null = null;
  let curve: WireCurvature["curve"] = null;
  const onMap = createWhyOnMap({ ask });
  let principal: Principal | null = null;
  let said = "";
  /** What is under the hand: a hyperparameter. */
  let dragged: string | null = null;
  let run: { id: number; slot: number; values: Record<string, number>; most: number; whole: Run } | null = null;
  let stable: WireStability | null = null;
  let reach = REACHES[0];
  let alongRun: WireEdge | null = null;
  /** It is still being worked out. */
  let edgeComes = false;
  /** The row from which steps are averaged; null: no average is shown. */
  let average: number | null = null;
  /** the dot that is dragged, by its index; null: the line of momentum */
  let grip: number | null = null;

  function drag(name: string, value: number) {
    if (!run) return;
    dragged = name;
    act(setValue, run.id, name, value, true);
  }

  /** The rate is dragged along the chart. */
  const factors = createLineChart(factorChartOf, {
    onSeek(index) {
      const rate = curve?.learning_rate[index];
      if (rate) drag("learning_rate", Number(rate.toPrecision(DIGITS)));
    },
    onLetGo: settle,
  });

  /** A dot is dragged along the plane for the rate, or its line for the momentum. */
  function holdPlane(layout: StabilityLayout, left: number, top: number, at: StabilityMoment) {
    if (!told?.momentum || !run) return;
    if (!dragged) grip = grippedDot(layout, at, left);
    const { product, momentum } = stabilityValues(layout, left, top);
    const curvature = grip === null ? 0 : told.modes[grip].eigenvalue;
    if (grip === null) drag(told.momentum, Math.min(run.most, Number(momentum.toFixed(DIGITS - 1))));
    else drag("learning_rate", Number((product / curvature).toPrecision(DIGITS)));
  }
  const edgeChart = createLineChart(edgeChartOf, { onSeek: seek });
  const lossChart = createLineChart(edgeLossOf, { onSeek: seek });
  const modes = createWhyModes(seek);
  const stablePlane = createStabilityPicture(holdPlane, settle);

  /** A drag is over: the runs are made whole. */
  function settle() {
    if (run && dragged) act(setValue, run.id, dragged, run.values[dragged], false);
    dragged = null;
  }

  /** @returns where the run stands on the plane */
  function onPlane({ modes, momentum }: WireCurvature, names: string[]): StabilityMoment | null {
    if (!run || !momentum) return null;
    const { slot, values } = run;
    const dots = modes.map(({ eigenvalue }, k) => ({ product: values.learning_rate * eigenvalue, name: names[k] }));
    return { dots, momentum: values[momentum], slot };
  }

  /** The plane is asked for where the rule has momentum all along. */
  function preparePlane(state: Frame["state"], { optimizer }: Entry) {
    const steepest = told?.modes.at(-1);
    const another = optimizer.changes?.some(({ name, rule, form }) => name ?? rule ?? form);
    if (!told?.momentum || !steepest?.roots || another) {
      stable = null;
      return;
    }
    const product = (told.limit ?? 0) * told.values.learning_rate;
    const needed = REACHES.find((each) => each >= product) ?? REACHES[2];
    reach = dragged ? Math.max(reach, needed) : needed;
    const wish = stabilityWish(optimizer, told.momentum, reach, steepest.eigenvalue > 0 ? steepest.eigenvalue : 1);
    wantPlane([wish]);
    stable = knownOf(state, stability, wish.key)?.value ?? stable;
  }

  function prepare({ state, scene, wordsStep, playing }: Frame) {
    average = averageFrom(state.explain.averaged);
    const index = chosenRun(scene);
    const entry = index === null ? null : state.entries[index];
    if (index === null || !entry) {
      [told, run, principal, said] = [null, null, null, "Add a run to see why it goes there."];
      return;
    }
    const shown = scene.wholeRuns[index];
    const row = Math.max(0, Math.min(Math.floor(wordsStep), shown.length - 1));
    const wish = curvatureWish(state, entry, row);
    if (!playing) want([wish]);
    const known = knownOf(state, curvature, wish.key);
    told = known?.value ?? told;
    // The scale under the hand stays: each rate read from it would otherwise move it on.
    if (dragged !== "learning_rate") curve = told?.curve ?? null;
    said = known?.refused?.map(inPlainWords).join(" ") ?? known?.waits ?? (told ? "" : "Working it out.");
    if (known?.refused) told = null;
    // While it plays directions would stand where the head was.
    principal = told && onMap.of(state, entry, shown, told, !playing && Boolean(known?.value));
    if (!told) return;
    const most = paramsOf(state.catalog, entry.optimizer).find(({ name }) => name === told?.momentum)?.max ?? 0.999;
    run = { id: entry.id, slot: shown.slot, values: valuesNow(entry, told.values), most, whole: shown };
    preparePlane(state, entry);
    prepareEdge(state, entry);
  }

  /** Along the run it is told of what a map shows, where the curvature is not the same everywhere. */
  function prepareEdge(state: Frame["state"], entry: Entry) {
    const along = told?.modes[0]?.roots && told.modes[0].direction && !onMap.isQuadratic();
    const wish = edgeWish(state, entry);
    wantEdge(along ? [wish] : []);
    const known = along ? knownOf(state, edge, wish.key) : null;
    alongRun = known?.value ?? null;
    edgeComes = Boolean(along) && known?.value === undefined && !known?.refused;
  }

  const inModes = (told: WireCurvature, { columns, length }: Run) => ({
    columns,
    length,
    predicted: directionNames(told.modes)[0] ? onMap.predicted() : null,
    told,
  });

  /** The first tells most. */
  function namesOfPictures(): PictureName[] {
    const [edges, planes] = [alongRun ? ["edge" as const] : [], stable ? ["plane" as const] : []];
    const divides = told?.of === "preconditioned";
    return [
      ...(divides ? edges : []),
      ...planes,
      ...(told?.curve ? ["roots" as const] : []),
      ...(divides ? [] : edges),
      ...(told && run && modes.there(inModes(told, run.whole)) ? ["modes" as const] : []),
    ];
  }

  const row = (name: string, { eigenvalue, factor }: WireMode, rate: number, way: string) =>
    html`<tr>
      <th scope="row">${name}</th>
      <td>${formatMeasured(eigenvalue)}</td>
      ${factor === null ? nothing : html`<td>${formatMeasured(rate * eigenvalue)}</td><td>× ${factorText(factor)}</td>`}
      <td>${way}</td>
    </tr>`;

  function table(told: WireCurvature, rate: number, names: string[]) {
    const { modes } = told;
    const numbered = modes.length > 2;
    const rows = modes.flatMap((mode, k) =>
      names[k] || numbered ? [row(names[k] || `${k + 1}.`, mode, rate, wayOf(mode))] : [],
    );
    const kept = modes[0]?.roots ? ["times the rate", "a step keeps"] : [];
    const heads = ["curvature", ...kept].map((text) => html`<th scope="col">${text}</th>`);
    const words = conditionWords(told);
    return html`<div class="why-table"><table><thead><tr><td></td>${heads}<td></td></tr></thead><tbody>${rows.reverse()}
      </tbody></table><p class="note" ?hidden=${!words}>${words}</p></div>`;
  }

  const figure = (caption: unknown, name: string, label: string, place: (element?: Element) => void) =>
    html`<figure><figcaption>${caption}</figcaption><div class="chart ${name}" role="img"
      aria-label=${label} ${ref(place)}></div></figure>`;

  function choice(told: WireCurvature, names: PictureName[], value: PictureName) {
    const onChoose = (cause: string) => act(explain, { cause });
    const wordOf = (name: PictureName) => (name === "roots" && !hasRoots(told) ? "What a step keeps" : IN_WORDS[name]);
    const options = names.map((name): [PictureName, string] => [name, wordOf(name)]);
    return names.length > 1 ? wordChoice({ label: "Picture", options, value, onChoose }) : nothing;
  }

  function pictures(told: WireCurvature, cause: string | null) {
    const names = namesOfPictures();
    const name = names.find((each) => each === cause) ?? names[0];
    if (!name || (cause === "edge" && edgeComes)) return nothing;
    return html`${choice(told, names, name)}<div class="why">${pictureOf(name, told)}</div>`;
  }

  function pictureOf(name: PictureName, told: WireCurvature) {
    if (name === "plane") {
      const label = "What a step keeps, over the rate times the curvature and the momentum";
      const hint = `What a step keeps. Drag a dot for the rate, the line for ${symbol(told.momentum ?? "")}.`;
      return figure(hint, "why-stable", label, stablePlane.place);
    }
    if (name === "modes") return modes.figures(told.modes, directionNames(told.modes));
    if (name === "edge") {
      const scaled = told.of === "preconditioned" ? ", scaled by what the rule divides by" : "";
      const label = `Largest curvature along the run${scaled}`;
      return html`${figure(label, "why-edge", label, edgeChart.place)}
        ${figure("Loss on the same steps", "why-loss", "Loss on the same steps", lossChart.place)}`;
    }
    const inPlane = figure("Roots of a step as the rate grows", "why-plane", "Roots of a step", roots.place);
    const kept = "What a step keeps";
    return html`${hasRoots(told) ? inPlane : nothing}
      ${figure(`${kept}: drag the rate`, "why-factors", `${kept} against the rate`, factors.place)}`;
  }

  const averageField = ({ length }: Run) =>
    html`<label class="line why-average"><span>Average of the steps${
      average === null ? ":" : " from step"
    }</span>${numberField({
      label: "Average from step",
      value: average,
      none: "not shown",
      range: { whole: true, least: 0, most: length - 1 },
      onCommit: (averaged) => act(explain, { averaged }),
    })}</label>`;

  const panel = createPanel(
    ports,
    root,
    ({ state }) => {
      if (!told || !run) return html`<p class="note">${said}</p>`;
      const names = directionNames(told.modes);
      const rate = run.values.learning_rate;
      const cause = curvatureSentence(told, onMap.isQuadratic());
      const others = told.notes.filter((note) => note !== cause);
      const notes = [onMap.words(), onMap.averageWords(average, run.whole, told), ...others];
      const sentence = `${edgeSentence(alongRun, run.whole, told.of)} ${cause}`;
      return html`<p class="note" ?hidden=${!said}>${said}</p><div class="why-first"><p
        class="why-sentence">${sentence}</p>${pictures(told, state.explain.cause)}</div>${table(told, rate, names)}
        ${averageField(run.whole)}
        ${notes.map((note) => html`<p class="note" ?hidden=${!note}>${note}</p>`)}
        <div class="run-actions">${drawerWays("why", (drawer) => act(setExplained, drawer))}</div>`;
    },
    ({ state, step, scene: { theme, scale } }) => {
      if (state.principal !== principal) act(tellPrincipal, principal);
      if (!told || !run) return;
      const names = directionNames(told.modes);
      const at = onPlane(told, names);
      if (stable && at) stablePlane.render({ plane: stable, letter: symbol(told.momentum ?? ""), theme, scale }, at);
      if (alongRun) {
        const along = { edge: alongRun, run: run.whole, theme, scale };
        edgeChart.render(along, aloneAt(step));
        lossChart.render(along, aloneAt(step));
      }
      modes.draw(inModes(told, run.whole), { slot: run.slot, theme, scale }, step);
      if (!curve) return;
      const content = { told: { ...told, curve }, names, slot: run.slot, theme, scale };
      roots.render(content, undefined);
      factors.render(content, aloneAt(indexOfRate(curve.learning_rate, run.values.learning_rate)));
    },
    prepare,
  );
  onSize(panel.again, ended);
  return panel;
}
