/** The explanation of an average: of a run's gradients at the playhead, or of a year of temperatures. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { portal } from "../../../component.ts";
import { wordChoice } from "../../../controls/choice.ts";
import { numberField } from "../../../controls/numberField.ts";
import { sliderAndField } from "../../../controls/sliderAndField.ts";
import { createPanel } from "../../../figure/panel.ts";
import type { Frame } from "../../../figure/part.ts";
import { spansOf } from "../../../marks/letters.ts";
import { formatExact } from "../../../math/format.ts";
import { DAYS, movingAverage } from "../../../math/movingAverage.ts";
import { symbol } from "../../../math/text.ts";
import { keepEqual, memo } from "../../../memo.ts";
import { type AverageMemory, memoryChartOf } from "../../../pictures/average/chart.ts";
import { aloneAt, createLineChart } from "../../../pictures/chart/lineChart.ts";
import type { ChartLine } from "../../../pictures/chart/plot.ts";
import { fitToWidth, keepHeight, releaseHeight } from "../../../pictures/setFormula.ts";
import { sizeOf } from "../../../size.ts";
import { setValue } from "../../../state/actions.ts";
import { setExplain } from "../../../state/explain.ts";
import type { ExplanationSettings, Param, Scene } from "../../../state/types.ts";
import { calmWords, memoryFormula, memoryNumbers, weightSumWords, windowWords } from "../../../words/memory.ts";
import { type Letter, letterOf } from "../../../words/symbol.ts";
import { word } from "../../shared/word.ts";
import { createFormulas } from "../../working/formulas.ts";
import type { ExplanationPorts } from "../loaders.ts";
import { averageIn, BETAS, createSources, type Source } from "./sources.ts";

/** The chart shows this many windows of the average, but no fewer and no more steps than these. */
const WINDOWS = 3;
const FEWEST_STEPS = 18;
const MOST_STEPS = 240;

function stepsInSight({ t, values, whole }: Source, beta: number): [number, number] {
  if (whole) return [1, values.length];
  const count = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, Math.round(WINDOWS / (1 - beta))));
  const from = Math.max(1, t - count + 1);
  return [from, Math.max(t, Math.min(from + count - 1, values.length))];
}

/** Dashes of the averages for comparison. */
const DASHES = [
  [1.5, 2.5],
  [9, 3, 2, 3],
  [12, 4],
];

const correctedAverages = (averages: Float64Array, beta: number) =>
  averages.map((value, k) => value / (1 - beta ** (k + 1)));

/**
 * @returns the lines of the chart: averages with other betas in grey, each dashed differently; the average without its
 *   correction, dashed; last the explained average
 */
function averageLines(source: Source, beta: number, corrected: boolean): AverageMemory["lines"] {
  const { name, latex, values, sum, others } = source;
  const plain = (beta: number) => movingAverage(values, beta, sum ? 1 : 1 - beta);
  const made = (beta: number) => (corrected ? correctedAverages(plain(beta), beta) : plain(beta));
  const letter = letterOf(latex.length === 1 ? latex : name);
  const dashOf = (other: number) => DASHES[others.indexOf(other) % DASHES.length];
  /** @param named  with its beta, if several are compared; else by its letter */
  const lineOf = (
    values: Float64Array,
    named: string,
    { stem, below }: Letter,
    style: Partial<ChartLine>,
  ): ChartLine => ({
    values,
    first: 1,
    quantity: named,
    run: 0,
    slot: null,
    name: others.length ? named : stem,
    letters: others.length ? undefined : spansOf({ stem, below }),
    ink: "ink2",
    width: 1.3,
    cased: !style.dash,
    ...style,
  });
  const named = (beta: number) => `β = ${formatExact(beta)}`;
  return [
    ...others
      .filter((other) => other !== beta)
      .map((other) => lineOf(made(other), named(other), letter, { dash: dashOf(other) })),
    ...(corrected ? [lineOf(plain(beta), "uncorrected", letter, { dash: [5, 4] })] : []),
    lineOf(made(beta), named(beta), corrected ? letterOf(`${letter.stem}_hat`) : letter, {
      strong: true,
      ink: "ink",
      width: 2.2,
    }),
  ];
}

/** @returns what makes the content of the chart; its lines do not change with the step */
export function createMemory() {
  const linesInSight = memo(averageLines);
  return (
    source: Source,
    { theme, scale, hasHiddenRows }: Scene,
    { beta, corrected }: AverageSetting,
  ): AverageMemory => {
    const { values, whole, t, sum, input, squared, slot } = source;
    return {
      values,
      lines: linesInSight(source, beta, corrected),
      bars: !whole,
      unit: whole ? "day" : "step",
      t,
      until: hasHiddenRows && !whole ? t : values.length,
      steps: stepsInSight(source, beta),
      beta,
      first: sum ? 1 : 1 - beta,
      corrected,
      input: letterOf(input),
      raised: squared ? "²" : "",
      slot,
      theme,
      scale,
    };
  };
}

const BETA: Param = {
  name: "beta",
  default: 0.9,
  min: 0,
  max: 0.9999,
  scale: "decay",
  whole: false,
  help: "How much of the average is kept at each step.",
};

const nextDay = (value: number, direction: 1 | -1, far: boolean) =>
  Math.min(DAYS, Math.max(1, value + direction * (far ? 30 : 1)));

type OnChange = (change: Partial<ExplanationSettings>) => void;

/** corrected: whether the average is corrected for its start at 0 */
type AverageSetting = { beta: number; corrected: boolean };

