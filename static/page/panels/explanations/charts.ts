/** What the rules hold, as charts: fetched once the runs rest, drawn along with the playhead. */
import { html, nothing, render } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { repeat } from "lit-html/directives/repeat.js";
import { wordChoice } from "../../controls/choice.ts";
import { listenToHighlights, showHighlight } from "../../figure/highlight.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import type { Size } from "../../math/box.ts";
import { createChanged, memo, shared } from "../../reads.ts";
import type { WireQuantities } from "../../resources/quantities.ts";
import { sizeOf } from "../../size.ts";
import { explain } from "../../state/explain.ts";
import { formulaOf } from "../../state/rules.ts";
import type { Explain, Scene, State } from "../../state/types.ts";
import {
  type Group,
  groupsOf,
  isEarly,
  isOfChangingRates,
  openOf,
  type RunQuantities,
  shownOf,
  togetherOf,
} from "../../views/states/series.ts";
import { tooLong } from "../../words/tooLong.ts";
import { momentAt, rowEvents } from "../chartView.ts";
import { chosenParameter } from "../working/choices.ts";
import { formulas } from "../working/formulas.ts";
import type { ExplanationPorts } from "./all.ts";
import { awaitedChart, type QuantitiesShown, quantityChart, quantityList } from "./quantityCharts.ts";

/** Pixels that a chart with names beside its lines needs, and one below another. */
const WIDE = 380;
const HIGH = 200;
/** The first steps: where averages that start at 0 are corrected most. */
const FIRST = 40;

/** The runs in sight, the explained one first. */
const inSight = ({ runs }: Scene, index: number) => [
  index,
  ...[...runs.keys()].filter((k) => k !== index && !runs[k].hidden && runs[k].length > 1),
];

/** @returns how many have room, side by side and below each other */
function countIn({ width, height }: Size, scale: number) {
  const [across, down] = [width / WIDE, height / HIGH].map((many) => Math.max(1, Math.floor(many / scale)));
  return across * down;
}

/** @param names  whether it is of the problem that is shown */
const fits = ({ states, values, rate }: WireQuantities, [name]: string[]) =>
  name in (Object.values(states)[0] ?? Object.values(values)[0] ?? rate?.values ?? { [name]: [] });

/** What the charts are made of. */
type ChartsAsked = { received: RunQuantities[]; names: string[]; parameter: number; single: boolean };

/** What is there to show at a moment. */
interface ChartsShown {
  /** null: there is nothing to draw */
  charts: QuantitiesShown | null;
  groups: Group[];
  /** steps of the longest run in the charts */
  longest: number;
  /** the first steps are what is to be seen */
  early: boolean;
  /** what is to be said */
  said: string;
  /** there will be something to draw */
  awaits: boolean;
  /** what is drawn is of an earlier answer */
  late: boolean;
}

const NOTHING: ChartsShown = {
  charts: null,
  groups: [],
  longest: 0,
  early: false,
  said: "",
  awaits: false,
  late: false,
};

