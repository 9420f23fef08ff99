/** The quantities of the rules as charts: fetched once the runs are at rest, drawn with the playhead. */
import { html, nothing } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { repeat } from "lit-html/directives/repeat.js";
import { portal } from "../../../component.ts";
import { wordChoice } from "../../../controls/choice.ts";
import { listenToHighlights, showHighlight } from "../../../figure/highlight.ts";
import { createPanel } from "../../../figure/panel.ts";
import type { Frame, MovingFrame } from "../../../figure/part.ts";
import type { Size } from "../../../math/box.ts";
import { keepEqual, memo } from "../../../memo.ts";
import type { ChartMoment, LineChartEvents } from "../../../pictures/chart/lineChart.ts";
import {
  type Group,
  groupsOf,
  isEarly,
  isOfChangingRates,
  openOf,
  type RunQuantities,
  shownOf,
  togetherOf,
  upToRuns,
} from "../../../pictures/states/series.ts";
import { sizeOf } from "../../../size.ts";
import { setExplain } from "../../../state/explain.ts";
import { formulaOf } from "../../../state/rules.ts";
import type { Catalog, Entry, ExplanationSettings, Scene, Wire } from "../../../state/types.ts";
import { tooLongWords } from "../../../words/refusal.ts";
import { chartOfSteps } from "../../shared/chartOfRuns.ts";
import { createFormulas } from "../../working/formulas.ts";
import { chosenParameter } from "../../working/runAndParameter.ts";
import { noRunNote } from "../explanation.ts";
import type { ExplanationPorts } from "../loaders.ts";
import { awaitedChart, type ChartsContent, createStateChart, type StateChartContent, stateList } from "./charts.ts";

/** Pixels for a chart with names beside its lines, and for each chart below another. */
const CHART_WIDTH = 380;
const CHART_HEIGHT = 200;
/** The first steps, in which averages that start at 0 are corrected most. */
const FIRST_STEPS = 40;

const severalIn = ({ shownRuns }: Scene) => shownRuns.filter(({ hidden }) => !hidden).length > 1;

const ofKey = (groups: Group[], { key }: Group) => groups.find((group) => group.key === key) as Group;

/** The runs in sight, the explained one first. */
const inSight = ({ shownRuns }: Scene, index: number) => [
  index,
  ...[...shownRuns.keys()].filter((k) => k !== index && !shownRuns[k].hidden && shownRuns[k].length > 1),
];

/** @returns how many charts have room, side by side and below each other */
function countIn({ width, height }: Size, scale: number) {
  const [across, down] = [width / CHART_WIDTH, height / CHART_HEIGHT].map((many) =>
    Math.max(1, Math.floor(many / scale)),
  );
  return across * down;
}

/** @returns whether the quantities have all these parameters, as those of an earlier problem may not */
const fits = ({ states, values, rate }: Wire["RuleQuantities"], [name]: string[]) =>
  name in (Object.values(states)[0] ?? Object.values(values)[0] ?? rate?.values ?? { [name]: [] });

/** The input of the charts. */
interface ChartsInput {
  received: RunQuantities[];
  names: string[];
  parameter: number;
  single: boolean;
}

/** The groups of quantities, the steps of the longest run, and whether only the first steps are shown. */
function chartsOf({ received, names, parameter, single }: ChartsInput) {
  const groups = single ? groupsOf(received[0], names, parameter) : togetherOf(received, names, parameter);
  const longest = Math.max(...received.map(({ run }) => run.length - 1));
  return { groups, longest, early: isEarly(groups, FIRST_STEPS, longest) };
}

/** What is shown at a moment. */
interface StatesData extends ReturnType<typeof chartsOf> {
  /** what the groups were made from */
  input?: ChartsInput;
  /** null: there is nothing to draw */
  content: ChartsContent | null;
  /** the message */
  message: string;
  /** whether there will be something to draw */
  awaits: boolean;
  /** whether the charts are of an earlier reply */
  late: boolean;
}

const NOTHING_SHOWN: StatesData = {
  content: null,
  groups: [],
  longest: 0,
  early: false,
  message: "",
  awaits: false,
  late: false,
};

function choicesOfCharts(
  { state: { explain }, scene }: Frame,
  early: boolean,
  change: (to: Partial<ExplanationSettings>) => void,
) {
  const { singleRun, firstStepsOnly } = explain;
  return html`${
    severalIn(scene)
      ? wordChoice({
          label: "Runs in the charts",
          options: [
            [false, "all runs"],
            [true, "this run"],
          ],
          value: singleRun,
          onChoose: (value) => change({ singleRun: value }),
        })
      : nothing
  }${wordChoice({
    label: "Steps in sight",
    options: [
      [false, "all steps"],
      [true, `first ${FIRST_STEPS}`],
    ],
    value: firstStepsOnly ?? early,
    onChoose: (value) => change({ firstStepsOnly: value }),
  })}`;
}

