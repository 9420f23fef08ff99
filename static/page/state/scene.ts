/** Makes from the state the scene that views draw. Objects in it keep their identity while their content is equal. */

import { formatExact } from "../math/format.ts";
import { sameValue } from "../math/values.ts";
import { keepEqual, memo } from "../memo.ts";
import { hidesOutcome, runUntil } from "./beats.ts";
import { columnNames, datasetOf, isLineFit, lossOf, namesOf, networkDatasetOf, surfaceOf, titleOf } from "./catalog.ts";
import { tintsByEnds } from "./ends.ts";
import { evidenceOf } from "./evidence.ts";
import { presetWithStatus } from "./exercise.ts";
import { explanationsInSight, isSearching } from "./explain.ts";
import { effectiveChanges, phasesOf, withoutLastChange } from "./phases.ts";
import { groundKey } from "./problemOnMap.ts";
import { asksPlace } from "./questions.ts";
import { drawnReply, replyFor } from "./replies.ts";
import { bundleOf } from "./seeds.ts";
import { planeOnMap } from "./stage.ts";
import { problemKey, runKey } from "./state.ts";
import { endsOfRates, foundMinima } from "./sweep.ts";
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
  SceneGround,
  ScenePreset,
  SceneRuns,
  State,
  Window,
} from "./types.ts";

/** until: the last step that is drawn; wall: the scale of type in a projector view, 0 if that does not fit */
type SceneInput = { state: State; until: number; wall: number };

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

/** @returns what there is none of by the name that an address has; empty: it is there, or that is not known yet */
function missingOf({ catalog, fault, problem }: State): string {
  const { surface, dataset, network } = problem;
  const isRefused = fault?.kind === "refused";
  if (isRefused && surface && !surfaceOf(catalog, surface)) return "surface";
  if (isRefused && dataset && !datasetOf(catalog, dataset)) return "data set";
  return network?.dataset && catalog?.networks && !networkDatasetOf(catalog, problem) ? "network" : "";
}

const NO_DWELLS: Dwell[] = [];
const NO_EVIDENCE: Evidence[] = [];
const NO_PREPARED_RUNS: PreparedRun[] = [];

const NO_COLUMNS: Columns = {
  parameters: [],
  loss: new Float64Array(0),
  gradient: null,
  batch: null,
  evaluations: null,
};

/** @returns a reply if it is of the problem on the map; else null */
const ofProblem = <A extends { problemKey: string }>(
  { problemOnMap }: State,
  answer: A | null | undefined,
): A | null => (answer && answer.problemKey === problemOnMap?.key ? answer : null);

/** @returns the LaTeX of the loss of a line fit; undefined: the problem is none */
const fitLatex = (catalog: Catalog | null, problem: ProblemSpec) =>
  isLineFit(problem) ? catalog?.losses.find(({ name }) => name === lossOf(problem))?.fit_latex : undefined;

/** @returns the problem with its title and its LaTeX */
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

