/** What the steps up to the playhead leave of a distance on a quadratic, for each run that is shown. */
import { html, nothing } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { sample } from "../../controls/choice.ts";
import { createPanel } from "../../figure/panel.ts";
import { formatMeasured } from "../../math/format.ts";
import { listed } from "../../math/text.ts";
import { curvature, polynomialWish, type WireCurvature, type WirePolynomial } from "../../resources/curvature.ts";
import { createPolynomialPicture } from "../../views/curvature/polynomialPicture.ts";
import { directionNames } from "../../words/curvature.ts";
import { polynomialSentence } from "../../words/polynomial.ts";
import type { DrawerPorts } from "./drawer.ts";
import { createEachRun, type RunAnswer } from "./eachRun.ts";

type RunLeaves = RunAnswer<WireCurvature> & { polynomial: WirePolynomial };

export function createPolynomial(root: HTMLElement, ports: DrawerPorts) {
  const each = createEachRun(ports, curvature, "Add a run to see what its steps leave.");
  const place = createRef<HTMLElement>();
  const picture = createPolynomialPicture();
  let shown: RunAnswer<WireCurvature>[] = [];
  let leaves: RunLeaves[] = [];
  let said = "";

  const number = (value: number) => html`<td>${formatMeasured(value)}</td>`;

  const row = ({ run, polynomial: { at_modes: kept, at_worst: worst } }: RunLeaves) =>
    html`<tr><th scope="row"><span class="slot-${run.slot}">${sample(run.slot)}</span> ${run.name}</th>
      ${kept.map(number)}${number(worst)}</tr>`;

  function whole([{ answer }]: RunLeaves[]) {
    const { modes } = answer;
    const told = leaves.map(({ run: { name }, polynomial: { n, at_worst: worst } }) => ({ name, n, worst }));
    const sentence = polynomialSentence(told, curvaturesOf(answer));
    const heads = [...directionNames(modes), "at worst"].map((name) => html`<th scope="col">${name}</th>`);
    return html`<p class="why-sentence">${sentence}</p>
      <figure class="polynomial"><figcaption>What is left of a distance, by curvature</figcaption><div class="chart"
      role="img" aria-label="What is left against curvature, with its zeros" ${ref(place)}></div></figure>
      <div class="why-table"><table><thead><tr><td>left</td>${heads}</tr></thead><tbody>${leaves.map(row)}</tbody>
      </table></div>`;
  }

  const panel = createPanel(
    ports.invalidate,
    root,
    () => {
      const others = shown.filter(({ answer }) => !answer.polynomial);
      const why = others.length
        ? html`<p class="note">Not for ${listed(others.map(({ run }) => run.name))}.
          ${others[0].answer.notes.at(-1)}</p>`
        : nothing;
      return html`<p class="note" ?hidden=${!said}>${said}</p>${leaves.length ? whole(leaves) : nothing}${why}`;
    },
    ({ scene: { theme, scale } }) => {
      if (!leaves.length || !place.value) return;
      if (picture.svg.parentElement !== place.value) picture.place(place.value);
      const [{ answer }] = leaves;
      const runs = leaves.map(({ run: { slot }, polynomial }) => ({ slot, polynomial }));
      picture.render({ runs, curvatures: curvaturesOf(answer), names: directionNames(answer.modes), theme, scale });
    },
    (frame) => {
      const { state, wordsStep } = frame;
      const rowOf = (length: number) => Math.max(0, Math.min(Math.floor(wordsStep), length - 1));
      ({ shown, said } = each.follow(frame, (run, entry) => polynomialWish(state, entry, rowOf(run.length))));
      leaves = shown.flatMap((one) => {
        const { polynomial } = one.answer;
        return polynomial ? [{ ...one, polynomial }] : [];
      });
    },
  );
  return {
    ...panel,
    apart: () => true,
    destroy() {
      each.destroy();
      panel.destroy();
    },
  };
}

const curvaturesOf = ({ modes }: WireCurvature) => modes.map(({ eigenvalue }) => eigenvalue);
