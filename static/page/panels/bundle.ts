/** A bundle: the chosen run with each of many seeds, and the band of their losses. */

import type { Figure } from "../figure/figure.ts";
import { receivedOf } from "../resources/receivedRuns.ts";
import { retryWhileTransient } from "../service/retry.ts";
import { bandKey, isRandom, setBundle } from "../state/seeds.ts";
import { hasOwnMap } from "../state/stage.ts";
import { problemKey, runKey, specOf } from "../state/state.ts";
import type { Band, ReceivedRun } from "../state/types.ts";

/** How many runs are requested at a time, and the most seeds: more lines could not be distinguished. */
const [AT_ONCE, MOST_SEEDS] = [4, 60];

/** @returns the quantile of ordered values, interpolated linearly. @param share  from 0 to 1 */
function quantile(ordered: number[], share: number): number {
  const at = share * (ordered.length - 1);
  const [low, high] = [ordered[Math.floor(at)], ordered[Math.ceil(at)]];
  return low === high ? low : low + (at % 1) * (high - low);
}

/** @returns the quartiles of the losses at each step; a run that has ended counts with its last loss */
function bandOfRuns(runs: Pick<ReceivedRun, "columns" | "length">[]): Band {
  const length = Math.max(...runs.map((run) => run.length));
  const rows = Array.from({ length }, (_, row) => {
    const losses = runs.map((run) => run.columns.loss[Math.min(row, run.length - 1)]);
    // A loss that is no number counts as larger than any number.
    return losses.map((loss) => (Number.isNaN(loss) ? Infinity : loss)).sort((a, b) => (a < b ? -1 : 1));
  });
  const at = (share: number) => Float64Array.from(rows, (ordered) => quantile(ordered, share));
  return { samples: null, low: at(0.25), median: at(0.5), high: at(0.75) };
}

/**
 * Requests the chosen run with each of many seeds, if it depends on its seed, and shows the bundle in the figure.
 * @param count  number of seeds, from 1 on; 0 removes the bundle
 */
export async function drawBundle(
  { store, act, service, ended }: Pick<Figure, "store" | "act" | "service" | "ended">,
  count: number,
) {
  const state = store.get();
  const entry = state.entries.find(({ id }) => id === state.selected) ?? state.entries[0];
  if (!count || !entry || !isRandom(state, entry)) return act(setBundle, null);
  const columns = hasOwnMap(state) ? ["parameters" as const, "loss" as const] : ["loss" as const];
  const seeds = Array.from({ length: Math.min(MOST_SEEDS, count) }, (_, k) => k + 1);
  const runs: ReceivedRun[] = [];
  const key = bandKey(state, entry);
  const made = { key: runKey(state, entry), problemKey: problemKey(state) };
  for (let first = 0; first < seeds.length; first += AT_ONCE) {
    const some = seeds.slice(first, first + AT_ONCE).map(async (seed) => {
      const spec = { ...specOf(state, [entry]), seed };
      const reply = await retryWhileTransient(() => service.getRuns(spec, { columns, signal: ended }), {
        signal: ended,
      });
      return receivedOf(reply.runs[0], { ...made, names: reply.problem.parameters });
    });
    runs.push(...(await Promise.all(some)));
    if (store.get().entries !== state.entries || bandKey(store.get(), entry) !== key) return;
  }
  const bundle = {
    entries: state.entries,
    id: entry.id,
    slot: entry.slot,
    runs,
    band: bandOfRuns(runs),
    bandKey: key,
  };
  act(setBundle, bundle);
}
