/** What the rules hold, as charts: fetched once the runs rest, drawn along with the playhead. */
import { html, nothing, render } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { wordChoice } from "../../controls/choice.ts";
import { listenToHighlights, showHighlight } from "../../figure/highlight.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { rowAtStep, stepAtRow } from "../../math/series.ts";
import { createChanged } from "../../reads.ts";
import type { WireQuantities } from "../../resources/quantities.ts";
import { formulaSetter, type Setter } from "../../service/katex.ts";
import { onSize } from "../../size.ts";
import { explain } from "../../state/explain.ts";
import { hover } from "../../state/receiving.ts";
import { formulaOf } from "../../state/rules.ts";
import type { Explain, Scene } from "../../state/types.ts";
import type { StatesContent } from "../../views/states/groupCharts.ts";
import { createStates } from "../../views/states/index.ts";
import { type Group, groupsOf, isEarly, type RunQuantities, togetherOf } from "../../views/states/series.ts";
import { tooLong } from "../../words/tooLong.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import { chosenParameter } from "../working/choices.ts";
import type { DrawerPorts } from "./drawer.ts";

/** The first steps: where averages that start at 0 are corrected most. */
const FIRST = 40;

/** The runs in sight, the explained one first. */
const inSight = ({ runs }: Scene, index: number) => [
  index,
  ...[...runs.keys()].filter((k) => k !== index && !runs[k].hidden && runs[k].length > 1),
];

/** The same groups while what they are made of is the same. */
function createGroups() {
  const changed = createChanged();
  let groups: Group[] = [];
  return (received: RunQuantities[], names: string[], parameter: number, alone: boolean) => {
    const from = received.flatMap(({ index, wire, run }) => [index, wire, run.columns.gradient, run.length]);
    if (!changed(names.join(), parameter, alone, ...from)) return groups;
    groups = alone ? groupsOf(received[0], names, parameter) : togetherOf(received, names, parameter);
    return groups;
  };
}

/** @param names  whether it is of the problem that is shown */
const fits = ({ states, values, rate }: WireQuantities, [name]: string[]) =>
  name in (Object.values(states)[0] ?? Object.values(values)[0] ?? rate?.values ?? { [name]: [] });

/** What can be drawn of the runs in sight. */
interface Drawn {
  groups: Group[];
  content: StatesContent;
  parameter: string;
  /** of one run alone */
  single: boolean;
  /** steps of the longest run */
  longest: number;
}

export async function createCharts(root: HTMLElement, figure: DrawerPorts) {
  const { act, invalidate, seek, highlight, quantities, aside, ended } = figure;
  const set = await formulaSetter();
  const change = (given: Partial<Explain>) => act(explain, given);
  const groupsNow = createGroups();
  const relit = createChanged();
  let states: ReturnType<typeof createStates>;
  let drawn: Drawn | null = null;
  /** What is to be said, and whether what is drawn is of an earlier answer. */
  let [said, late] = ["", false];
  /** All charts stand one under the other. */
  let narrow = false;

  function attach(element?: Element) {
    const place = element as HTMLElement | undefined;
    if (!place) return;
    states = createStates(
      place,
      set as Setter,
      {
        onSeek: (step) => seek(rowAtStep(step, 1)),
        onChoose: (quantity) => change({ quantity }),
        onPoint(line, step) {
          highlight.set(line?.of ?? null);
          act(hover, line && { run: line.run, step: rowAtStep(step, 1) });
        },
      },
      () => narrow,
    );
    listenToHighlights(place, highlight);
    onSize(panel.again, ended);
  }

  /** Whether the first steps are what is to be seen, judged once for the same charts. */
  const judged: { groups: Group[] | null; early: boolean } = { groups: null, early: false };
  const judge = (groups: Group[], longest: number) => {
    if (groups !== judged.groups) judged.early = isEarly(groups, FIRST, longest);
    judged.groups = groups;
    return judged.early;
  };

  /** @param selected  index of the run that is explained */
  function drawnOf({ state, scene }: Frame, received: RunQuantities[], selected: number, single: boolean): Drawn {
    const {
      runs,
      theme,
      scale,
      problem: { parameters },
    } = scene;
    const longest = Math.max(...received.map(({ run }) => run.length - 1));
    const parameter = chosenParameter(state, scene);
    const groups = groupsNow(received, parameters, parameter, single);
    const first = state.explain.first ?? judge(groups, longest);
    const content: StatesContent = {
      runs,
      selected,
      arrived: received.map(({ index }) => index),
      theme,
      formulaOf: (run, of) => formulaOf(state.catalog, state.entries[run].optimizer, of),
      steps: [0, first ? Math.min(FIRST, longest) : longest],
      scale,
    };
    return { groups, content, parameter: parameters[parameter], single, longest };
  }

  function choices(
    {
      state: {
        explain: { alone, first },
      },
    }: Frame,
    several: boolean,
  ) {
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
      value: (first ?? judged.early) ? "first" : "all",
      onChoose: (value) => change({ first: value === "first" }),
    })}`;
  }

  /** @returns what is to be said instead, or of what is not there */
  function saying(held: ReturnType<typeof quantities>, indices: number[], { runs }: Scene): string {
    const refused = held.findIndex((one) => one.refused.length > 0);
    if (refused >= 0) return `${runs[indices[refused]].name}: ${tooLong(held[refused].refused)}`;
    const silent = held.map((one) => one.silent).find(Boolean) ?? "";
    if (silent || drawn) return silent;
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
    drawn = index === null || !received.length ? null : drawnOf(frame, received, index, single);
    said = index === null ? "Add a run to see what its rule holds." : saying(held, indices, scene);
    late = held.some((one) => one.late && !one.refused.length);
  }

  function template({ scene }: Frame) {
    const slot = scene.runs[chosenRun(scene) ?? -1]?.slot ?? 0;
    return html`<p class="note" ?hidden=${!said}>${said}</p><div class="states slot-${slot} ${late ? "is-late" : ""}"
      ?hidden=${!drawn} ${ref(attach)}></div>`;
  }

  function draw(frame: Frame, { groups, content, parameter, single, longest }: Drawn) {
    const { state, step, wordsStep } = frame;
    narrow = frame.narrow;
    const hovered = single ? null : (state.hovered?.run ?? null);
    const now = {
      at: stepAtRow(step, 1, longest),
      read: Math.floor(stepAtRow(wordsStep, 1, longest)),
      highlighted: state.highlighted,
      hovered,
    };
    if (single) states.alone(groups, content, now);
    else states.together(groups, state.explain.quantity, content, now);
    const another = relit(state.highlighted, parameter, groups.map(({ key }) => key).join());
    if (another) showHighlight(root, state.highlighted, parameter);
  }

  const severalIn = ({ runs }: Scene) => runs.filter(({ hidden }) => !hidden).length > 1;
  function rendered(frame: Frame) {
    render(choices(frame, severalIn(frame.scene)), aside);
    if (drawn) draw(frame, drawn);
  }

  const panel = createPanel(invalidate, root, template, rendered, prepare);
  return { ...panel, chartExports: () => states?.chartExports() ?? [] };
}
