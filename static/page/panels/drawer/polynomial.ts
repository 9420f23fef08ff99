/** What the steps up to the playhead leave of a distance on a quadratic, for each run that is shown. */
import { html, nothing } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { sample } from "../../controls/choice.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { formatMeasured } from "../../math/format.ts";
import { listed } from "../../math/text.ts";
import { curvature, polynomialWish, type WireCurvature, type WirePolynomial } from "../../resources/curvature.ts";
import { knownOf } from "../../resources/resource.ts";
import type { Run } from "../../state/types.ts";
import { createPolynomialPicture } from "../../views/curvature/polynomialPicture.ts";
import { directionNames } from "../../words/curvature.ts";
import { polynomialSentence } from "../../words/polynomial.ts";
import { inPlainWords } from "../../words/refusal.ts";
import type { DrawerPorts } from "./drawer.ts";

type RunTold = { run: Run; told: WireCurvature };

export function createPolynomial(root: HTMLElement, { invalidate, ask }: DrawerPorts) {
  const want = ask(curvature);
  const place = createRef<HTMLElement>();
  const picture = createPolynomialPicture();
  /** By the index of its run, as it was told last. */
  const last = new Map<number, WireCurvature>();
  let shown: RunTold[] = [];
  let said = "";

  function prepare({ state, scene, wordsStep, playing }: Frame) {
    const asked = scene.wholeRuns.flatMap((run, index) => {
      if (run.hidden || !run.length) return [];
      const row = Math.max(0, Math.min(Math.floor(wordsStep), run.length - 1));
      return [{ run, index, id: state.entries[index].id, wish: polynomialWish(state, state.entries[index], row) }];
    });
    if (!playing) want(asked.map(({ wish }) => wish));
    const known = asked.map(({ wish }) => knownOf(state, curvature, wish.key));
    shown = asked.flatMap(({ run, id }, k) => {
      const answer = known[k]?.value;
      if (answer) last.set(id, answer);
      const told = known[k]?.refused ? undefined : last.get(id);
      return told ? [{ run, told }] : [];
    });
    const refused = known.flatMap((one) => one?.refused?.map(inPlainWords) ?? []);
    said = [...new Set(refused)].join(" ") || (asked.length ? "" : "Add a run to see what its steps leave.");
    if (!said && !shown.length) said = known.find((one) => one?.waits)?.waits ?? "Working it out.";
  }

  const number = (value: number) => html`<td>${formatMeasured(value)}</td>`;

  const row = ({ run, told: { polynomial } }: RunTold) => {
    const { at_modes: kept, at_worst: worst } = polynomial as WirePolynomial;
    return html`<tr><th scope="row"><span class="slot-${run.slot}">${sample(run.slot)}</span> ${run.name}</th>
      ${kept.map(number)}${number(worst)}</tr>`;
  };

  const panel = createPanel(
    invalidate,
    root,
    () => {
      const whole = shown.filter(({ told }) => told.polynomial);
      const others = shown.filter(({ told }) => !told.polynomial);
      const why = others.length
        ? html`<p class="note">Not for ${listed(others.map(({ run }) => run.name))}. ${others[0].told.notes.at(-1)}</p>`
        : nothing;
      const note = html`<p class="note" ?hidden=${!said}>${said}</p>`;
      if (!whole.length) return html`${note}${why}`;
      const { modes } = whole[0].told;
      const curvatures = modes.map(({ eigenvalue }) => eigenvalue);
      const leaves = whole.map(({ run, told: { polynomial } }) => {
        const { n, at_worst: worst } = polynomial as WirePolynomial;
        return { name: run.name, n, worst };
      });
      const heads = [...directionNames(modes), "at worst"].map((name) => html`<th scope="col">${name}</th>`);
      return html`${note}<p class="why-sentence">${polynomialSentence(leaves, curvatures)}</p>
        <figure class="polynomial"><figcaption>What is left of a distance, by curvature</figcaption><div class="chart"
        role="img" aria-label="What is left against curvature, with its zeros" ${ref(place)}></div></figure>
        <div class="why-table"><table><thead><tr><td>left</td>${heads}</tr></thead><tbody>${whole.map(row)}</tbody>
        </table></div>${why}`;
    },
    ({ scene: { theme, scale } }) => {
      const whole = shown.filter(({ told }) => told.polynomial);
      if (!whole.length || !place.value) return;
      if (picture.svg.parentElement !== place.value) picture.place(place.value);
      const { modes } = whole[0].told;
      const runs = whole.map(({ run: { slot }, told }) => ({ slot, polynomial: told.polynomial as WirePolynomial }));
      const curvatures = modes.map(({ eigenvalue }) => eigenvalue);
      picture.render({ runs, curvatures, names: directionNames(modes), theme, scale });
    },
    prepare,
  );
  return {
    ...panel,
    apart: () => true,
    destroy() {
      want([]);
      panel.destroy();
    },
  };
}
