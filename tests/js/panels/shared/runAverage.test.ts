import assert from "node:assert/strict";
import { test } from "node:test";
import { createRunAverage } from "../../../../static/page/panels/shared/runAverage.ts";
import { readAddress } from "../../../../static/page/state/address.ts";
import { emptyState, withAddress } from "../../../../static/page/state/state.ts";
import type { AnyMark } from "../../marks.ts";
import { partOf } from "../../part.ts";
import { runOf, sceneOf } from "../../runs.ts";

const RUN = runOf({ points: [[1], [3], [5], [1]] });
const STATE = withAddress(emptyState(), readAddress("expression=x^2&optimizer=gd").address);

/** @param averaged  as the address says it @param seen  how much of the run is shown @returns what it tells and asks */
function told(
  averaged: number | null,
  { run = RUN, seen = 4, loss = [NaN, 9, 4, 9] as number[] | null, chosen = 0 as any } = {},
) {
  const asked: any[] = [];
  const createRequest: any = () => (_: unknown, needs: AnyMark[]) => {
    asked.push(...needs);
    return needs.map(() => ({ value: loss ? Float64Array.from(loss) : undefined }));
  };
  const { of, line } = createRunAverage({ createRequest });
  const scene = { ...sceneOf([{ ...run, length: seen }]), wholeRuns: [run] };
  const frame = partOf<Parameters<typeof of>[0]>({
    state: { ...STATE, explain: { ...STATE.explain, averageFromRow: averaged } },
    scene,
    chosen,
  });
  return { average: of(frame), line: line(frame), firsts: asked.map(({ first }) => first) };
}

test("the rows of the chosen run are averaged from a row on, and the loss of the mean is asked for", () => {
  const { average, line, firsts } = told(1);
  assert.deepEqual([...(average?.means[0] ?? [])], [NaN, 3, 4, 3]);
  assert.deepEqual([...(average?.loss ?? [])], [NaN, 9, 4, 9]);
  assert.deepEqual(firsts, [1, 1]);
  assert.deepEqual([line?.first, line?.name, [...(line?.values ?? [])]], [1, "average from 1", [9, 4, 9]]);
});

test("its line goes as far as the run is shown, and is there once its loss is", () => {
  assert.deepEqual([...(told(1, { seen: 3 }).line?.values ?? [])], [9, 4]);
  assert.equal(told(1, { seen: 1 }).line, null);
  const { average, line } = told(1, { loss: null });
  assert.deepEqual([average?.loss, line], [null, null]);
});

test("nothing is asked for where no average is shown, no run is chosen, or it is hidden or not so long", () => {
  for (const { average, firsts } of [
    told(null),
    told(1, { chosen: null }),
    told(1, { run: { ...RUN, hidden: true } }),
    told(4),
  ]) {
    assert.equal(average, null);
    assert.deepEqual(firsts, []);
  }
});