/** @returns a run for each entry, without rows as long as these are of another problem */
function runsOf(state: State): Run[] {
  const names = namesOf(state.catalog, state.entries, formatExact);
  return state.entries.map(({ id, slot, hidden, optimizer }, k) => {
    const received = ofProblem(state, state.runs[id]);
    const count = received?.columns.parameters.length;
    const fits = count === 0 || count === state.problemOnMap?.problem.parameters.length;
    const { columns, length, end } = received && fits ? received : { columns: NO_COLUMNS, length: 0, end: null };
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

/** @returns the ghosts received for visible runs */
function ghostsOf(state: State, runs: Run[]): Ghost[] {
  return state.entries.flatMap((entry, index) => {
    const before = withoutLastChange(entry);
    const received = before && ofProblem(state, replyFor(state, "ghosts", runKey(state, before)));
    const last = entry.optimizer.changes?.at(-1);
    if (!received || !last || !effectiveChanges(state.catalog, entry.optimizer).includes(last) || entry.hidden)
      return [];
    const { columns, length, end } = received;
    const from = Number(last.at);
    return length > from ? [{ index, from, run: { ...runs[index], columns, length, end } }] : [];
  });
}

/** @returns, of the visible runs that differ from their preset, the runs as prepared */
function preparedOf(state: State, runs: Run[]): PreparedRun[] {
  const { entries, start, problemOnMap } = state;
  const preset = presetWithStatus(state, "changed", "varied");
  const prepared = preset && replyFor(state, "prepared", preset.name);
  if (prepared?.runs[0].problemKey !== problemOnMap?.key || !prepared) return NO_PREPARED_RUNS;
  const moved = !sameValue(prepared.start, start);
  return prepared.runs.flatMap(({ optimizer: was, columns, length, end }, index) => {
    const { optimizer, hidden } = entries[index];
    const same = !moved && sameValue(was, optimizer);
    return hidden || same ? [] : [{ index, before: was, optimizer, run: { ...runs[index], columns, length, end } }];
  });
}

const selectedIndex = ({ entries, selected }: State): number | null => {
  const index = entries.findIndex(({ id }) => id === selected);
  return index < 0 ? null : index;
};

/** @returns a window without an interval of the loss, which on a curve follows from that of the parameter */
const windowFor = (window: Window | null, parameters: number) =>
  window && window.length >= parameters ? window.slice(0, parameters) : null;

/** @returns the guessed place, and the true one once it may show; null: the question asks for no place */
function guessOf(state: State, until: number, outcomeShows: boolean): Scene["guess"] {
  const { problemOnMap } = state;
  const { answer } = state.exercise;
  const guess = presetWithStatus(state, "prepared")?.guess;
  if (!asksPlace(guess) || !Array.isArray(answer) || problemOnMap?.key !== problemKey(state)) return null;
  const ends = state.runs[state.entries[guess.run].id]?.end;
  return { at: answer, end: outcomeShows && ends && until >= ends.n_steps ? guess.answer : null };
}

/** @param outcomeShows  no question is open, which the ends would answer */
function groundOf(state: State, outcomeShows: boolean): SceneGround {
  const { problemOnMap, planeWindow, start } = state;
  const { expression, network } = state.problem;
  const missing = missingOf(state);
  const none: Problem = missing
    ? { ...NO_NETWORK, kind: "surface", label: `Choose a ${missing}` }
    : network
      ? NO_NETWORK
      : NO_PROBLEM;
  const problem = problemOnMap
    ? titled(state, problemOnMap)
    : { ...none, label: none.label || titleOf(state.catalog, state.problem), expression };
  const fits = start?.length === problem.parameters.length && problemOnMap?.key === problemKey(state);
  const key = problemOnMap?.key ?? "";
  const laid = planeOnMap(state);
  const plane = replyFor(state, "plane", laid ?? "") ?? null;
  const inSight = laid
    ? drawnReply(state, "plane in sight", laid)
    : problemOnMap && drawnReply(state, "in sight", groundKey(problemOnMap));
  return {
    problem,
    minima: [...problem.minima, ...foundMinima(state)],
    endsOfRates: endsOfRates(state),
    start: fits ? start : (problemOnMap?.start ?? []),
    window: plane
      ? (planeWindow?.plane === laid && planeWindow?.window) || null
      : windowFor(state.window, problem.parameters.length),
    landscape: inSight ?? plane?.landscape ?? problemOnMap?.wholeLandscape ?? null,
    levels: plane?.levels ?? problemOnMap?.levels ?? null,
    plane,
    search: (isSearching(state) && drawnReply(state, "search", key)) || null,
    ends: (outcomeShows && tintsByEnds(state) && drawnReply(state, "ends", key)) || null,
  };
}

/** @param until  the last step that is drawn */
function runsBeside(state: State, until: number): SceneRuns {
  const wholeRuns = runsOf(state);
  return {
    shownRuns: wholeRuns.map((run) => runUntil(run, until)),
    wholeRuns,
    hasHiddenRows: wholeRuns.some(({ length }) => until < length - 1),
    selected: selectedIndex(state),
    ghosts: ghostsOf(state, wholeRuns),
    prepared: preparedOf(state, wholeRuns),
    bundle: bundleOf(state),
  };
}

function presetDrawn(state: State, until: number, outcomeShows: boolean): ScenePreset {
  const { guess: question, dwell } = presetWithStatus(state, "prepared") ?? {};
  const wholeEvidence = evidenceOf(state);
  return {
    runOfQuestion: question && "run" in question ? question.run : null,
    dwells: dwell ?? NO_DWELLS,
    shownEvidence: outcomeShows ? wholeEvidence : NO_EVIDENCE,
    wholeEvidence,
    enlargesSteps: explanationsInSight(state).every((explanation) => explanation.enlargesSteps),
    guess: guessOf(state, until, outcomeShows),
    // The guesses of others show only once the runs play.
    guesses: until > 0 ? state.exercise.guesses : null,
  };
}

function buildScene({ state, until, wall }: SceneInput): Scene {
  const outcomeShows = !hidesOutcome(state, until);
  const projector = state.projector && wall > 0;
  return {
    ...groundOf(state, outcomeShows),
    ...runsBeside(state, until),
    ...presetDrawn(state, until, outcomeShows),
    theme: state.theme,
    projector,
    scale: projector ? wall : 1,
  };
}

export function createScene(): (input: SceneInput) => Scene {
  let scene: Scene | null = null;
  return memo((input) => (scene = keepEqual(scene, buildScene(input))));
}
