import assert from "node:assert/strict";
import { test } from "node:test";
import { bandOfRuns, drawBundle, quantile } from "../../../static/page/panels/bundle.ts";
import { bandKey, bandsOf } from "../../../static/page/state/seeds.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import type { Run, State } from "../../../static/page/state/types.ts";
import { bandWords } from "../../../static/page/words/band.ts";
import { withKnown } from "../known.ts";
import { partOf } from "../part.ts";

const runOf = (loss: number[]): Run =>
  partOf({
    columns: { parameters: [], loss: Float64Array.from(loss) },
    length: loss.length,
  });

test("quartiles lie between two values in proportion, as NumPy's do", () => {
  // numpy.quantile([1, 2, 4, 8], [0.25, 0.5, 0.75]) = 1.75, 3, 5
  assert.deepEqual(
    [0.25, 0.5, 0.75].map((share) => quantile([1, 2, 4, 8], share)),
    [1.75, 3, 5],
  );
  assert.equal(quantile([3, Infinity, Infinity], 1), Infinity);
});

test("the band is of all runs at each step: one that has ended stays where it is, what is lost is above all", () => {
  const { low, median, high } = bandOfRuns([runOf([8, 4]), runOf([8, 1, 0]), runOf([8, NaN, NaN])]);
  assert.deepEqual([[...median], [...low], high[0], high[2]], [[8, 4, 4], [8, 2.5, 2], 8, Infinity]);
});

/** A figure of one run, with or without noise. @param seeds  that are asked for */
function figureOf(noise: number, seeds: number[]): any {
  const optimizer = { name: "gd", learning_rate: 0.1, noise };
  const entries = [{ id: 4, slot: 0, hidden: false, optimizer }];
  const store = createStore(partOf({ ...emptyState(), entries, problem: { surface: "bowl" } }), (state) => state);
  const service = {
    async getRuns({ seed }: any) {
      seeds.push(seed);
      const end = { stop_reason: "max_steps", n_steps: 1 };
      return { problem: { parameters: ["x"] }, runs: [{ parameters: { x: [1, 0] }, loss: [9, seed], ...end }] };
    },
  };
  return { store, act: store.update, service, ended: new AbortController().signal };
}

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
