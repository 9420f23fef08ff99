/** What an action changed by itself. */
import { hyperparameterOf, labelOf } from "./catalog.ts";
import { entryById } from "./state.ts";
import type { Entry, Remark, State } from "./types.ts";

const noiseOf = (entry: Entry | undefined) => entry?.optimizer.noise ?? 0;

/**
 * Adds the remark that lists the runs whose learning rate, noise or optimizer an action changed by itself, so that a
 * visitor reads of it.
 */
export function withRemark(before: State, after: State): State {
  const changes = after.entries.map((entry) => {
    const entryBefore = entryById(before, entry.id);
    const [was, is] = [entryBefore, entry].map(
      (candidate) => candidate && hyperparameterOf(after.catalog, candidate.optimizer, "learning_rate"),
    );
    const instead =
      entryBefore &&
      entryBefore.optimizer.name !== entry.optimizer.name &&
      labelOf(after.catalog, entryBefore.optimizer);
    return {
      id: entry.id,
      rate: was !== is,
      noise: !noiseOf(entryBefore) && noiseOf(entry) > 0,
      ...(instead && after.problem !== before.problem && { instead }),
    };
  });
  const remarkable = changes.filter(({ rate, noise, instead }) => rate || noise || instead);
  const removed = before.entries.filter(({ id }) => !entryById(after, id)).length;
  const remark: Remark = { entries: after.entries, changes: remarkable, ...(removed && { removed }) };
  return { ...after, remark: remarkable.length || removed ? remark : null };
}