/** @returns a message in place of the charts, or about missing ones */
function saying(
  replies: ReturnType<ExplanationPorts["quantities"]>,
  indices: number[],
  { shownRuns, wholeRuns }: Scene,
  drawn: boolean,
): string {
  for (const [k, { refused }] of replies.entries())
    if (refused) return `${shownRuns[indices[k]].name}: ${tooLongWords(refused)}`;
  const waits = replies.find((reply) => reply.waits)?.waits ?? "";
  if (waits || drawn) return waits;
  return indices.some((index) => wholeRuns[index].end)
    ? "Fetching what the rules hold."
    : "It is drawn once the run is over.";
}

/** The last step that a run in sight has got to. */
const reachedIn = ({ shownRuns }: Scene, longest: number) =>
  Math.min(longest, Math.max(...shownRuns.map(({ length }) => length - 1)));

/**
 * All charts, one below another, where the page scrolls; on a wall as many as are legible.
 * @param drawn  the groups as far as their runs are @returns those shown, and whether a list has all
 */
function groupsInRoom(
  { state, scene, narrow }: Frame,
  { single, selected }: ChartsContent,
  { groups, drawn, room }: { groups: Group[]; drawn: Group[]; room: Size },
) {
  const { projector } = scene;
  const inLesson = state.exercise.isOwn;
  if ((narrow && !inLesson) || (single && !projector)) return { inRoom: drawn, isListed: false };
  const ratesKey = projector && single ? groups.find(isOfChangingRates)?.key : null;
  // A lesson speaks of one, beside which there is room on a large page alone.
  const most = inLesson && (projector || narrow) ? 1 : countIn(room, scene.scale);
  const open = openOf(groups, state.explain.quantity ?? ratesKey ?? null, selected);
  return { inRoom: shownOf(drawn, open, most), isListed: !narrow && groups.length > 1 };
}

const chartKey = ({ single, group: { key, latex, series } }: StateChartContent) =>
  single ? `alone ${key} ${latex} ${series.map(({ quantity }) => quantity).join()}` : key;

/** The large charts: each stays while its quantities are shown. */
function createLargeCharts(create: () => ReturnType<typeof createStateChart>) {
  let charts: Map<string, { chart: ReturnType<typeof create>; content: StateChartContent }> = new Map();
  return {
    count: () => charts.size,
    show(contents: StateChartContent[]) {
      const entryOf = (content: StateChartContent) => {
        const key = chartKey(content);
        return [key, { chart: charts.get(key)?.chart ?? create(), content }] as const;
      };
      charts = new Map(contents.map(entryOf));
    },
    template: (moment: Pick<ChartMoment, "valuesAt" | "highlighted">) =>
      repeat(
        charts,
        ([key]) => key,
        ([, { chart, content }]) => chart.template(content, moment),
      ),
    draw(moment: ChartMoment) {
      for (const { chart, content } of charts.values()) chart.draw(content, moment);
    },
    chartExports: () => [...charts.values()].flatMap(({ chart, content }) => chart.chartExports(content)),
  };
}

