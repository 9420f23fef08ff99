import assert from "node:assert/strict";
import { test } from "node:test";
import {
  distinctTexts,
  initialChoice,
  problemFromTable,
  wordOfClassOne,
} from "../../../../static/page/panels/landscape/own-data/problemFromTable.ts";
import { readTable } from "../../../../static/page/panels/landscape/own-data/reading.ts";

const LIMITS = { max_points: 1000, max_network_inputs: 16, max_query_bytes: 32_768 };
const numbersOf = (text: string, named?: boolean) => readTable(text, named).columns.map(({ numbers }) => numbers);
const namesOf = (text: string, named?: boolean) => readTable(text, named).columns.map(({ name }) => name);

test("cells are parted by commas, semicolons or tabs, and quotes hold them together", () => {
  assert.deepEqual(numbersOf("x,y\n1,2\n3,4\n"), [
    [1, 3],
    [2, 4],
  ]);
  const german = 'Fläche;"Preis; in Euro"\r\n32,5;60.000,25\r\n−25;7e4\r\n';
  assert.deepEqual(namesOf(german), ["Fläche", "Preis; in Euro"]);
  assert.deepEqual(numbersOf(german), [
    [32.5, -25],
    [60000.25, 70000],
  ]);
  assert.equal(readTable(german).comma, "point");
  const copied = 'area\tprice\n32\t60,000\n25.5\t"70,000.5"\n';
  assert.deepEqual(numbersOf(copied), [
    [32, 25.5],
    [60000, 70000.5],
  ]);
  assert.equal(readTable(copied).comma, "thousands");
  assert.deepEqual(numbersOf('1,"1,250"\n2,"3 000"'), [
    [1, 2],
    [1250, 3000],
  ]);
});

test("the first row names the columns where it has no number, or where it is said to", () => {
  assert.deepEqual(namesOf("1,2\n3,4"), ["column 1", "column 2"]);
  assert.deepEqual(namesOf("speed,\n1,2\n3,4"), ["speed", "column 2"]);
  assert.deepEqual(namesOf("2019,2020\n3,4\n5,6", true), ["2019", "2020"]);
  assert.deepEqual(numbersOf("a,b\n3,4\n5,6", false), [
    [null, 3, 5],
    [null, 4, 6],
  ]);
});

test("what is no table is told", () => {
  assert.match(readTable("just words").fault, /one column: at least two/);
  assert.match(readTable("").fault, /one column/);
  assert.match(readTable("x,y").fault, /no rows of data/);
  assert.match(readTable("x,y\n1,2").fault, /one row of data/);
  assert.match(readTable('x,y\n1,2\n3,"4\n5,6').fault, /quote that row 3 opens/);
  assert.equal(readTable("x,y\n1,2\n3,4").fault, "");
});

test("words, empty cells and numbers past all bounds are no numbers", () => {
  assert.deepEqual(numbersOf("x,y\n1,n/a\n,0x10\n3,1e999\n4, 5 \n6,1e101"), [
    [1, null, 3, 4, 6],
    [null, null, null, 5, null],
  ]);
});

test("a line is fitted to the first and the last column, and what is left out is told with its rows", () => {
  const table = readTable("area,price,city\n32,60,Amiens\n25,,Lille\n80,600,Nice\n\n55,about 450,Paris\n40,100,Nice");
  const choice = initialChoice(table, false, LIMITS);
  assert.deepEqual(choice, { inputs: [0], target: 1, classes: false, wordForOne: "", standardize: true });
  const taken = problemFromTable(table, choice, false, LIMITS);
  const points = [
    [32, 60],
    [80, 600],
    [40, 100],
  ];
  assert.deepEqual(taken.problem, { points, loss: "mse", standardize: true });
  assert.equal(
    taken.rows,
    "3 rows are taken. Left out: 1 with an empty cell (row 3); 1 with text where a number is needed (row 6).",
  );
  // 32, 80, 40: a mean of 152/3, and squares off it of 1322.7 in all; 60, 600, 100: 760/3, and 181,067
  assert.equal(taken.units, "area less 50.67, divided by 21; price less 253.3, divided by 245.7");
});

test("two words are two classes, of which one is 1", () => {
  const table = readTable("x,y,bought\n1,2,no\n3,4,yes\n5,6,no");
  const choice = initialChoice(table, true, LIMITS);
  assert.deepEqual(choice, { inputs: [0, 1], target: 2, classes: true, wordForOne: "yes", standardize: true });
  const targets = (one: string) =>
    problemFromTable(table, { ...choice, wordForOne: one }, true, LIMITS).problem?.network?.points?.map(
      (point) => point[2],
    );
  assert.deepEqual(targets("yes"), [0, 1, 0]);
  assert.deepEqual(targets("no"), [1, 0, 1]);
  const { problem, units } = problemFromTable(table, choice, true, LIMITS);
  assert.equal(problem?.network?.kind, undefined);
  assert.equal(units, "x less 3, divided by 1.633; y less 4, divided by 1.633");
  assert.deepEqual(
    [wordOfClassOne(["cat", "dog"]), wordOfClassOne(["1", "2"]), wordOfClassOne(["False", "True"])],
    ["dog", "1", "True"],
  );
});

