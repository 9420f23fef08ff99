/** Compares runs of a preset whose settings were changed with the same runs as the preset has them. */

import { formatExact, formatMeasured, formatPlace } from "../math/format.ts";
import { minimumLetters } from "../math/near.ts";
import { capitalized, listInWords, unbroken } from "../math/text.ts";
import { roundToStep } from "../math/ticks.ts";
import { sameValue } from "../math/values.ts";
import { parametersAt } from "../state/columns.ts";
import type {
  ChangeGuess,
  Guess,
  OptimizerSpec,
  PreparedRun,
  Preset,
  ProposedChange,
  Run,
  Scene,
} from "../state/types.ts";
import { evidenceWords, type Measure } from "./evidence.ts";
import { questionWords, stepsCount } from "./questions.ts";

/** Two ends within this share of the map are the same place. */
const SAME_PLACE = 0.01;

/** What is measured of a run that ends in a minimum with a letter. */
const IN_LETTER = "ends in";

const START_MOVED = "You moved the start.";

/** @returns such as "at 0.0015", "with beta 0.98"; empty for a setting that is absent or no number */
function settingWords(optimizer: OptimizerSpec, other: OptimizerSpec): string {
  const name = Object.keys({ ...optimizer, ...other }).find(
    (key) => typeof optimizer[key] === "number" && optimizer[key] !== other[key],
  );
  if (name === undefined) return "";
  const value = formatExact(optimizer[name] as number);
  return name === "learning_rate" ? `at ${value}` : `with ${name.replace(/_/g, " ")} ${value}`;
}

/** The name beside the path of a run as its preset has it. */
export const beforeWords = ({ before, optimizer }: Pick<PreparedRun, "before" | "optimizer">): string =>
  ["before", settingWords(before, optimizer)].filter(Boolean).join(", ");

/** Where a run ends, and the other runs that end there. */
function placeMeasure(run: Run, index: number, { shownRuns, problem }: Scene): Measure {
  const end = (candidate: Run) => parametersAt(candidate.columns, candidate.length - 1);
  const endPlace = end(run);
  const near = (place: number[]) =>
    place.every(
      (value, k) => Math.abs(value - endPlace[k]) < SAME_PLACE * (problem.domain[k][1] - problem.domain[k][0]),
    );
  if (stillJumps(run, problem)) {
    const value = `after ${stepsCount(run.length - 1)}`;
    return { measure: "still jumps", does: `still jumps about ${value}`, value };
  }
  // At a minimum its letter, else the place of the minimum itself, to the precision that the map can show.
  const minimum = problem.minima.findIndex(({ at }) => near(at));
  const letter = minimumLetters(problem.minima.length)[minimum];
  const place = formatPlace(
    (problem.minima[minimum]?.at ?? endPlace).map((value, k) => {
      const fine = 10 ** Math.floor(Math.log10((problem.domain[k][1] - problem.domain[k][0]) / 1000));
      return roundToStep(value, fine);
    }),
  );
  const beside = shownRuns.filter((other, k) => k !== index && other.end && near(end(other))).map(({ name }) => name);
  const asOthers = beside.length ? `, as ${listInWords(beside)} ${beside.length > 1 ? "do" : "does"}` : "";
  return letter
    ? { measure: IN_LETTER, does: `ends in ${letter}`, value: letter, as: asOthers }
    : { measure: "ends at", does: `ends at ${place}`, value: place, as: asOthers };
}

/** @returns whether a run that was stopped by the number of its steps still jumps farther than a place is wide */
const stillJumps = ({ columns, length, end }: Run, { domain }: Scene["problem"]): boolean =>
  end?.stop_reason === "max_steps" &&
  domain.some(
    ([low, high], k) =>
      Math.abs(columns.parameters[k][length - 1] - columns.parameters[k][length - 2]) > SAME_PLACE * (high - low),
  );

/** What a question may be about (`words/questions.ts`). */
const MEASURES = {
  place: placeMeasure,
  steps: ({ length }: Run): Measure => ({
    measure: "steps",
    does: `stops after ${stepsCount(length - 1)}`,
    value: formatExact(length - 1),
  }),
  loss({ columns, length }: Run): Measure {
    const value = formatMeasured(columns.loss[length - 1]);
    return { measure: "loss at the end", does: `ends at loss ${value}`, value };
  },
};

/** @returns the measure of the guess, or of the goal of the preset; null: the run has not ended */
function measureOf(run: Run, index: number, scene: Scene, guess: Guess | undefined): Measure | null {
  const { shownEvidence, problem } = scene;
  if (!run.end) return null;
  if (run.end.stop_reason === "diverged") {
    const step = formatExact(run.end.diverged_at ?? run.end.n_steps + 1);
    return { measure: "diverges at step", does: `diverges at step ${step}`, value: step };
  }
  for (const item of shownEvidence) {
    const measure = evidenceWords(item.kind).measure?.(item, run, index, scene);
    if (measure) return measure;
  }
  return MEASURES[guess ? questionWords(guess.kind).measure(guess, problem) : "loss"](run, index, scene);
}

