/** Parts that the wall and a seat of a contest share: marks of seats, sliders, the words of question and entries. */
import { html } from "lit-html";
import { markerPath } from "../../math/markers.ts";
import { labelOf } from "../../state/catalog.ts";
import { type Contest, type ContestEntry, seatMark } from "../../state/contest.ts";
import { paramsOf } from "../../state/rules.ts";
import type { OptimizerSpec, Param, State } from "../../state/types.ts";
import { contestQuestion, entryWords } from "../../words/contest.ts";

/** The mark of a seat, as it stands on the wall. */
export function seatPicture(seat: number) {
  const { shape, colour } = seatMark(seat);
  return html`<svg class="seat-mark slot-${colour}" width="44" height="44" viewBox="-11 -11 22 22"
    aria-hidden="true"><path fill="var(--run)" d=${markerPath(shape, 8)}></path></svg>`;
}

/** @returns the hyperparameters of an optimizer that may be set, as their sliders have them */
export const settableParams = ({ catalog }: State, { sets }: Contest, optimizer: OptimizerSpec): Param[] =>
  paramsOf(catalog, optimizer).filter(({ name }) => sets.includes(name));

export const contestQuestionOf = ({ catalog }: State, contest: Contest): string =>
  contestQuestion(contest, labelOf(catalog, contest.spec.optimizers[0]));

/** @returns the values of an entry in words, its optimizer by label. @param named  names even a single number */
export const entryText = ({ catalog }: State, entry: Pick<ContestEntry, "values">, named?: boolean): string =>
  entryWords(entry, (name) => labelOf(catalog, { name }), named);
