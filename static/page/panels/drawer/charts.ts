/** What the rules hold, as charts: fetched once the runs rest, drawn along with the playhead. */
import { formulaSetter } from "../../service/katex.ts";
import { explain } from "../../state/explain.ts";
import { formulaOf } from "../../state/rules.ts";
import { hover } from "../../state/receiving.ts";
import { createStates } from "../../views/states/index.ts";
import { groupsOf, isEarly, togetherOf } from "../../views/states/series.ts";
import { tooLong } from "../../words/tooLong.ts";
import { watchSize } from "../../figure/ending.ts";
import { h, setAttribute, setText } from "../../dom.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import { listenToHighlights, showHighlight } from "../../figure/highlight.ts";
import { READABLE } from "../../figure/readable.ts";
import { createWords } from "../../controls/byHand.ts";
import type { Explain, Scene } from "../../state/types.ts";
import type { Group, RunQuantities } from "../../views/states/series.ts";
import type { Setting } from "../../views/states/groupCharts.ts";
import type { DrawerPorts } from "./drawer.ts";
import type { Frame } from "../../figure/part.ts";

/** The first steps: where averages that start at 0 are corrected most. */
const FIRST = 40;
const narrow = matchMedia("(max-width: 1099px)");

/** The runs in sight, the explained one first. */
const inSight = ({ runs }: Scene, index: number) => [index, ...[...runs.keys()].filter((k) => k !== index && !runs[k].hidden && runs[k].length > 1)];

/** The same groups while what they are made of is the same. */
function createGroups() {
  let made: unknown[] = [];
  let groups: Group[] = [];
  return (received: RunQuantities[], names: string[], parameter: number, alone: boolean) => {
    const now = [names.join(), parameter, alone, ...received.flatMap(({ index, wire, run }) => [index, wire, run.columns.gradient, run.length])];
    if (now.length !== made.length || now.some((value, k) => value !== made[k])) groups = alone ? groupsOf(received[0], names, parameter) : togetherOf(received, names, parameter);
    made = now;
    return groups;
  };
}

/** @param names  whether it is of the problem that is shown */
const fits = ({ wire }: RunQuantities, [name]: string[]) => name in (Object.values(wire.states)[0] ?? Object.values(wire.values)[0] ?? wire.rate?.values ?? { [name]: [] });

export async function createCharts(root: HTMLElement, { store, invalidate, seek, highlight, quantities, aside, ended }: DrawerPorts) {
  const set = await formulaSetter();
  if (!set) throw new Error("formulas cannot be set");
  const change = (given: Partial<Explain>) => store.update(explain, given);
  const whose = createWords({ label: "Runs in the charts", options: [["all", "all runs"], ["one", "this run"]], onChoose: (value) => change({ alone: value === "one" }) });
  const spans = createWords({ label: "Steps in sight", options: [["all", "all steps"], ["first", `first ${FIRST}`]], onChoose: (value) => change({ first: value === "first" }) });
  aside.append(whose.root, spans.root);
  const wait = h("p", { class: "note" });
  const place = h("div", { class: "states" });
  root.append(wait, place);
  listenToHighlights(place, highlight);
  const states = createStates(place, set, {
    onSeek: (step) => seek(Math.max(0, step - 1)),
    onChoose: (quantity) => change({ quantity }),
    onPoint(line, step) {
      highlight.set(line?.of ?? null);
      store.update(hover, line && { run: line.run, step: Math.max(0, step - 1) });
    },
  }, () => narrow.matches);
  const groupsNow = createGroups();
  let [read, readAt] = [0, -Infinity];
  let shining = "";
  watchSize(place, invalidate, ended);

  /** Whether the first steps are what is to be seen, judged once for the same charts. */
  const judged: { groups: Group[] | null; early: boolean } = { groups: null, early: false };
  const judge = (groups: Group[], longest: number) => {
    if (groups !== judged.groups) judged.early = isEarly(groups, FIRST, longest);
    judged.groups = groups;
    return judged.early;
  };

  function relight(parameter: string, groups: Group[]) {
    const wanted = `${highlight.highlighted()} ${parameter} ${groups.map(({ key }) => key).join()}`;
    if (wanted !== shining) showHighlight(place, highlight.highlighted(), parameter);
    shining = wanted;
  }

  /** The step whose values are written. */
  function reading(step: number, { playing, time }: Frame) {
    if (playing && time - readAt < READABLE) return read;
    [read, readAt] = [Math.floor(step), time];
    return read;
  }

  function say(text: string) {
    wait.hidden = !text;
    setText(wait, text);
  }

  return {
    chartExports: states.chartExports,
    render(moment: Frame) {
      const { state, scene } = moment;
      const { alone, quantity } = state.explain;
      const index = chosenRun(scene);
      const several = scene.runs.filter(({ hidden }) => !hidden).length > 1;
      whose.root.hidden = !several;
      whose.set(alone ? "one" : "all");
      place.hidden ||= index === null;
      if (index === null) return say("Add a run to see what its rule holds.");
      const single = alone || !several;
      const indices = single ? [index] : inSight(scene, index);
      const held = quantities.of(state, scene, indices);
      const names = scene.problem.parameters;
      const received = held.flatMap(({ wire }, k) => (wire ? [{ index: indices[k], run: scene.runs[indices[k]], wire }] : [])).filter((one) => fits(one, names));
      const refused = held.findIndex((one) => one.refused.length > 0);
      say(refused >= 0 ? `${scene.runs[indices[refused]].name}: ${tooLong(held[refused].refused)}` : quantities.silent() ? "The server does not answer." : received.length ? "" : "Fetching what the rules hold.");
      setAttribute(place, "class", `states slot-${scene.runs[index].slot}${held.some(({ late, refused: no }) => late && !no.length) ? " is-late" : ""}`);
      place.hidden = !received.length;
      if (!received.length) return;
      const longest = Math.max(...received.map(({ run }) => run.length - 1));
      const parameter = Math.min(state.explain.parameter, names.length - 1);
      const groups = groupsNow(received, names, parameter, single);
      const first = state.explain.first ?? judge(groups, longest);
      spans.set(first ? "first" : "all");
      const setting = {
        runs: scene.runs, selected: index, arrived: received.map((one) => one.index), formulaOf: (run, of) => formulaOf(state.catalog, state.entries[run].optimizer, of),
        steps: [0, first ? Math.min(FIRST, longest) : longest], theme: scene.theme, scale: scene.projector ? 1.4 : 1,
      } as Setting;
      const at = Math.min(moment.step + 1, longest);
      const now = { at, read: reading(at, moment), highlighted: highlight.highlighted(), hovered: single ? null : (state.hovered?.run ?? null) };
      if (single) states.alone(groups, setting, now);
      else states.together(groups, quantity, setting, now);
      relight(names[parameter], groups);
    },
  };
}
