/** What the rules hold, as charts: fetched once the runs rest, drawn along with the playhead. */
import { formulaSetter } from "../net/katex.js";
import { explain } from "../state/explain.js";
import { formulaOf } from "../state/rules.js";
import { hover } from "../state/receiving.js";
import { createWords } from "../controls/choice.js";
import { createStates } from "../views/states/index.js";
import { groupsOf, isEarly, togetherOf } from "../views/states/series.js";
import { tooLong } from "../words/tooLong.js";
import { h, setAttribute, setText } from "../dom.js";
import { chosenRun } from "./chosenRun.js";
import { listen, shine } from "./lights.js";
import { READABLE } from "./readable.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../views/states/series.js").Told} Told */
/** @typedef {import("../views/states/series.js").Group} Group */
/** @typedef {import("../views/states/figure.js").Setting} Setting */
/** @typedef {import("./drawer.js").DrawerPorts} DrawerPorts */
/** @typedef {import("./explain.js").Moment} Moment */

/** The first steps: where averages that start at 0 are corrected most. */
const FIRST = 40;
const narrow = matchMedia("(max-width: 1099px)");

/** The runs in sight, the explained one first. @param {Scene} scene @param {number} index */
const inSight = ({ runs }, index) => [index, ...[...runs.keys()].filter((k) => k !== index && !runs[k].hidden && runs[k].length > 1)];

/** The same groups while what they are made of is the same. */
function createGroups() {
  /** @type {unknown[]} */
  let made = [];
  /** @type {Group[]} */
  let groups = [];
  return (/** @type {Told[]} */ told, /** @type {string[]} */ names, /** @type {number} */ parameter, /** @type {boolean} */ alone) => {
    const now = [names.join(), parameter, alone, ...told.flatMap(({ index, wire, run }) => [index, wire, run.columns.gradient, run.length])];
    if (now.length !== made.length || now.some((value, k) => value !== made[k])) groups = alone ? groupsOf(told[0], names, parameter) : togetherOf(told, names, parameter);
    made = now;
    return groups;
  };
}

/** @param {Told} told @param {string[]} names  whether it is of the problem that is shown */
const fits = ({ wire }, [name]) => name in (Object.values(wire.states)[0] ?? Object.values(wire.values)[0] ?? wire.rate?.values ?? { [name]: [] });

/**
 * @param {HTMLElement} root
 * @param {DrawerPorts} ports
 */
export async function createCharts(root, { store, invalidate, seek, lights, quantities, aside }) {
  const set = await formulaSetter();
  if (!set) throw new Error("formulas cannot be set");
  const change = (/** @type {Partial<import("../state/types.js").Explain>} */ given) => store.update(explain, given);
  const whose = createWords({ label: "Runs in the charts", options: [["all", "all runs"], ["one", "this run"]], onChoose: (value) => change({ alone: value === "one" }) });
  const spans = createWords({ label: "Steps in sight", options: [["all", "all steps"], ["first", `first ${FIRST}`]], onChoose: (value) => change({ first: value === "first" }) });
  aside.append(whose.root, spans.root);
  const wait = h("p", { class: "note" });
  const place = h("div", { class: "states" });
  root.append(wait, place);
  listen(place, lights);
  const states = createStates(place, set, {
    onSeek: (step) => seek(Math.max(0, step - 1)),
    onChoose: (quantity) => change({ quantity }),
    onPoint(line, step) {
      lights.set(line?.of ?? null);
      store.update(hover, line && { run: line.run, step: Math.max(0, step - 1) });
    },
  }, () => narrow.matches);
  const groupsNow = createGroups();
  let [read, readAt] = [0, -Infinity];
  let shining = "";
  new ResizeObserver(invalidate).observe(place);

  /** Whether the first steps are what is to be seen, judged once for the same charts. @type {{groups: Group[] | null, early: boolean}} */
  const judged = { groups: null, early: false };
  const judge = (/** @type {Group[]} */ groups, /** @type {number} */ longest) => {
    if (groups !== judged.groups) judged.early = isEarly(groups, FIRST, longest);
    judged.groups = groups;
    return judged.early;
  };

  /** @param {string} parameter @param {Group[]} groups */
  function relight(parameter, groups) {
    const wanted = `${lights.lit()} ${parameter} ${groups.map(({ key }) => key).join()}`;
    if (wanted !== shining) shine(place, lights.lit(), parameter);
    shining = wanted;
  }

  /** The step whose values are written. @param {number} step @param {Moment} moment */
  function reading(step, { playing, time }) {
    if (playing && time - readAt < READABLE) return read;
    [read, readAt] = [Math.floor(step), time];
    return read;
  }

  /** @param {string} text */
  function say(text) {
    wait.hidden = !text;
    setText(wait, text);
  }

  return {
    plates: states.plates,
    /** @param {State} state @param {Scene} scene @param {Moment} moment */
    render(state, scene, moment) {
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
      const told = held.flatMap(({ wire }, k) => (wire ? [{ index: indices[k], run: scene.runs[indices[k]], wire }] : [])).filter((one) => fits(one, names));
      const refused = held.findIndex((one) => one.refused.length > 0);
      say(refused >= 0 ? `${scene.runs[indices[refused]].name}: ${tooLong(held[refused].refused)}` : quantities.silent() ? "The server does not answer." : told.length ? "" : "Fetching what the rules hold.");
      setAttribute(place, "class", `states slot-${scene.runs[index].slot}${held.some(({ late, refused: no }) => late && !no.length) ? " is-late" : ""}`);
      place.hidden = !told.length;
      if (!told.length) return;
      const longest = Math.max(...told.map(({ run }) => run.length - 1));
      const parameter = Math.min(state.explain.parameter, names.length - 1);
      const groups = groupsNow(told, names, parameter, single);
      const first = state.explain.first ?? judge(groups, longest);
      spans.set(first ? "first" : "all");
      const setting = /** @type {Setting} */ ({
        runs: scene.runs, names: scene.runs.map(({ name }) => name), selected: index, told: told.map((one) => one.index), formulaOf: (run, of) => formulaOf(state.catalog, state.entries[run].optimizer, of),
        steps: [0, first ? Math.min(FIRST, longest) : longest], theme: scene.theme, scale: scene.projector ? 1.4 : 1,
      });
      const at = Math.min(moment.step + 1, longest);
      const now = { at, read: reading(at, moment), lit: lights.lit(), hovered: single ? null : scene.hovered };
      if (single) states.alone(groups, setting, now);
      else states.together(groups, quantity, setting, now);
      relight(names[parameter], groups);
    },
  };
}
