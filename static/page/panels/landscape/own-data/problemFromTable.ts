/** Makes a problem from a table: the chosen columns, the rows that can be used, and the notes about them. */
import type { Point } from "../../../math/fit.ts";
import { formatGrouped } from "../../../math/format.ts";
import { emptyAddress, writeSpec } from "../../../state/address.ts";
import type { ProblemSpec } from "../../../state/types.ts";
import { scaledWords } from "../../../words/scaled.ts";
import type { CsvColumn, CsvTable } from "./reading.ts";

export interface Choice {
  /** one column for a line fit, by its index */
  inputs: number[];
  target: number;
  /** whether the target is one of two classes; only for a network */
  classes: boolean;
  /** the word that stands for 1 */
  wordForOne: string;
  standardize: boolean;
}

type Limits = Record<string, number>;

/** the fault, and the choice that causes it */
type WrongChoice = { at: "inputs" | "target"; words: string };

export interface TableProblem {
  /** null where there is a fault */
  problem: ProblemSpec | null;
  faults: WrongChoice[];
  /** notes about data that can be used */
  warnings: string[];
  /** number of used rows, and the rows that were left out */
  rows: string;
  /** the unit by which each column is scaled */
  units: string;
  /** the length of an address with the data */
  length: number;
}

/** The most left-out rows, or values, that are listed. */
const NAMED = 5;
/** Significant digits of numbers that are rounded for an address. */
const DIGITS = 6;

/** @returns the different texts of a column, without empty cells */
export const distinctTexts = ({ texts }: CsvColumn): string[] => [...new Set(texts.filter(Boolean))].sort();

const isNumeric = ({ numbers }: CsvColumn) => numbers.some((number) => number !== null);

/** @returns whether a column has more numbers than words */
export const isMostlyNumbers = ({ texts, numbers }: CsvColumn) =>
  2 * numbers.filter((number) => number !== null).length > texts.filter(Boolean).length;

/** @returns the word for the class that counts as 1, unless another is chosen */
export const wordOfClassOne = (words: string[]): string =>
  words.find((word) => /^(1|yes|y|true|ja|oui|s[ií])$/i.test(word)) ?? words[1] ?? "";

/**
 * @returns the choice when the dialog opens, with the last column as the target. There is always an input, without
 *   numbers too: its fault is told
 */
export function initialChoice({ columns }: CsvTable, network: boolean, { max_network_inputs: most }: Limits): Choice {
  const usable = columns.flatMap((column, k) => (isMostlyNumbers(column) ? [k] : []));
  const ends = columns.length - 1;
  const words = distinctTexts(columns[ends]);
  const classes = network && words.length === 2;
  const takesLast = classes || usable.includes(ends) || usable.length < 2;
  const target = takesLast ? ends : (usable.at(-1) as number);
  const inputs = usable.filter((k) => k !== target);
  if (!inputs.length) inputs.push(0);
  return {
    inputs: inputs.slice(0, network ? most : 1),
    target,
    classes,
    wordForOne: classes ? wordOfClassOne(words) : "",
    standardize: true,
  };
}

/** @returns the first few words, quoted */
const quotedList = (words: string[]) =>
  words
    .slice(0, NAMED)
    .map((word) => `“${word}”`)
    .join(", ") + (words.length > NAMED ? ", …" : "");

/** @returns such as "rows 3, 8 and 4 more" */
function rowList(places: number[]) {
  const unnamed = places.length - NAMED;
  const first = `row${places.length > 1 ? "s" : ""} ${places.slice(0, NAMED).join(", ")}`;
  return unnamed > 0 ? `${first} and ${unnamed} more` : first;
}

/** @returns that a column has no numbers, and the first rows with what they have instead */
function noNumbers({ name, texts }: CsvColumn, places: number[]) {
  const rows = texts.flatMap((text, row) => (text ? [`row ${places[row]}: ${text}`] : []));
  const inRows = rows.length ? ` (${rows.slice(0, 3).join(", ")}${rows.length > 3 ? ", …" : ""})` : ": it is empty";
  return `${name.replace(/^(column )?/, "Column ")} has no numbers${inRows}.`;
}

/** @returns the faults of a choice that do not depend on single rows */
function faultsOf(
  { columns, places }: CsvTable,
  { inputs, target, classes }: Choice,
  network: boolean,
  { max_network_inputs: most }: Limits,
) {
  const faults: WrongChoice[] = [];
  const say = (at: WrongChoice["at"], words: string) => void faults.push({ at, words });
  const sayWords = (at: WrongChoice["at"], column: CsvColumn) =>
    say(at, `${noNumbers(column, places)}${network ? "" : " A line needs two columns of numbers."}`);
  if (!inputs.length) say("inputs", "Choose at least one column.");
  if (inputs.length > most) say("inputs", `At most ${most} can go in; ${inputs.length} are chosen.`);
  for (const k of inputs) {
    if (!isNumeric(columns[k])) sayWords("inputs", columns[k]);
    if (k === target) say("inputs", `${columns[k].name} stands on both sides: choose another column.`);
  }
  const words = distinctTexts(columns[target]);
  if (classes && words.length !== 2)
    say(
      "target",
      `${columns[target].name} has ${words.length} values, ${quotedList(words)}: two are needed for two classes.`,
    );
  if (!classes && !isNumeric(columns[target])) sayWords("target", columns[target]);
  return faults;
}

