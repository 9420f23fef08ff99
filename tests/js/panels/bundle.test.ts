import assert from "node:assert/strict";
import { test } from "node:test";
import { drawBundle } from "../../../static/page/panels/bundle.ts";
import { bandKey, bandsOf } from "../../../static/page/state/seeds.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import type { State } from "../../../static/page/state/types.ts";
import { bandWords } from "../../../static/page/words/band.ts";
import { withKnown } from "../known.ts";
import { partOf } from "../part.ts";

/** A figure of one run, with or without noise. @param seeds  that are asked for @param lossesOf  of a seed */
function figureOf(noise: number, seeds: number[], lossesOf = (seed: number) => [9, seed]): any {
  const optimizer = { name: "gd", learning_rate: 0.1, noise };
  const entries = [{ id: 4, slot: 0, hidden: false, optimizer }];
  const store = createStore(partOf({ ...emptyState(), entries, problem: { surface: "bowl" } }));
  const service = {
    async getRuns({ seed }: any) {
      seeds.push(seed);
      const loss = lossesOf(seed);
      const end = { stop_reason: "max_steps", n_steps: loss.length - 1 };
      return { problem: { parameters: ["x"] }, runs: [{ parameters: { x: loss.map(() => 1) }, loss, ...end }] };
    },
  };
  return { store, act: store.update, service, ended: new AbortController().signal };
}

test("quartiles lie between two values in proportion, as NumPy's do", async () => {
  const figure = figureOf(0.5, [], (seed) => [[1], [2], [4], [8]][seed - 1]);
  await drawBundle(figure, 4);
  const { low, median, high } = figure.store.get().bundle.band;
  // numpy.quantile([1, 2, 4, 8], [0.25, 0.5, 0.75]) = 1.75, 3, 5
  assert.deepEqual([low[0], median[0], high[0]], [1.75, 3, 5]);
});

test("the band is of all runs at each step: an ended one stays where it is, what is lost is above all", async () => {
  const lost = Number.NaN;
  const losses = [
    [8, 4],
    [8, 1, 0, lost],
    [8, lost, lost, lost],
  ];
  const figure = figureOf(0.5, [], (seed) => losses[seed - 1]);
  await drawBundle(figure, 3);
  const { low, median, high } = figure.store.get().bundle.band;
  const band = [low, median, high].map((quartile) => [...quartile]);
  assert.deepEqual(band, [
    [8, 2.5, 2, Infinity],
    [8, 4, 4, Infinity],
    [8, Infinity, Infinity, Infinity],
  ]);
});

test("seeds from 1 on are asked for, each as a run of its own, and told as the band of the loss chart", async () => {
  const seeds: number[] = [];
  const figure = figureOf(0.5, seeds);
  await drawBundle(figure, 6);
  assert.deepEqual(seeds, [1, 2, 3, 4, 5, 6]);
  const state = figure.store.get();
  assert.deepEqual(
    bandsOf(state)?.map((band) => [...band!.median]),
    [[9, 3.5]],
  );
  assert.match(bandWords(state), /^6 seeds, one each: half of them lie in the band/);
  assert.equal(bandsOf({ ...state, start: [1, 1] }), null, "of another start it says nothing");
  assert.equal(bandsOf({ ...state, entries: [...state.entries] }), null);
  assert.equal(bandsOf({ ...state, stop: { ...state.stop, max_steps: 7 } }), null, "nor of another number of steps");
  await drawBundle(figure, 0);
  assert.equal(figure.store.get().bundle, null);
});

test("beside the bundle of one run the 20 seeds of another have no band", async () => {
  const figure = figureOf(0.5, []);
  await drawBundle(figure, 3);
  const { bundle, ...state } = figure.store.get();
  const other = { ...state.entries[0], id: 5, optimizer: { name: "gd", learning_rate: 0.2, noise: 0.5 } };
  const entries = [...state.entries, other];
  const both = withKnown({ ...state, entries, seeds: true }, "band", bandKey(state, other), bundle.band);
  const isDrawn = (more: object) => bandsOf({ ...both, ...more })?.map(Boolean);
  assert.deepEqual(isDrawn({ bundle: null }), [false, true]);
  assert.deepEqual(isDrawn({ bundle: { ...bundle, entries } }), [true, false]);
});

test("no more seeds than can be told apart, none where chance has no part or the run is another by then", async () => {
  const seeds: number[] = [];
  await drawBundle(figureOf(0.5, seeds), 300);
  assert.equal(seeds.length, 60);
  const calm = figureOf(0, seeds);
  await drawBundle(calm, 12);
  assert.deepEqual([calm.store.get().bundle, seeds.length], [null, 60]);
  const changed = figureOf(0.5, seeds);
  const drawn = drawBundle(changed, 12);
  changed.act((state: State) => ({ ...state, start: [2, 2] }));
  await drawn;
  assert.deepEqual([changed.store.get().bundle, seeds.length], [null, 64]);
});
