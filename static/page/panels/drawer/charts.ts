/** What the rules hold, as charts: fetched once the runs rest, drawn along with the playhead. */
import { html, nothing, render } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { repeat } from "lit-html/directives/repeat.js";
import { wordChoice } from "../../controls/choice.ts";
import { listenToHighlights, showHighlight } from "../../figure/highlight.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { createChanged, memo, shared } from "../../reads.ts";
import type { WireQuantities } from "../../resources/quantities.ts";
import { onSize, sizeOf } from "../../size.ts";
import { explain } from "../../state/explain.ts";
import { formulaOf } from "../../state/rules.ts";
import type { Explain, Scene, State } from "../../state/types.ts";
import {
  type Group,
  groupsOf,
  isEarly,
  openOf,
  type RunQuantities,
  shownOf,
  togetherOf,
} from "../../views/states/series.ts";
import { tooLong } from "../../words/tooLong.ts";
import { momentAt, rowEvents } from "../chartView.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import { chosenParameter } from "../working/choices.ts";
import { formulas } from "../working/formulas.ts";
import type { DrawerPorts } from "./drawer.ts";
import { type QuantitiesShown, quantityChart, quantityList } from "./quantityCharts.ts";

/** Pixels that a chart with names beside its lines needs. */
const WIDE = 380;
/** The first steps: where averages that start at 0 are corrected most. */
const FIRST = 40;

/** The runs in sight, the explained one first. */
const inSight = ({ runs }: Scene, index: number) => [
  index,
  ...[...runs.keys()].filter((k) => k !== index && !runs[k].hidden && runs[k].length > 1),
];

/** @param names  whether it is of the problem that is shown */
const fits = ({ states, values, rate }: WireQuantities, [name]: string[]) =>
  name in (Object.values(states)[0] ?? Object.values(values)[0] ?? rate?.values ?? { [name]: [] });

/** What the charts are made of. */
type ChartsAsked = { received: RunQuantities[]; names: string[]; parameter: number; single: boolean };

