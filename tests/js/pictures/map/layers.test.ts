/** How what the layers return comes to be one picture. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { dot, words } from "../../../../static/page/marks/mark.ts";
import { createOccupancy } from "../../../../static/page/marks/occupancy.ts";
import { wantedWords } from "../../../../static/page/marks/wanted.ts";
import { createLayers } from "../../../../static/page/pictures/map/allLayers.ts";
import { letterAlone, minima } from "../../../../static/page/pictures/map/ground/minima.ts";
import { layerMarks } from "../../../../static/page/pictures/map/layers.ts";
import type { MapMoment } from "../../../../static/page/pictures/map/moment.ts";
import { areaOf } from "../../../../static/page/pictures/map/visibleArea.ts";
import { withSpaces } from "../../../../static/page/pictures/map/words/space.ts";
import { pairs } from "../../pairs.ts";
import { partOf } from "../../part.ts";
import { sceneOf } from "../../runs.ts";

const FRAME = { left: 0, top: 0, width: 300, height: 100 };
const said = (text: string, ...lefts: number[]) =>
  wantedWords(
    lefts.map((left, k) => ({ box: { left, top: 40, width: 50, height: 14 }, cost: k })),
    ({ box }) => [words([box.left, 47], text)],
  );

/** What is drawn, the lowest first: words with where they stand. @param drawings  of layers, by their names */
function drawnBy(drawings: Record<string, object>): string[] {
  const layers = createLayers().map((layer) => ({ ...layer, draw: () => drawings[layer.name] ?? {} }));
  const marks: any[] = layerMarks(partOf({ stillMap: { space: createOccupancy(FRAME), layers } }));
  return marks.flatMap(({ marks }) => marks.map(({ of, text, at }: any) => of ?? `${text} ${at[0]}`));
}

const mark = (of: string) => dot([10, 10], 2, { of });

test("all under the routes lies below all on them, and that below what is over the heads", () => {
  const drawn = drawnBy({
    before: { under: [mark("a")], over: [mark("e")] },
    routes: { under: [mark("b")] },
    heads: { on: [mark("d")] },
    minima: { on: [mark("c")] },
    evidence: { over: [mark("f")] },
  });
  assert.deepEqual(drawn, ["a", "b", "c", "d", "e", "f"]);
});

test("names have their room before what lies below them, and before a layer that is not listed", () => {
  const drawn = drawnBy({
    rowDots: { under: [said("row", 20, 100, 180)] },
    before: { over: [said("change", 20, 100, 180)] },
    names: { over: [said("name", 20, 100, 180)] },
  });
  assert.deepEqual(drawn, ["row 180", "change 100", "name 20"]);
});

test("words keep off what any layer takes, also one that is drawn after them", () => {
  const obstacles = [{ left: 0, top: 30, width: 90, height: 40 }];
  assert.deepEqual(drawnBy({ names: { over: [said("name", 20, 100)] }, heads: { obstacles } }), ["name 100"]);
});

test("words keep off what any layer says stands, and of minima none stand where any layer hides the ground", () => {
  const box = { left: 100, top: 40, width: 50, height: 14 };
  const minimumLabels = [{ x: 90, y: 47, text: "min 0", type: {}, box, withPlace: { box }, letters: [] }];
  const ground: any = {
    scene: sceneOf([], { landscape: null }),
    look: { box: FRAME, scale: 1, colours: {}, family: "serif" },
    area: areaOf(pairs(0, 3, 0, 1), FRAME, true),
    axes: { start: () => [9, 9] },
    ...{ traces: [], edgeBoxes: [], labels: [], content: {}, startWords: null },
  };
  const cost = (more: object) =>
    withSpaces({ ...ground, minimumLabels: [], layers: [{ draw: () => ({}), ...more }] }).space.costOf({
      box,
      cost: 0,
    });
  assert.equal(cost({}), 0);
  assert.equal(cost({ fixedObstacles: () => [{ box, cost: 7 }] }), 7);
  const shown = (more: object) =>
    minima
      .draw({
        ...partOf<MapMoment>({ playhead: { step: 2.5 }, pointedMinima: [] }),
        stillMap: { ...ground, minimumLabels, layers: [{ draw: () => ({}), ...more }] },
      })
      .on?.flatMap((words: any) => words.spots).length;
  assert.equal(shown({}), 1);
  assert.equal(shown({ groundObstacles: (_: unknown, row: number) => (row === 2 ? [box] : []) }), 0);
});

test("while it is asked where a run ends, minima have their letters, and then their words", () => {
  const at = (text: string) => ({ text, type: {}, box: { left: 100, top: 40, width: 50, height: 14 } });
  const minimumLabels = [{ x: 90, y: 47, ...at("A, min 0"), withPlace: at("A, min 0 at (1, 2)"), letters: [at("A")] }];
  const stillMap = { look: { box: FRAME }, scene: sceneOf([]), layers: [], minimumLabels, traces: [] };
  const words = (asks: boolean) => {
    const [wanted] = minima.draw({ stillMap, pointedMinima: [], playhead: { step: 0, asks } } as any).on as any[];
    return wanted.spots.map(({ text }: any) => text);
  };
  assert.deepEqual([words(true), words(false)], [["A"], ["A, min 0", "A"]]);
});

test("a minimum at which a run stands with its name has its letter alone, without one no words beside evidence", () => {
  const trace = { index: 0, length: 2, xs: [10, 90], ys: [10, 45] };
  const isAlone = (step: number, letters: object[], shownEvidence: any[] = []) => {
    const stillMap = { look: { scale: 1 }, scene: sceneOf([], { shownEvidence }), traces: [trace] };
    return letterAlone({ stillMap, playhead: { step } } as any)({ x: 90, y: 47, letters } as any);
  };
  assert.deepEqual([isAlone(0, [{}]), isAlone(1, [{}]), isAlone(1, [])], [false, true, false]);
  assert.deepEqual([isAlone(0, [], [{}]), isAlone(1, [], [{}])], [false, true]);
});
