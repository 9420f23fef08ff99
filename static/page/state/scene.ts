/** The scene that views draw, made from the state. Objects in it stay the same while nothing in them changes. */

import { formatExact } from "../math/format.ts";
import { sameValue } from "../math/values.ts";
import { memo, replaceEqual } from "../memo.ts";
import { beatOf, hidesOutcome, questionRun, upTo } from "./beats.ts";
import { columnNames, isLineFit, lossOf, namesOf, surfaceOf, titleOf } from "./catalog.ts";
import { chosenRun } from "./chosen.ts";
import { tintsEnds } from "./ends.ts";
import { evidenceOf } from "./evidence.ts";
import { presetOf } from "./exercise.ts";
import { explanationsInSight, isSearching } from "./explain.ts";
import { lastOf, valueIn } from "./known.ts";
import { hasFixedStart, planeOnMap } from "./network.ts";
import { changesOf, phasesOf, withoutLast } from "./phases.ts";
import { groundKey } from "./problemOnMap.ts";
import { asksPlace } from "./questions.ts";
import { bundleOf } from "./seeds.ts";
import { isBehind, isStale, problemKey, runKey } from "./state.ts";
import { foundMinima } from "./sweep.ts";
import type {
  Catalog,
  Columns,
  Dwell,
  Evidence,
  Ghost,
  PreparedRun,
  Problem,
  ProblemOnMap,
  ProblemSpec,
  Run,
  Scene,
  State,
  Window,
} from "./types.ts";

/**
 * until: the step after which nothing is shown; wall: how much larger type is in a projector view, 0 where that has no
 * room
 */
type SceneInput = { state: State; until: number; playing: boolean; reducedMotion: boolean; wall: number };

const NO_PROBLEM: Problem = {
  kind: "surface",
  parameters: ["x", "y"],
  domain: [
    [-1, 1],
    [-1, 1],
  ],
  minima: [],
  label: "",
};

const NO_NETWORK: Problem = { ...NO_PROBLEM, kind: "network", parameters: [], domain: [] };

const NONE: Dwell[] = [];
const UNTOLD: Evidence[] = [];
const UNCHANGED: PreparedRun[] = [];

const NO_COLUMNS: Columns = {
  parameters: [],
  loss: new Float64Array(0),
  gradient: null,
  batch: null,
  evaluations: null,
};

/** @returns the answer, if it is for the problem on the map; else null */
const ofProblem = <A extends { problemKey: string }>(
  { problemOnMap }: State,
  answer: A | null | undefined,
): A | null => (answer && answer.problemKey === problemOnMap?.key ? answer : null);

/** The loss of a line fit over its points. */
const fitLatex = (catalog: Catalog | null, problem: ProblemSpec) =>
  isLineFit(problem) ? catalog?.losses.find(({ name }) => name === lossOf(problem))?.fit_latex : undefined;

/** @returns with its title and formula */
function titled(state: State, { spec, problem }: ProblemOnMap): Problem {
  const latex = problem.latex ?? surfaceOf(state.catalog, spec.surface)?.latex ?? fitLatex(state.catalog, spec);
  return {
    ...problem,
    label: problem.network?.label || problem.label || titleOf(state.catalog, spec),
    expression: spec.expression,
    ...(latex ? { latex } : {}),
    ...(problem.network ? { network: { ...problem.network, ...columnNames(state) } } : {}),
  };
}

/** @returns a run for each entry, without rows while these are of another problem */
function runsOf(state: State): Run[] {
  const names = namesOf(state.catalog, state.entries, formatExact);
  return state.entries.map(({ id, slot, hidden, optimizer }, k) => {
    const got = ofProblem(state, state.runs[id]);
    const count = got?.columns.parameters.length;
    const fits = count === 0 || count === state.problemOnMap?.problem.parameters.length;
    const { columns, length, end } = got && fits ? got : { columns: NO_COLUMNS, length: 0, end: null };
    return {
      slot,
      ...names[k],
      columns,
      length,
      end,
      hidden,
      phases: phasesOf(state.catalog, optimizer, formatExact),
    };
  });
}

/** The ghosts of the runs in sight, as far as they have come. */
function ghostsOf(state: State, runs: Run[]): Ghost[] {
  return state.entries.flatMap((entry, index) => {
    const before = withoutLast(entry);
    const got = before && ofProblem(state, valueIn(state, "ghosts", runKey(state, before)));
    const last = entry.optimizer.changes?.at(-1);
    if (!got || !last || !changesOf(state.catalog, entry.optimizer).includes(last) || entry.hidden) return [];
    const { columns, length, end } = got;
    const from = Number(last.at);
    return length > from ? [{ index, from, run: { ...runs[index], columns, length, end } }] : [];
  });
}