/** @returns a sentence about one run; empty until it has ended */
function runSentence(
  { index, before: settingBefore, optimizer, run }: PreparedRun,
  preset: Preset,
  scene: Scene,
): string {
  const [current, before] = [scene.shownRuns[index], run].map((candidate) =>
    measureOf(candidate, index, scene, preset.guess),
  );
  if (!current || !before) return "";
  const setting = settingWords(optimizer, settingBefore);
  // "It" is the run of which the heading speaks, and no sentence since of another.
  const isOnly = scene.shownRuns.length === 1 || (scene.prepared.length === 1 && preset.change?.control.run === index);
  const subject = isOnly ? "it" : scene.shownRuns[index].name;
  const lead = capitalized(`${setting} ${subject}`.trim());
  const { does, as = "" } = current;
  if (does === before.does) return `${lead} still ${does}${as}.`;
  const alike = current.measure === before.measure && ![current.value, before.value].includes("never");
  if (alike) return `${lead} ${does} instead of ${before.value}${as}.`;
  const earlier = settingWords(settingBefore, optimizer) || "before,";
  return `${lead} ${does}${as}; ${earlier} it ${before.does}.`;
}

interface ComparedEnd {
  name: string;
  current: Measure;
  before: Measure;
}

/** @param verbs  of one run, and of several @returns such as "all end in B", "Adam ends in A, RMSProp in C" */
function letterWords(endings: ComparedEnd[], when: "current" | "before", verbs: [string, string]): string {
  const [singular, plural] = verbs;
  const letters = [...new Set(endings.map((ending) => ending[when].value))];
  if (letters.length === 1) return `${endings.length === 2 ? "both" : "all"} ${plural} ${letters[0]}`;
  const groups = letters.map((letter, k) => {
    const names = endings.filter((ending) => ending[when].value === letter).map(({ name }) => name);
    const ends = k ? "in" : names.length > 1 ? plural : singular;
    return `${listInWords(names)} ${ends} ${letter}`;
  });
  return groups.join(", ");
}

/** @returns a short sentence about all runs, from another start */
function allSentence(preset: Preset, scene: Scene): string {
  const endings = scene.prepared.flatMap(({ index, run }): ComparedEnd[] => {
    const [current, before] = [scene.shownRuns[index], run].map((candidate) =>
      measureOf(candidate, index, scene, preset.guess),
    );
    return current && before ? [{ name: scene.shownRuns[index].name, current, before }] : [];
  });
  if (endings.length < scene.prepared.length) return "";
  const settings = scene.prepared.flatMap(({ index, before, optimizer }) => {
    const setting = settingWords(optimizer, before);
    return setting ? [`${scene.shownRuns[index].name} ${setting}`] : [];
  });
  const from = `From ${formatPlace(scene.start)}${settings.length ? `, ${listInWords(settings)},` : ""}`;
  const { measure } = endings[0].current;
  if (endings.every(({ current, before }) => current.measure === IN_LETTER && before.measure === IN_LETTER)) {
    const sentence = letterWords(endings, "current", ["ends in", "end in"]);
    const same = endings.every(({ current, before }) => current.value === before.value);
    return same
      ? `${from} ${sentence}, as before.`
      : `${from} ${sentence}. Before, ${letterWords(endings, "before", ["ended in", "ended in"])}.`;
  }
  const alike = endings.every(({ current }) => current.measure === measure);
  const values = endings.map(({ name, current, before }) => {
    const was = current.measure === before.measure ? `, before ${before.value}` : ` (before: ${before.does})`;
    const value = alike ? current.value : current.does;
    return `${name} ${value}${current.does === before.does ? "" : was}`;
  });
  return `${from}${alike && !settings.length ? "," : ""}${alike ? ` ${measure}` : ""}: ${values.join("; ")}.`;
}

/** @returns whether the runs of a preset start elsewhere than it has them start */
const isStartMoved = ({ prepared, start }: Scene): boolean =>
  prepared.some(({ run }) => !sameValue(parametersAt(run.columns, 0), start));

/** @returns what a preset proposes to change, unless something else was changed instead */
export function stillProposed({ change }: Preset, scene: Scene): ProposedChange | undefined {
  const { prepared } = scene;
  const run = change?.control.run;
  const isTried = run === null ? isStartMoved(scene) : prepared.some(({ index }) => index === run);
  return !prepared.length || isTried ? change : undefined;
}

/** @param proposed  the change that is told */
export function changeHeading({ question = "" }: Preset, scene: Scene, proposed: ProposedChange | undefined): string {
  const { prepared, shownRuns } = scene;
  if (proposed) return `${proposed.do}.`;
  if (!prepared.length) return question;
  return isStartMoved(scene)
    ? START_MOVED
    : `You changed ${listInWords(prepared.map(({ index }) => shownRuns[index].name))}.`;
}

/** @returns the comparison; empty until it is known */
export function changedSettingsWords(preset: Preset, scene: Scene): string {
  const { prepared, hasHiddenRows } = scene;
  if (hasHiddenRows) return "";
  const changesNoRun = prepared.every(({ before, optimizer }) => !settingWords(before, optimizer));
  if (prepared.length > 1 && (changesNoRun || isStartMoved(scene))) return allSentence(preset, scene);
  const sentences = prepared.map((preparedRun) => runSentence(preparedRun, preset, scene));
  return sentences.filter(Boolean).join(" ");
}

/** @returns a value of the run as its preset has it; empty where it is the same */
export function valueBefore({ prepared, shownRuns }: Scene, index: number, measured: (run: Run) => string): string {
  const before = prepared.find((candidate) => candidate.index === index)?.run;
  if (!before?.end || !shownRuns[index].end) return "";
  const was = measured(before);
  return was === measured(shownRuns[index]) ? "" : was;
}

/** @returns whether the change does what was said of it, beside what it does; empty if nothing was said */
export const changeVerdict = ({ options, answer }: ChangeGuess, chosen: number | null): string =>
  chosen === null
    ? ""
    : `You said “${unbroken(options[chosen])}”, and ${chosen === answer ? "you are right" : "it is not so"}.`;