/** Sorts out the rows with a value in every chosen column; returns also the line numbers of the others. */
function usableRows({ columns, places }: CsvTable, { inputs, target, classes, wordForOne }: Choice) {
  const chosen = [...inputs, target];
  const valueAt = (k: number, row: number) => {
    const { texts, numbers } = columns[k];
    return k === target && classes ? (texts[row] ? Number(texts[row] === wordForOne) : null) : numbers[row];
  };
  const whole: number[][] = [];
  const [empty, wordy]: [number[], number[]] = [[], []];
  for (const [row, place] of places.entries()) {
    const values = chosen.map((k) => valueAt(k, row));
    if (values.every((value) => value !== null)) whole.push(values as number[]);
    else (chosen.some((k) => !columns[k].texts[row]) ? empty : wordy).push(place);
  }
  return { whole, empty, wordy };
}

/** @returns `count` evenly spaced items, the first and the last included */
const spaced = <T>(all: T[], count: number): T[] =>
  Array.from({ length: count }, (_, k) => all[Math.round((k * (all.length - 1)) / Math.max(1, count - 1))]);

function problemOf(points: number[][], { classes, standardize }: Choice, network: boolean): ProblemSpec {
  const scaled = standardize && { standardize };
  if (!network) return { points: points as Point[], loss: "mse", ...scaled };
  const labels = points.every((point) => [0, 1].includes(point[point.length - 1]));
  return { network: { points, ...(labels && !classes && { kind: "regression" }) }, ...scaled };
}

function lengthOf(problem: ProblemSpec): number {
  const empty = emptyAddress();
  return writeSpec({ ...empty, spec: { ...empty.spec, problem } }).length;
}

/**
 * @returns as many points as the server accepts and as fit into half of an address; the other half is for the runs.
 *   Numbers with many digits are rounded before points are left out
 */
function pointsThatFit(whole: number[][], toProblem: (points: number[][]) => ProblemSpec, limits: Limits) {
  const room = limits.max_query_bytes / 2;
  const most = Math.min(whole.length, limits.max_points);
  let points = spaced(whole, most);
  const rounded = lengthOf(toProblem(points)) > room;
  const all = rounded ? whole.map((point) => point.map((value) => Number(value.toPrecision(DIGITS)))) : whole;
  points = spaced(all, most);
  for (let length = lengthOf(toProblem(points)); length > room; length = lengthOf(toProblem(points)))
    points = spaced(all, Math.floor((points.length * room) / length) - 1);
  return { points, rounded };
}

function rowsWords(
  taken: number,
  rounded: boolean,
  { whole, empty, wordy }: ReturnType<typeof usableRows>,
  { max_points }: Limits,
): string {
  const out = [
    ...(empty.length ? [`${empty.length} with an empty cell (${rowList(empty)})`] : []),
    ...(wordy.length ? [`${wordy.length} with text where a number is needed (${rowList(wordy)})`] : []),
  ];
  const why = taken < max_points ? "more would make the address too long" : "this server takes no more";
  const first =
    taken < whole.length
      ? `${formatGrouped(taken)} of ${formatGrouped(whole.length)} rows are taken, evenly spaced: ${why}.`
      : `${out.length ? "" : "All "}${formatGrouped(taken)} rows are taken.`;
  const digits = rounded ? ` Numbers are rounded to ${DIGITS} digits, for a shorter address.` : "";
  return `${first}${digits}${out.length ? ` Left out: ${out.join("; ")}.` : ""}`;
}

/** @param network  whether the data are for a network, not for a line fit */
export function problemFromTable(table: CsvTable, choice: Choice, network: boolean, limits: Limits): TableProblem {
  const faults = faultsOf(table, choice, network, limits);
  const rows = faults.length ? null : usableRows(table, choice);
  if (rows && rows.whole.length < 2)
    faults.push({ at: "inputs", words: "Fewer than two rows have a value in every chosen column." });
  if (!rows || faults.length) return { problem: null, faults, warnings: [], rows: "", units: "", length: 0 };
  const toProblem = (points: number[][]) => problemOf(points, choice, network);
  const { points, rounded } = pointsThatFit(rows.whole, toProblem, limits);
  const { target, classes } = choice;
  const chosen = [...choice.inputs, target].map((k, at) => ({
    name: table.columns[k].name,
    isTarget: k === target,
    values: points.map((point) => point[at]),
  }));
  const scaled = chosen.filter(({ isTarget }) => !(isTarget && classes));
  const warnings = chosen
    .filter(({ values }) => values.every((value) => value === values[0]))
    .map(
      ({ name, isTarget }) => `${name} is the same in every row: nothing is to be told ${isTarget ? "of" : "from"} it.`,
    );
  return {
    problem: toProblem(points),
    faults,
    warnings,
    rows: rowsWords(points.length, rounded, rows, limits),
    units: scaledWords(scaled.map(({ name, values }) => [name, values])),
    length: lengthOf(toProblem(points)),
  };
}
