/** Warns of names in a rule that no optimizer has: each becomes a hyperparameter, or is a misspelling. */
import { namesIn } from "../state/rules.ts";
import type { Catalog } from "../state/types.ts";

const GIVEN = ["g", "w", "t", "lr"];
/** A misspelling differs by so many letters, in names shorter than `from` and in longer ones. */
const SLIP = { short: 1, long: 2, from: 5 };

/** The edit distance of two words, in letters. */
function lettersApart(name: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, k) => k);
  for (const [i, letter] of [...name].entries()) {
    const next = [i + 1];
    for (let k = 1; k < row.length; k++)
      next.push(Math.min(row[k] + 1, next[k - 1] + 1, row[k - 1] + Number(letter !== other[k - 1])));
    row = next;
  }
  return row[other.length];
}

/** @returns the known name that is nearest to a misspelling; null: none is near */
function nearestName(name: string, names: string[]): string | null {
  const most = name.length < SLIP.from ? SLIP.short : SLIP.long;
  const near = names
    .map((other) => ({ other, apart: lettersApart(name, other) }))
    .filter(({ apart }) => apart <= Math.min(most, name.length - 1));
  return near.sort((a, b) => a.apart - b.apart)[0]?.other ?? null;
}

/** @returns empty where no name is new */
export function newNameWords(rule: string, catalog: Catalog | null): string {
  const { states, hyperparameters } = namesIn(rule, catalog);
  const ofRules = (catalog?.optimizers ?? []).filter(({ rule }) => rule !== "");
  const usual = new Set(ofRules.flatMap(({ params }) => params.map(({ name }) => name)));
  const assigned = [...rule.matchAll(/^\s*(\w+)\s*=/gm)].map(([, name]) => name);
  const existing = [...new Set([...GIVEN, ...assigned, ...states, ...usual])];
  return hyperparameters
    .filter((name) => !usual.has(name))
    .map((name) => {
      const other = nearestName(name, existing);
      return `${name} is new: a hyperparameter for you to set.${other ? ` Did you mean ${other}?` : ""}`;
    })
    .join(" ");
}
