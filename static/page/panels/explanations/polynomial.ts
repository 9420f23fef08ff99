/**
 * *What steps leave*: the residual polynomial of each run on a quadratic, which is the share of the distance from the
 * minimum that the steps up to the playhead leave, over the curvature.
 */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { runSample } from "../../controls/choice.ts";
import { createPanel } from "../../figure/panel.ts";
import { createPicture } from "../../marks/picture.ts";
import { formatMeasured } from "../../math/format.ts";
import { listInWords } from "../../math/text.ts";
import { curvatureAt, grippedZero, polynomialPicture } from "../../pictures/curvature/polynomialPicture.ts";
import { polynomial, polynomialNeed } from "../../resources/curvature.ts";
import { setValue } from "../../state/actions.ts";
import { hyperparameterOf } from "../../state/catalog.ts";
import type { Entry, Wire } from "../../state/types.ts";
import { directionNames, polynomialSentence } from "../../words/curvature.ts";
import type { ExplanationPorts } from "./loaders.ts";
import { createRunRequests, type RunReply } from "./runRequests.ts";

type RunLeaves = RunReply<Wire["CurvatureAtRow"]> & { polynomial: Wire["ResidualPolynomial"] };

/** Digits of a rate that is set by dragging. */
const DIGITS = 3;

/** @returns whether zeros can be dragged: without changes on the way each is a constant divided by the rate */
const isFree = ({ optimizer }: Entry) => !optimizer.changes?.length && optimizer.rule === undefined;

export default function createPolynomial(root: HTMLElement, ports: ExplanationPorts) {
  const runReplies = createRunRequests(ports, polynomial, "Add a run to see what its steps leave.");
  const { act } = ports;
  /** The zero that is dragged: its run, its place, and the rate when the drag began. */
  let dragged: { id: number; zero: number; rate: number } | null = null;
  const onHold: typeof polynomialPicture.onHold = (layout, left, top) => {
    const zero = dragged ? null : grippedZero(layout, left, top);
    const { leaves = [], catalog = null } = panel.data() ?? {};
    const taken = zero && leaves[zero.run];
    const rate = taken && hyperparameterOf(catalog, taken.entry.optimizer, "learning_rate");
    if (zero && rate && isFree(taken.entry)) dragged = { id: taken.entry.id, zero: zero.value, rate };
    if (!dragged) return;
    const newRate = Number(((dragged.rate * dragged.zero) / curvatureAt(layout, left)).toPrecision(DIGITS));
    act(setValue, dragged.id, "learning_rate", newRate, true);
  };
  const picture = createPicture({ ...polynomialPicture, onHold });

  const number = (value: number | null) => html`<td>${formatMeasured(value ?? NaN)}</td>`;

  const row = ({ run, polynomial: { at_modes: factors, at_worst: worst } }: RunLeaves) =>
    html`<tr><th scope="row"><span class="slot-${run.slot}">${runSample(run.slot)}</span> ${run.name}</th>
      ${factors.map(number)}${number(worst)}</tr>`;

  function whole(leaves: RunLeaves[]) {
    const [{ reply }] = leaves;
    const { modes } = reply;
    const left = leaves.map(({ run: { name }, polynomial: { n, at_worst: worst } }) => ({ name, n, worst }));
    const sentence = polynomialSentence(left, curvaturesOf(reply));
    const [free, bound] = [true, false].map((is) => leaves.filter(({ entry }) => isFree(entry) === is));
    const heads = [...directionNames(modes), "at worst"].map((name) => html`<th scope="col">${name}</th>`);
    return html`<div class="why-first"><p class="why-sentence">${sentence}</p>
      <figure class="polynomial column"><figcaption>What is left of a distance, by curvature${
        free.length ? ". Drag a zero: its run’s rate follows, and with it all its zeros" : ""
      }</figcaption><div class="chart ${free.length ? "zeros" : ""}"
      role="img" aria-label="What is left against curvature, with its zeros" ${ref(picture.place)}></div></figure></div>
      <div class="why-table"><table><thead><tr><td>left</td>${heads}</tr></thead><tbody>${leaves.map(row)}</tbody>
      </table></div>${
        bound.length
          ? html`<p class="note">The zeros of ${listInWords(bound.map(({ run }) => run.name))} do not follow from the
              rate alone, and are not dragged.</p>`
          : nothing
      }`;
  }

  const panel = createPanel(ports, root, {
    prepare(frame) {
      const { state, wordsStep } = frame;
      if (!state.dragging) dragged = null;
      const rowOf = (length: number) => Math.max(0, Math.min(Math.floor(wordsStep), length - 1));
      const { replies, note } = runReplies.follow(frame, (run, entry) =>
        polynomialNeed(state, entry, rowOf(run.length)),
      );
      const leaves = replies.flatMap((runReply): RunLeaves[] => {
        const { polynomial } = runReply.reply;
        return polynomial ? [{ ...runReply, polynomial }] : [];
      });
      return { replies, note, leaves, catalog: state.catalog };
    },
    template(_, { replies, note, leaves }) {
      const others = replies.filter(({ reply }) => !reply.polynomial);
      const why = others.length
        ? html`<p class="note">Not for ${listInWords(others.map(({ run }) => run.name))}.
          ${others[0].reply.notes.at(-1)}</p>`
        : nothing;
      return html`<p class="note" ?hidden=${!note}>${note}</p>${leaves.length ? whole(leaves) : nothing}${why}`;
    },
    rendered({ scene: { theme, scale } }, { leaves }) {
      if (!leaves.length) return;
      const [{ reply }] = leaves;
      const runs = leaves.map(({ run: { slot }, polynomial }) => ({ slot, polynomial }));
      picture.render({ runs, curvatures: curvaturesOf(reply), names: directionNames(reply.modes), theme, scale });
    },
  });
  return panel;
}

const curvaturesOf = ({ modes }: Wire["CurvatureAtRow"]) => modes.map(({ eigenvalue }) => eigenvalue);