export default async function createCharts(root: HTMLElement, figure: ExplanationPorts) {
  const { act, highlight, quantities, aside } = figure;
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
  let shown = NOTHING;
  /** What the large charts have in common. */
  const place = createRef<HTMLElement>();
  let room = { width: 0, height: 0 };

  const events = rowEvents(figure, 1);
  const chart = quantityChart(formula, {
    ...events,
    onPoint(line, step) {
      highlight(line?.of ?? null);
      events.onPoint(line, step);
    },
  });

  const awaited = awaitedChart(events);

  function choices({ alone, first }: Explain, several: boolean, early: boolean) {
    return html`${
      several
        ? wordChoice({
            label: "Runs in the charts",
            options: [
              [false, "all runs"],
              [true, "this run"],
            ],
            value: alone,
            onChoose: (value) => change({ alone: value }),
          })
        : nothing
    }${wordChoice({
      label: "Steps in sight",
      options: [
        [false, "all steps"],
        [true, `first ${FIRST}`],
      ],
      value: first ?? early,
      onChoose: (value) => change({ first: value }),
    })}`;
  }

  /** @returns what is to be said instead, or of what is not there */
  function saying(answers: ReturnType<typeof quantities>, indices: number[], { runs }: Scene, drawn: boolean): string {
    const refused = answers.findIndex((answer) => answer.refused.length > 0);
    if (refused >= 0) return `${runs[indices[refused]].name}: ${tooLong(answers[refused].refused)}`;
    const silent = answers.map((answer) => answer.silent).find(Boolean) ?? "";
    if (silent || drawn) return silent;
    return indices.some((index) => runs[index].end)
      ? "Fetching what the rules hold."
      : "It is drawn once the run is over.";
  }

  /** @param selected  the explained run @param received  what there is of the runs in sight */
  function chartsOf({ state, scene }: Frame, selected: number, received: RunQuantities[], single: boolean) {
    const { runs, theme, scale, problem } = scene;
    const { entries, catalog, explain } = state;
    given = shared(given, { received, names: problem.parameters, parameter: chosenParameter(state, scene), single });
    const groups = groupsOfRuns(given);
    const longest = Math.max(...received.map(({ run }) => run.length - 1));
    const early = judge({ groups, longest });
    content = shared(content, {
      runs,
      selected,
      arrived: received.map(({ index }) => index),
      formulaOf: formulaIn({ entries, catalog }),
      steps: [0, (explain.first ?? early) ? Math.min(FIRST, longest) : longest],
      theme,
      scale,
      single,
    });
    return { charts: { ...content, drawn: [] }, groups, longest, early };
  }

  function prepare(frame: Frame) {
    const { state, scene } = frame;
    const selected = scene.chosen;
    const single = state.explain.alone || !severalIn(scene);
    const indices = selected === null ? [] : single ? [selected] : inSight(scene, selected);
    const answers = quantities(state, scene, indices);
    const received = indices.flatMap((index, k) => {
      const { wire } = answers[k];
      return wire && fits(wire, scene.problem.parameters) ? [{ index, run: scene.runs[index], wire }] : [];
    });
    const drawn = selected !== null && received.length > 0;
    const { groups, longest, early } = shown;
    shown = {
      ...(drawn ? chartsOf(frame, selected, received, single) : { charts: null, groups, longest, early }),
      awaits: selected !== null && answers.every(({ refused, silent }) => !refused.length && !silent),
      said: selected === null ? "Add a run to see what its rule holds." : saying(answers, indices, scene, drawn),
      late: answers.some(({ late, refused }) => late && !refused.length),
    };
  }

  function template(frame: Frame) {
    const { charts, groups, longest, said, awaits, late } = shown;
    const { state, scene, narrow } = frame;
    if (!charts) return awaits ? awaited.template(said) : html`<p class="note">${said}</p>`;
    const { hit, ...at } = momentAt(frame, 1, longest);
    const moment = { ...at, highlighted: state.highlighted, hit: charts.single ? null : hit };
    // One chart under the other where the page scrolls, all of them; on a wall as many as can be read.
    const { projector } = scene;
    const all = narrow || (charts.single && !projector);
    const led = projector && charts.single ? groups.find(isOfChangingRates)?.key : null;
    const open = openOf(groups, state.explain.quantity ?? led ?? null, charts.selected);
    const large = all ? groups : shownOf(groups, open, countIn(room, scene.scale));
    const list =
      all || groups.length < 2
        ? nothing
        : quantityList(formula, groups, large, charts, (quantity) => change({ quantity }));
    const idOf = ({ key, latex, series }: Group) =>
      charts.single ? `alone ${key} ${latex} ${series.map(({ of }) => of).join()}` : key;
    return html`<p class="note" ?hidden=${!said}>${said}</p><div
      class="states slot-${scene.runs[charts.selected].slot} ${late ? "is-late" : ""}">${list}<div class="states-charts"
      data-together=${charts.single ? nothing : ""} ${ref(place)}>${repeat(large, idOf, (group) =>
        chart({ ...charts, group, moment }),
      )}</div></div>`;
  }

  function drawAwaited(frame: Frame) {
    const { wholeRuns, theme, scale } = frame.scene;
    const longest = Math.max(...wholeRuns.map(({ length }) => length - 1));
    const most = longest > 0 ? longest : frame.state.stop.max_steps;
    awaited.draw({ steps: [0, most], said: shown.said, theme, scale });
  }

  const severalIn = ({ runs }: Scene) => runs.filter(({ hidden }) => !hidden).length > 1;
  function rendered(frame: Frame) {
    render(choices(frame.state.explain, severalIn(frame.scene), shown.early), aside);
    const { charts, groups } = shown;
    if (!charts && shown.awaits) return drawAwaited(frame);
    if (!charts || !place.value) return;
    for (const { draw } of charts.drawn) draw();
    const { width, height } = sizeOf(place.value);
    if (width !== room.width || height !== room.height) figure.redraw();
    room = { width, height };
    const { parameters } = frame.scene.problem;
    const parameter = parameters[chosenParameter(frame.state, frame.scene)];
    const another = relit(frame.state.highlighted, parameter, charts.drawn.length, groups);
    if (another) showHighlight(root, frame.state.highlighted, parameter);
  }

  listenToHighlights(root, highlight);
  const panel = createPanel(figure, root, template, rendered, prepare);
  const chartExports = async () =>
    (await Promise.all((shown.charts?.drawn ?? []).map((one) => one.chartExports()))).flat();
  return { ...panel, chartExports };
}
