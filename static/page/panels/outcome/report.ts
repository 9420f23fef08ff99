/** Two views report on the runs: a sentence about all of them, and the standings with the reason why each run ends. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { styles } from "../../component.ts";
import { marker } from "../../controls/choice.ts";
import { h } from "../../dom.ts";
import type { FramePorts, Places, PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import { onEnd, type Timers } from "../../figure/lifetime.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, Part } from "../../figure/part.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import { minimumLetters, NEAR } from "../../math/near.ts";
import { selectRun } from "../../state/actions.ts";
import { labelOf, shortLabel } from "../../state/catalog.ts";
import { goalOf } from "../../state/evidence.ts";
import { stepReaching } from "../../state/evidenceValues.ts";
import { setHovered } from "../../state/receiving.ts";
import { isRandom } from "../../state/seeds.ts";
import { distanceToMinimum, minimumAtEnd, type Standing, standings } from "../../state/standings.ts";
import { isFormulaRefused, isStale } from "../../state/state.ts";
import type { Evidence, Problem, Run, Scene, State } from "../../state/types.ts";
import { valueBefore } from "../../words/changedSettings.ts";
import { undefinedWords } from "../../words/divergence.ts";
import { minimaWords } from "../../words/endPoint.ts";
import { type Outcome, outcomeOf } from "../../words/outcome.ts";
import { invitationWords, remarksOnRuns } from "../../words/remark.ts";
import { sentence } from "../../words/sentence.ts";

/** Milliseconds without a change after which the sentence is read out. */
const RESTED = 700;

/** @returns the sentence shown when a fault keeps all runs from being received */
function faultSentence(state: State) {
  const { fault } = state;
  if (fault?.kind === "unreachable") return "Nothing has come from the server yet.";
  if (!fault) return null;
  return isFormulaRefused(state)
    ? "This formula cannot be read; beneath it stands why."
    : `This cannot run as it stands; the note ${fault.entry === null ? "above the map" : "at its run"} says why.`;
}

/** @returns whether there is no landscape of its name */
const isWithoutMap = ({ problem: { kind, parameters } }: Scene) => kind === "surface" && !parameters.length;

/** Without a map nothing is said above it. */
const missingNetwork = ({ fault, problem: { network } }: State) =>
  network && !fault ? `There is no network called “${network.dataset}”. ` : "";

/** The sentence shows at once, and a screen reader gets it once nothing changes. */
export function createSentence(root: HTMLElement, figure: FramePorts & Places & Timers): Part {
  const { after, cancel } = figure;
  const live = h("p", { id: figure.id("live"), class: "reader-only", role: "status", "aria-live": "polite" });
  figure.root.append(live);
  let timer = 0;
  let spoken = "";

  function readOut(text: string) {
    if (text === spoken) return;
    spoken = text;
    cancel(timer);
    timer = after(() => (live.textContent = text), RESTED);
  }

  const panel = createPanel(figure, root, (frame) => {
    const { state, scene, narrow, wordsStep: step, playing } = frame;
    const bare = scene.shownRuns.length > 0 && scene.shownRuns.every(({ length }) => length === 0);
    const report =
      isStale(state) && state.fault?.kind === "unreachable"
        ? "Not all of this has come yet; the rest is shown as it was."
        : isWithoutMap(scene)
          ? `${missingNetwork(state)}${scene.problem.label} ${narrow ? "under Landscape" : "on the left"}.`
          : bare
            ? (faultSentence(state) ?? "The first steps are on their way.")
            : sentence(scene, step, playing);
    const names = scene.shownRuns.map(({ name }) => name);
    const invitation = invitationWords(state);
    const text = [remarksOnRuns(state, names), report].filter(Boolean).join(" ");
    if (!playing) readOut(`${invitation} ${text}`.trim());
    return html`${invitation ? html`<strong>${invitation}</strong> ` : nothing}${text}`;
  });
  onEnd(figure.ended, () => live.remove());
  return panel;
}

/** @returns the standings, with the evidence about these runs */
function standingsOf(state: State, { shownRuns }: Scene) {
  const { catalog, entries, seed, stop } = state;
  const [label, ...others] = entries.map(({ optimizer }) => labelOf(catalog, optimizer));
  const isCommon = others.length > 0 && others.every((other) => other === label);
  const isLeftOut = isCommon && shownRuns.every(({ short }) => !short.startsWith(shortLabel(label)));
  const seeded = entries.some((entry) => isRandom(state, entry)) ? ` with seed ${seed}` : "";
  return `${isLeftOut ? label : "run"}${seeded}${stop.target_loss ? ` to loss ${formatExact(stop.target_loss)}` : ""}`;
}