export default async function createCharts(root: HTMLElement, figure: ExplanationPorts) {
  const { act, highlight, quantities, aside } = figure;
  const formula = await createFormulas({ style: "text" });
  const change = (changes: Partial<ExplanationSettings>) => act(setExplain, changes);
  const light = memo((highlighted: string | null, parameter: string, ..._of: unknown[]) =>
    showHighlight(root, highlighted, parameter),
  );
  const groupsOfInput = memo(chartsOf);
  const formulaIn = memo(
    (entries: Entry[], catalog: Catalog | null): ChartsContent["formulaOf"] =>
      (run, quantity) =>
        formulaOf(catalog, entries[run].optimizer, quantity),
  );
  /** The place that all large charts share. */
  const place = createRef<HTMLElement>();
  let chartsRoom = { width: 0, height: 0 };

  const ofRows = chartOfSteps.events(figure);
  const events = {
    ...ofRows,
    onPoint(line, step) {
      highlight(line?.quantity ?? null);
      ofRows.onPoint(line, step);
    },
  } satisfies LineChartEvents;
  const awaited = awaitedChart(ofRows);
  const large = createLargeCharts(() => createStateChart(formula, events));

  /** @param received  the quantities of the runs in sight that have come */
  function contentOf(
    { state, scene, chosen }: Frame,
    received: RunQuantities[],
    single: boolean,
    previous?: StatesData,
  ) {
    const { shownRuns, theme, scale, problem } = scene;
    const { entries, catalog, explain } = state;
    const names = problem.parameters;
    const parameter = chosenParameter(state, scene);
    const input = keepEqual(previous?.input, { received, names, parameter, single });
    const made = groupsOfInput(input);
    const { longest, early } = made;
    const content: ChartsContent = keepEqual(previous?.content, {
      runs: shownRuns,
      selected: chosen as number,
      arrived: received.map(({ index }) => index),
      formulaOf: formulaIn(entries, catalog),
      steps: [0, (explain.firstStepsOnly ?? early) ? Math.min(FIRST_STEPS, longest) : longest],
      theme,
      scale,
      single,
      // On a wall there is no choice of one, which would say so.
      parameter: scene.projector && names.length > 1 ? names[parameter] : "",
    });
    return { input, content, ...made };
  }

  function prepare(frame: Frame, previous?: StatesData): StatesData {
    const { state, scene, chosen } = frame;
    const selected = chosen as number;
    const single = state.explain.singleRun || !severalIn(scene);
    const indices = single ? [selected] : inSight(scene, selected);
    const replies = quantities(state, scene, indices);
    const received = indices.flatMap((index, k) => {
      const { last: wire } = replies[k];
      return wire && fits(wire, scene.problem.parameters) ? [{ index, run: scene.wholeRuns[index], wire }] : [];
    });
    const drawn = received.length > 0;
    return {
      ...(previous ?? NOTHING_SHOWN),
      ...(drawn ? contentOf(frame, received, single, previous) : { content: null }),
      awaits: replies.every(({ refused, waits }) => !refused && !waits),
      message: saying(replies, indices, scene, drawn),
      late: replies.some(({ value, refused }) => !value && !refused),
    };
  }

  function chartList(frame: Frame, { content, groups, longest, message, awaits, late }: StatesData) {
    const { state, scene } = frame;
    if (!content) {
      large.show([]);
      return awaits ? awaited.template(message) : html`<p class="note">${message}</p>`;
    }
    const { single, selected } = content;
    const drawn = scene.hasHiddenRows ? groups.map((group) => upToRuns(group, scene.shownRuns)) : groups;
    const { inRoom, isListed } = groupsInRoom(frame, content, { groups, drawn, room: chartsRoom });
    const list = isListed ? stateList(formula, drawn, inRoom, content, (quantity) => change({ quantity })) : nothing;
    large.show(inRoom.map((group) => ({ ...content, group, wholeGroup: ofKey(groups, group) })));
    const valuesAt = chartOfSteps.numbersStep(frame, reachedIn(scene, longest));
    const moment = { valuesAt, highlighted: state.highlighted };
    return html`<p class="note" ?hidden=${!message}>${message}</p><div
      class="states slot-${scene.shownRuns[selected].slot} ${late ? "is-late" : ""}">${list}<div
      class="states-charts tiles"
      data-together=${single ? nothing : ""} ${ref(place)}>${large.template(moment)}</div></div>`;
  }

  function drawAwaited(frame: Frame, label: string) {
    const { wholeRuns, theme, scale } = frame.scene;
    const longest = Math.max(...wholeRuns.map(({ length }) => length - 1));
    const most = longest > 0 ? longest : frame.state.stop.max_steps;
    awaited.draw({ steps: [0, most], label, theme, scale });
  }

  function template(frame: Frame, data: StatesData) {
    return html`${portal(aside, choicesOfCharts(frame, data.early, change))}${chartList(frame, data)}`;
  }

  function draw(frame: MovingFrame, { content, longest, awaits, message }: StatesData) {
    if (!content && awaits) drawAwaited(frame, message);
    if (!content) return;
    const moment = chartOfSteps.momentAt(frame, reachedIn(frame.scene, longest));
    const { highlighted } = frame.state;
    const hit = content.single ? null : moment.hit;
    large.draw({ ...moment, highlighted, hit });
  }

  function rendered(frame: Frame, { content, groups }: StatesData) {
    if (!content || !place.value) return;
    const { width, height } = sizeOf(place.value);
    if (width !== chartsRoom.width || height !== chartsRoom.height) figure.redraw();
    chartsRoom = { width, height };
    const { parameters } = frame.scene.problem;
    const parameter = parameters[chosenParameter(frame.state, frame.scene)];
    light(frame.state.highlighted, parameter, large.count(), groups);
  }

  listenToHighlights(root, highlight);
  return {
    ...createPanel(figure, root, { prepare, template, rendered, draw }),
    lacks: noRunNote("Add a run to see what its rule holds."),
    chartExports: large.chartExports,
  };
}