/** The prepared runs of those in sight that are now set otherwise. */
function preparedOf(state: State, runs: Run[]): PreparedRun[] {
  const { entries, start, problemOnMap } = state;
  const preset = presetOf(state, "changed", "varied");
  const prepared = preset && valueIn(state, "prepared", preset.name);
  if (prepared?.runs[0].problemKey !== problemOnMap?.key || !prepared) return UNCHANGED;
  const moved = !sameValue(prepared.start, start);
  return prepared.runs.flatMap(({ optimizer: was, columns, length, end }, index) => {
    const { optimizer, hidden } = entries[index];
    const same = !moved && sameValue(was, optimizer);
    return hidden || same ? [] : [{ index, was, now: optimizer, run: { ...runs[index], columns, length, end } }];
  });
}

function indexOf(state: State, id: number | null): number | null {
  const index = state.entries.findIndex((entry) => entry.id === id);
  return index < 0 ? null : index;
}

/** The window without the loss: of a curve the interval of the loss follows from that of the parameter. */
const windowFor = (window: Window | null, parameters: number) =>
  window && window.length >= parameters ? window.slice(0, parameters) : null;

/** The guess of a place, and the right one once it may be seen; null where no place is asked for. */
function guessOf(state: State, until: number, tells: boolean): Scene["guess"] {
  const { problemOnMap } = state;
  const { answer } = state.exercise;
  const guess = presetOf(state, "prepared")?.guess;
  if (!asksPlace(guess) || !Array.isArray(answer) || problemOnMap?.key !== problemKey(state)) return null;
  const ends = state.runs[state.entries[guess.run].id]?.end;
  return { at: answer, end: tells && ends && until >= ends.n_steps ? guess.answer : null };
}

/** The problem on the map with its landscape, as far as it has come. */
function groundOf(state: State) {
  const { problemOnMap, planeWindow, start } = state;
  const none = state.problem.network ? NO_NETWORK : NO_PROBLEM;
  const { expression } = state.problem;
  const problem = problemOnMap
    ? titled(state, problemOnMap)
    : { ...none, label: titleOf(state.catalog, state.problem), expression };
  const fits = start?.length === problem.parameters.length && problemOnMap?.key === problemKey(state);
  const key = problemOnMap?.key ?? "";
  const laid = planeOnMap(state);
  const plane = valueIn(state, "plane", laid ?? "") ?? null;
  const inSight = laid
    ? lastOf(state, "plane in sight", laid)
    : problemOnMap && lastOf(state, "in sight", groundKey(problemOnMap));
  return {
    problem,
    minima: [...problem.minima, ...foundMinima(state)],
    window: plane
      ? (planeWindow?.plane === laid && planeWindow?.window) || null
      : windowFor(state.window, problem.parameters.length),
    landscape: inSight ?? plane?.landscape ?? problemOnMap?.wholeLandscape ?? null,
    levels: plane?.levels ?? problemOnMap?.levels ?? null,
    plane,
    start: fits ? start : (problemOnMap?.start ?? []),
    search: (isSearching(state) && lastOf(state, "search", key)) || null,
  };
}

/** What was guessed of the question of a preset, and, once that may be seen, what answers it. */
function questionState(state: State, until: number, wholeRuns: Run[]) {
  const preset = presetOf(state, "prepared");
  const hidesAhead = wholeRuns.some(({ length }) => until < length - 1);
  const tells = !hidesOutcome(state, until);
  const expected = evidenceOf(state);
  return {
    hidesAhead,
    tells,
    guess: guessOf(state, until, tells),
    // None while the question is being asked.
    guesses: until > 0 ? state.exercise.guesses : null,
    dwells: preset?.dwell ?? NONE,
    expected,
    evidence: tells ? expected : UNTOLD,
    ends: (tells && tintsEnds(state) && lastOf(state, "ends", state.problemOnMap?.key ?? "")) || null,
  };
}

function build({ state, until, playing, reducedMotion, wall }: SceneInput): Scene {
  const wholeRuns = runsOf(state);
  const projector = state.projector && wall > 0;
  const ground = groundOf(state);
  const beat = beatOf({ state, step: until, playing });
  return {
    ...ground,
    fixedStart: hasFixedStart({ ...ground, runs: wholeRuns }),
    beat,
    questionRun: questionRun({ state, step: until, playing }),
    ...questionState(state, until, wholeRuns),
    runs: wholeRuns.map((run) => upTo(run, until)),
    wholeRuns,
    ghosts: ghostsOf(state, wholeRuns),
    prepared: preparedOf(state, wholeRuns),
    bundle: bundleOf(state),
    selected: indexOf(state, state.selected),
    chosen: chosenRun(state),
    enlargesSteps: explanationsInSight(state).every((explanation) => explanation.enlargesSteps),
    theme: state.theme,
    projector,
    scale: projector ? wall : 1,
    stale: state.fault?.kind === "gone" ? isBehind(state) : state.fault?.kind === "refused" && isStale(state),
    reducedMotion,
  };
}

export function createScene(): (input: SceneInput) => Scene {
  let scene: Scene | null = null;
  return memo((input) => (scene = replaceEqual(scene, build(input))));
}