/** The rule of `standings`. */
const ORDER =
  "The lowest loss first. A run that stops at a minimum counts with its loss, and equal ones stand as in the list.";

/** The column beside the loss: its heading, and the value of each run. */
interface ThirdColumn {
  head: string;
  title?: string;
  /** @param row  by default the last row of the run @param index  of the run, by default none */
  measured(run: Run, row?: number, index?: number): string;
  /** what the standings count; by default the loss */
  rank?(run: Run, index: number): number;
}

/** @returns how far a run stays above the least loss over the steps of its level, in per cent; NaN: not told */
export function shareAbove(shownEvidence: Evidence[], { columns, end }: Run, index: number): number {
  const level = shownEvidence.find((item) => item.kind === "level" && item.run === index);
  if (level?.kind !== "level" || !end) return Number.NaN;
  const losses = columns.loss.subarray(level.first, level.last + 1);
  return 100 * (losses.reduce((sum, loss) => sum + loss, 0) / losses.length / level.least - 1);
}

function thirdColumn({ shownEvidence, prepared, problem }: Scene): ThirdColumn | null {
  if (shownEvidence.some(({ kind }) => kind === "level"))
    return {
      head: "stays above",
      title: "the mean over the steps of its bar in the chart, with this seed, above the least loss",
      measured(run, _, index = -1) {
        const share = shareAbove(shownEvidence, run, index);
        return Number.isNaN(share) ? "–" : `${formatMeasured(share)} %`;
      },
      rank: (run, index) => shareAbove(shownEvidence, run, index),
    };
  const goal = goalOf(shownEvidence);
  const letters = minimumLetters(problem.minima.length);
  if (goal)
    return {
      head: `steps to ${goal.text}`,
      measured: (run) => String(stepReaching(run, goal.loss, goal.stays) ?? "never"),
    };
  if (letters.length)
    return { head: "ends in", measured: (run) => (run.end ? (letters[minimumAtEnd(run, problem)] ?? "–") : "") };
  if (prepared.length) return { head: "steps", measured: (run) => (run.end ? String(run.length - 1) : "") };
  return problem.minima.length
    ? {
        head: "to minimum",
        title: "how far from the nearest minimum that is known",
        measured: (run, row = run.length - 1) =>
          run.end?.stop_reason === "diverged" ? "–" : formatMeasured(distanceToMinimum(run, row, problem)),
      }
    : null;
}

/** @returns why a run ends, without what an open question asks for */
function outcomeIn({ state, scene, wordsStep }: Frame, run: Run, step = wordsStep): Outcome {
  if (state.fault !== null && !run.length) return { verdict: "", why: "not run" };
  if (scene.hasHiddenRows && !run.end && run.length > 0) return { verdict: "", why: "on its way" };
  return outcomeOf(run, state.stop, step, scene.problem);
}

/** @returns the reason that all runs share, now and at their ends, so that rows stay in place; null: they differ */
function commonOutcome(frame: Frame): Outcome | null {
  if (frame.state.dragging) return null;
  const [first, ...others] = frame.scene.shownRuns;
  const isCommon = (step?: number) => {
    const { verdict, why } = outcomeIn(frame, first, step);
    return others.every((run) => {
      const other = outcomeIn(frame, run, step);
      return other.verdict === verdict && other.why === why;
    });
  };
  return others.length && isCommon() && isCommon(Infinity) ? outcomeIn(frame, first) : null;
}