test("targets of 0 and 1 that are meant as numbers say so, as they would be taken for labels", () => {
  const table = readTable("x,y\n1,0\n3,1\n5,0");
  const choice = initialChoice(table, true, LIMITS);
  assert.equal(problemFromTable(table, choice, true, LIMITS).problem?.network?.kind, undefined);
  assert.equal(
    problemFromTable(table, { ...choice, classes: false }, true, LIMITS).problem?.network?.kind,
    "regression",
  );
  assert.deepEqual(problemFromTable(table, choice, false, LIMITS).problem, {
    points: [
      [1, 0],
      [3, 1],
      [5, 0],
    ],
    loss: "mse",
    standardize: true,
  });
});

test("a choice that cannot be is told where it was made", () => {
  const table = readTable("x,y,city\n1,2,Nice\n3,2,Lille\n5,2,Paris");
  const choice = initialChoice(table, true, LIMITS);
  assert.deepEqual([choice.inputs, choice.target], [[0], 1]);
  const faults = (change: object, limits: object = {}) =>
    problemFromTable(table, { ...choice, ...change }, true, { ...LIMITS, ...limits }).faults;
  assert.deepEqual(faults({}), []);
  assert.match(faults({ inputs: [] })[0].words, /Choose at least one column/);
  assert.deepEqual(
    faults({ inputs: [0, 1] }).map(({ at }) => at),
    ["inputs"],
  );
  assert.match(
    faults({ inputs: [2] })[0].words,
    /^Column city has no numbers \(row 2: Nice, row 3: Lille, row 4: Paris\)\.$/,
  );
  assert.match(faults({ target: 2 })[0].words, /city has no numbers/);
  assert.match(faults({ target: 2, classes: true })[0].words, /3 values, “Lille”, “Nice”, “Paris”: two are needed/);
  const four = readTable("1,2,3,4\n2,3,4,6");
  assert.deepEqual(initialChoice(four, true, { ...LIMITS, max_network_inputs: 2 }).inputs, [0, 1]);
  assert.match(faults({ inputs: [0, 2] }, { max_network_inputs: 1 })[0].words, /At most 1 can go in; 2 are chosen/);
  const gaps = readTable("x,y\n1,\n,2\n3,4");
  assert.match(
    problemFromTable(gaps, initialChoice(gaps, false, LIMITS), false, LIMITS).faults[0].words,
    /Fewer than two rows/,
  );
  assert.deepEqual(problemFromTable(table, choice, true, LIMITS).warnings, [
    "y is the same in every row: nothing is to be told of it.",
  ]);
});

test("of columns without numbers it is said what stands there, and both are shown as chosen", () => {
  const faultsOf = (text: string) => {
    const table = readTable(text);
    const choice = initialChoice(table, false, LIMITS);
    return [[choice.inputs, choice.target], ...problemFromTable(table, choice, false, LIMITS).faults];
  };
  const needs = "A line needs two columns of numbers.";
  assert.deepEqual(faultsOf("a,b\n1,x\n2"), [
    [[0], 1],
    { at: "target", words: `Column b has no numbers (row 2: x). ${needs}` },
  ]);
  assert.deepEqual(faultsOf("a,b\nv,1\nw,2\nx,3\ny,4"), [
    [[0], 1],
    { at: "inputs", words: `Column a has no numbers (row 2: v, row 3: w, row 4: x, …). ${needs}` },
  ]);
  assert.deepEqual(faultsOf("1,\n2,"), [
    [[0], 1],
    { at: "target", words: `Column 2 has no numbers: it is empty. ${needs}` },
  ]);
});

test("of too many rows as many as go are taken, evenly spaced, and it is said why", () => {
  const rows = (count: number, of: (k: number) => number) =>
    readTable(`x,y\n${Array.from({ length: count }, (_, k) => `${of(k)},${k}`).join("\n")}`);
  const many = rows(1500, (k) => k);
  const taken = problemFromTable(many, initialChoice(many, false, LIMITS), false, LIMITS);
  const { points = [] } = taken.problem ?? {};
  assert.equal(taken.rows, "1,000 of 1,500 rows are taken, evenly spaced: this server takes no more.");
  assert.deepEqual([points.length, points[0], points.at(-1)], [1000, [0, 0], [1499, 1499]]);
  const long = rows(1000, (k) => Math.sin(k));
  const brief = problemFromTable(long, initialChoice(long, false, LIMITS), false, LIMITS);
  assert.equal(brief.rows, "All 1,000 rows are taken. Numbers are rounded to 6 digits, for a shorter address.");
  assert.deepEqual(brief.problem?.points?.[1], [0.841471, 1]); // the sine of 1 is 0.84147098…
  const less = problemFromTable(long, initialChoice(long, false, LIMITS), false, { ...LIMITS, max_query_bytes: 9000 });
  assert.match(
    less.rows,
    /^\d+ of 1,000 rows are taken, evenly spaced: more would make the address too long\. Numbers/,
  );
  assert.ok(less.length <= 4500 && less.length > 4200);
  assert.ok(JSON.stringify(brief.problem).length < LIMITS.max_query_bytes);
  problemFromTable(long, initialChoice(long, false, {}), false, {}); // without limits it ends, too
  assert.deepEqual(distinctTexts(readTable("a,b\nx,1\n,2\nx,3").columns[0]), ["x"]);
});