/** The controls: beta, and whether the average is corrected for its start at 0. */
function controls(source: Source, { beta, corrected }: AverageSetting, change: OnChange, onAdopt: () => void) {
  const { owner, slot, t, whole, sum } = source;
  const choose = (beta: number) => change({ beta });
  const set = sliderAndField(
    { param: BETA, label: "beta", value: beta, slot, onInput: choose },
    { range: { least: 0, below: 1 } },
  );
  const day = () =>
    numberField({
      label: "day",
      value: t,
      range: { whole: true, least: 1, most: DAYS },
      next: nextDay,
      onCommit: (value) => value !== null && change({ day: value }),
    });
  const correction = () =>
    wordChoice({
      label: "Correction",
      options: [
        [false, "as it is"],
        [true, "bias-corrected"],
      ],
      value: corrected,
      onChoose: (value) => change({ corrected: value }),
    });
  const unchanged = beta === source.beta && corrected === source.corrected;
  const back = () => change({ beta: null, corrected: null });
  return html`<div class="param"><span class="param-name letter">β</span>${set.slider}${set.field}</div>
    <div class="memory-choices wraps"><div class="words">${BETAS.map(
      (value) => html`<button type="button" class="word"
      aria-pressed=${value === beta} @click=${() => choose(value)}>${formatExact(value)}</button>`,
    )}</div><button
      type="button" class="quiet" aria-disabled=${unchanged} @click=${back}>Back to its own</button></div>
    ${sum ? nothing : correction()}
    <div class="memory-choices wraps">${
      owner && beta !== source.beta
        ? html`<button type="button" class="quiet strong"
      @click=${onAdopt}>Set ${symbol(owner.decay)} = ${formatExact(beta)} in the run</button>`
        : nothing
    }${whole ? html`<label class="line">${word("day", "day")}${day()}</label>` : nothing}</div>`;
}

export default async function createAverage(root: HTMLElement, figure: ExplanationPorts) {
  const { act, seek, quantities, aside } = figure;
  const formula = await createFormulas({ style: "text" });
  const change: OnChange = (changes) => act(setExplain, changes);
  const sources = createSources(quantities);
  const release = memo((box: HTMLElement, ..._of: unknown[]) => releaseHeight([box]));
  const memoryOf = createMemory();
  let memory: AverageMemory | undefined;
  const seekOrChoose = (step: number) => {
    const source = panel.data()?.source;
    const t = Math.min(source?.values.length ?? step, Math.max(1, step));
    return source?.whole ? change({ day: t }) : seek(t - 1);
  };
  const picture = createLineChart(memoryChartOf, { onSeek: seekOrChoose });

  function adopt({ owner }: Source, beta: number) {
    if (!owner) return;
    act(setValue, owner.id, owner.decay, beta, false);
    change({ beta: null });
  }

  const setOf = ({ explain: { beta, corrected } }: Frame["state"], source: Source): AverageSetting => ({
    beta: beta ?? source.beta,
    corrected: !source.sum && (corrected ?? source.corrected),
  });

  /** The formula, the formula with numbers, and a sentence about them. */
  function wording(source: Source | null, set: AverageSetting | null) {
    if (!source || !set) return { formulas: nothing, label: nothing, missing: "", calm: "" };
    const first = source.sum ? 1 : 1 - set.beta;
    const averages = movingAverage(source.values, set.beta, first);
    const average = { ...source, ...set, name: source.latex, input: source.inputLatex, first, averages };
    const [missing, calm] = [weightSumWords(average), calmWords(average, source.whole ? "day" : "step")];
    return {
      missing,
      calm,
      label: `${source.title}. ${windowWords(average)} ${missing} ${calm}`,
      formulas: html`${formula(memoryFormula(average), "memory-formula")}${formula(
        memoryNumbers(average),
        "memory-formula line-numbers",
      )}`,
    };
  }

  const choiceOf = ({ options, name }: ReturnType<typeof averageIn>) =>
    wordChoice({
      label: "Average",
      options: options.map((option) => [option, option]),
      value: name,
      onChoose: (average) => change({ average, beta: null, corrected: null }),
    });

  const panel = createPanel(figure, root, {
    prepare(frame) {
      const { source, sorry } = sources.sourceAt(frame, frame.wordsStep);
      return { source, sorry, set: source && setOf(frame.state, source) };
    },
    template(frame, { source, sorry, set }) {
      const { formulas: both, label, missing, calm } = wording(source, set);
      const side = source && set ? controls(source, set, change, () => adopt(source, set.beta)) : nothing;
      return html`${portal(aside, choiceOf(averageIn(frame)))}<p class="note"
      ?hidden=${source !== null}>${sorry}</p><div class="memory slot-${source?.slot ?? 0}"
      ?hidden=${!source}><div class="memory-side">${side}${
        source?.whole ? html`<p>A made-up year of ${word("temperatures", "temperatures")}, one a day.</p>` : nothing
      }<p>${missing}</p><p>${calm}</p></div><div
      class="memory-main column"><div
      class="memory-canvas" role="img" aria-label=${label} ${ref(picture.place)}></div><div
      class="memory-formulas">${both}</div></div></div>`;
    },
    rendered({ state }, { source }) {
      const box = root.querySelector(".memory-formulas") as HTMLElement;
      release(box, source?.key, state.explain.beta, state.explain.corrected, sizeOf(box).width);
      fitToWidth([...box.querySelectorAll<HTMLElement>(".set-formula")]);
      keepHeight([box]);
    },
    draw(frame) {
      const { state, scene, step } = frame;
      const { source } = sources.sourceAt(frame, step);
      if (!source) return;
      memory = keepEqual(memory, memoryOf(source, scene, setOf(state, source)));
      picture.render(memory, aloneAt(memory.t));
    },
  });

  return {
    ...panel,
    chartExports() {
      const { title } = panel.data()?.source ?? {};
      return title === undefined ? [] : picture.chartExports({ title });
    },
    hidesParameters: (frame: Frame) => averageIn(frame).average === null,
  };
}