export function createStandings(root: HTMLElement, figure: StatePorts & PlaybackPorts & FramePorts & Places): Part {
  const { store, act, player, id } = figure;

  /** @returns where the playhead stands on a run, or its last row */
  function rowOf(index: number) {
    const { entries, runs } = store.get();
    return Math.max(0, Math.min(Math.floor(player.step()), (runs[entries[index]?.id]?.length ?? 1) - 1));
  }

  /**
   * Two rows for each run: its numbers, and below them why it ends, but where that is `common` to all.
   * @param stepsDiffer  whether the losses are of different steps, which then stand beside them
   */
  function lines(
    frame: Frame,
    column: ThirdColumn | null,
    { index, progress, row, loss }: Standing,
    common: Outcome | null,
    stepsDiffer: boolean,
  ) {
    const { scene } = frame;
    const run = scene.shownRuns[index];
    const gone = progress === "diverged" && (undefinedWords(run.end) ? "undefined" : "diverged");
    const at = gone ? row + 1 : row;
    const { verdict, why } = common ?? outcomeIn(frame, run);
    const point = () => act(setHovered, { run: index, step: rowOf(index) });
    const reason = id(common ? "why-each" : `why-${index}`);
    const value = column && run.length > 0 ? column.measured(run, Math.max(0, row), index) : "";
    const was = column && valueBefore(scene, index, (prepared) => column.measured(prepared, undefined, index));
    const measured = was ? html`<span class="note">${was} →</span> <strong>${value}</strong>` : value;
    return html`<tbody data-phase=${progress} ?data-selected=${scene.selected === index}
      @pointerenter=${point} @pointerleave=${() => act(setHovered, null)}><tr>
        <th scope="row"><span>${marker(run.slot, progress !== "walking" && progress !== "waiting")}</span><button
          type="button" class="standing-name" title=${[run.name, verdict, why].filter(Boolean).join(" · ")}
          aria-describedby=${reason}
          @click=${() => act(selectRun, store.get().entries[index]?.id ?? null)}>${run.short}</button></th>
        <td>${stepsDiffer && row >= 0 ? html`<span class="note">at ${formatExact(at)}</span>&ensp;` : nothing}${
          gone || (Number.isNaN(loss) ? "" : formatMeasured(loss))
        }</td>
        ${column && html`<td>${measured}</td>`}</tr>
      ${common ? nothing : html`<tr>${reasonCell(reason, column, { verdict, why })}</tr>`}
    </tbody>`;
  }

  const reasonCell = (reason: string, column: ThirdColumn | null, { verdict, why }: Outcome) =>
    html`<td colspan=${column ? 3 : 2} class="why" id=${reason}><p><span
      class="verdict">${verdict}</span><span>${why}</span></p></td>`;

  /** Why all runs end, once, with the room that it has where each says it. */
  const lineOfAll = ({ scene }: Frame, column: ThirdColumn | null, { progress }: Standing, { verdict, why }: Outcome) =>
    html`<tfoot data-phase=${progress} ?data-selected=${scene.selected !== null} ${styles({
      "--runs": String(scene.shownRuns.length),
    })}><tr>${reasonCell(
      id("why-each"),
      column,
      verdict ? { verdict: `each: ${verdict}`, why } : { verdict, why: `each: ${why}` },
    )}</tr></tfoot>`;

  const help = (problem: Problem) => html`<details class="standings-help remark"><summary>“At a
    minimum”: within ${formatExact(100 * NEAR)} % of the map</summary><p
    class="note">${minimaWords(problem)} ${ORDER}</p></details>`;

  const panel = createPanel(figure, root, (frame) => {
    const { state, scene, wordsStep: step, playing } = frame;
    const { shownRuns, problem } = scene;
    const column = thirdColumn(scene);
    const ranked = standings(shownRuns, problem, step);
    const rank = column?.rank;
    if (rank) ranked.sort((a, b) => rank(shownRuns[a.index], a.index) - rank(shownRuns[b.index], b.index) || 0);
    const common = commonOutcome(frame);
    const stepsDiffer = ranked.some(({ row }) => row !== ranked[0].row);
    const at = ranked.some(({ row }) => row >= 0) && !playing ? ` at step ${formatExact(Math.floor(step))}` : "";
    const titleId = id("standings-title");
    const title = html`<div class="panel-head row"><h2 id=${titleId}>Standings${at}</h2></div>`;
    if (!ranked.length) return html`${title}<p class="note">They appear with the first run.</p>`;
    return html`${title}<table class="standings" ?data-apart=${stepsDiffer} aria-labelledby=${titleId}>
      <thead><tr><th scope="col">${standingsOf(state, scene)}</th><th scope="col"
        title=${rank ? nothing : ORDER}>loss</th>
        ${column && html`<th scope="col" title=${column.title ?? nothing}>${column.head}</th>`}</tr></thead>
      ${repeat(
        ranked,
        ({ index }) => index,
        (standing) => lines(frame, column, standing, common, stepsDiffer),
      )}${common ? lineOfAll(frame, column, ranked[0], common) : nothing}</table>
      ${problem.domain.length ? help(problem) : nothing}`;
  });
  return panel;
}