export async function createCharts(root: HTMLElement, figure: DrawerPorts) {
  const { act, invalidate, highlight, quantities, aside, ended } = figure;
  const formula = await formulas({ style: "text" });
  const change = (given: Partial<Explain>) => act(explain, given);
  const relit = createChanged();
  let given: ChartsAsked | undefined;
  let content: Omit<QuantitiesShown, "drawn"> | undefined;
  const groupsOfRuns = memo(({ received, names, parameter, single }: ChartsAsked) =>
    single ? groupsOf(received[0], names, parameter) : togetherOf(received, names, parameter),
  );
  /** Whether the first steps are what is to be seen. */
  const judge = memo(({ groups, longest }: { groups: Group[]; longest: number }) => isEarly(groups, FIRST, longest));
  const formulaIn = memo(
    ({ entries, catalog }: Pick<State, "entries" | "catalog">): QuantitiesShown["formulaOf"] =>
      (run, of) =>
        formulaOf(catalog, entries[run].optimizer, of),
  );
  /** null: there is nothing to draw */
  let shown: QuantitiesShown | null = null;
  let [groups, longest, early] = [[] as Group[], 0, false];
  /** What is to be said, and whether what is drawn is of an earlier answer. */
  let [said, late] = ["", false];
  /** Pixels that the large charts have side by side. */
  const place = createRef<HTMLElement>();
  let width = 0;

  const events = rowEvents(figure, 1);
  const chart = quantityChart(formula, {
    ...events,
    onPoint(line, step) {
      highlight.set(line?.of ?? null);
      events.onPoint(line, step);
    },
  });

  function choices({ alone, first }: Explain, several: boolean) {
    return html`${
      several
        ? wordChoice({
            label: "Runs in the charts",
            options: [
              ["all", "all runs"],
              ["one", "this run"],
            ],
            value: alone ? "one" : "all",
            onChoose: (value) => change({ alone: value === "one" }),
          })
        : nothing
    }${wordChoice({
      label: "Steps in sight",
      options: [
        ["all", "all steps"],
        ["first", `first ${FIRST}`],
      ],
      value: (first ?? early) ? "first" : "all",
      onChoose: (value) => change({ first: value === "first" }),
    })}`;
  }

  /** @returns what is to be said instead, or of what is not there */
  function saying(held: ReturnType<typeof quantities>, indices: number[], { runs }: Scene): string {
    const refused = held.findIndex((one) => one.refused.length > 0);
    if (refused >= 0) return `${runs[indices[refused]].name}: ${tooLong(held[refused].refused)}`;
    const silent = held.map((one) => one.silent).find(Boolean) ?? "";
    if (silent || shown) return silent;
    return indices.some((index) => runs[index].end)
      ? "Fetching what the rules hold."
      : "It is drawn once the run is over.";
  }

  function prepare(frame: Frame) {
    const { state, scene } = frame;
    const index = chosenRun(scene);
    const single = state.explain.alone || !severalIn(scene);
    const indices = index === null ? [] : single ? [index] : inSight(scene, index);
    const held = quantities(state, scene, indices);
    const received = indices.flatMap((one, k) => {
      const { wire } = held[k];
      return wire && fits(wire, scene.problem.parameters) ? [{ index: one, run: scene.runs[one], wire }] : [];
    });
    shown = null;
    if (index !== null && received.length) {
      const { runs, theme, scale, problem } = scene;
      const parameter = chosenParameter(state, scene);
      given = shared(given, { received, names: problem.parameters, parameter, single });
      groups = groupsOfRuns(given);
      longest = Math.max(...received.map(({ run }) => run.length - 1));
      early = judge({ groups, longest });
      const { entries, catalog } = state;
      content = shared(content, {
        runs,
        selected: index,
        arrived: received.map((one) => one.index),
        formulaOf: formulaIn({ entries, catalog }),
        steps: [0, (state.explain.first ?? early) ? Math.min(FIRST, longest) : longest],
        theme,
        scale,
        single,
      });
      shown = { ...content, drawn: [] };
    }
    said = index === null ? "Add a run to see what its rule holds." : saying(held, indices, scene);
    late = held.some((one) => one.late && !one.refused.length);
  }

  function template(frame: Frame) {
    if (!shown) return html`<p class="note">${said}</p>`;
    const { state, scene, narrow } = frame;
    const now = shown;
    const { hit, ...at } = momentAt(frame, 1, longest);
    const moment = { ...at, highlighted: state.highlighted, hit: now.single ? null : hit };
    // One chart under the other where the page scrolls, all of them.
    const all = now.single || narrow;
    const open = openOf(groups, state.explain.quantity, now.selected);
    const large = all ? groups : shownOf(groups, open, Math.max(1, Math.floor(width / (WIDE * scene.scale))));
    const list =
      all || groups.length < 2
        ? nothing
        : quantityList(formula, groups, large, now, (quantity) => change({ quantity }));
    const idOf = ({ key, latex, series }: Group) =>
      now.single ? `alone ${key} ${latex} ${series.map(({ of }) => of).join()}` : key;
    return html`<p class="note" ?hidden=${!said}>${said}</p><div
      class="states slot-${scene.runs[now.selected].slot} ${late ? "is-late" : ""}">${list}<div class="states-charts"
      data-together=${now.single ? nothing : ""} ${ref(place)}>${repeat(large, idOf, (group) =>
        chart({ ...now, group, moment }),
      )}</div></div>`;
  }

  const severalIn = ({ runs }: Scene) => runs.filter(({ hidden }) => !hidden).length > 1;
  function rendered(frame: Frame) {
    render(choices(frame.state.explain, severalIn(frame.scene)), aside);
    if (!shown || !place.value) return;
    for (const { draw } of shown.drawn) draw();
    const now = sizeOf(place.value).width;
    if (now !== width) panel.again();
    width = now;
    const { parameters } = frame.scene.problem;
    const parameter = parameters[chosenParameter(frame.state, frame.scene)];
    const another = relit(frame.state.highlighted, parameter, shown.drawn.length, groups);
    if (another) showHighlight(root, frame.state.highlighted, parameter);
  }

  listenToHighlights(root, highlight);
  const panel = createPanel(invalidate, root, template, rendered, prepare);
  onSize(panel.again, ended);
  const chartExports = async () => (await Promise.all((shown?.drawn ?? []).map((one) => one.chartExports()))).flat();
  return { ...panel, chartExports };
}
