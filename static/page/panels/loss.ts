/** The loss chart of a figure, in its panel. */
import { html, nothing } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { wordChoice } from "../controls/choice.ts";
import { setText } from "../dom.ts";
import type { Figure } from "../figure/figure.ts";
import { createPanel } from "../figure/panel.ts";
import type { Part } from "../figure/part.ts";
import type { Themed } from "../marks/picture.ts";
import { keepEqual } from "../memo.ts";
import { createLineChart } from "../pictures/chart/lineChart.ts";
import { lossChartOf, lossSlide, lossTitle } from "../pictures/loss/chart.ts";
import { isShown, type LossContent } from "../pictures/loss/content.ts";
import { hasData } from "../state/catalog.ts";
import { epochsInSight } from "../state/epochs.ts";
import { setCount, showSeeds } from "../state/lossChartActions.ts";
import { hasMethods, runCountsOf } from "../state/runCounts.ts";
import { bandsOf, bundleOf, isRandom, SEEDS } from "../state/seeds.ts";
import type { Act } from "../state/store.ts";
import type { Count, State } from "../state/types.ts";
import { bandWords } from "../words/band.ts";
import { chartOfRows } from "./shared/chartOfRuns.ts";
import { panelHead } from "./shared/panelHead.ts";
import { createRunAverage } from "./shared/runAverage.ts";

const EVALUATIONS = "Of loss, gradient and Hessian together, each counted as one";

const hasSeeds = (state: State) => state.entries.some((entry) => isRandom(state, entry));

/** The choice of what the axis counts, if there is anything besides steps. */
function counts(state: State, act: Act) {
  const { problem, count } = state;
  const options: [Count, string, string?][] = [["steps", "steps"]];
  if (hasData(problem)) options.push(["samples", "samples"]);
  if (count === "evaluations" || hasMethods(state)) options.push(["evaluations", "evaluations", EVALUATIONS]);
  if (options.length < 2) return nothing;
  const value = options.some(([name]) => name === count) ? count : "steps";
  return wordChoice({ label: "Count", options, value, onChoose: (name) => act(setCount, name) });
}

const seeds = ({ seeds }: State, act: Act) => html`<button type="button" class="word" aria-pressed=${seeds}
  title="Where the same runs lie with other seeds"
  @click=${() => act(showSeeds, !seeds)}>${SEEDS} seeds</button>`;

const lossChoices = (state: State, act: Act) => [
  hasSeeds(state) && !bundleOf(state) ? seeds(state, act) : nothing,
  counts(state, act),
];

const bandNote = (state: State) =>
  (state.seeds || state.bundle) && hasSeeds(state)
    ? html`<p class="note band-words" role="status">${bandWords(state)}</p>`
    : nothing;

export function createLossPanel(root: HTMLElement, figure: Figure): Part {
  const { act, id } = figure;
  const titleId = id("loss-title");
  const title = createRef<HTMLElement>();
  const chart = createLineChart<LossContent & Themed>(lossChartOf, chartOfRows.events(figure));

  const averages = createRunAverage(figure);

  /** The loss from which the axis counts, as last drawn. */
  const base = () => chart.shown()?.layout.y.base;

  const panel = createPanel(figure, root, {
    prepare: (frame, previous?: Omit<LossContent, "scene">) => ({
      counted: keepEqual(previous?.counted, runCountsOf(frame.state, frame.scene)),
      bands: keepEqual(previous?.bands, bandsOf(frame.state)),
      epochs: keepEqual(previous?.epochs, epochsInSight(frame.state, frame.scene.shownRuns)),
      average: averages.line(frame),
    }),
    template: ({ state, scene }) => html`${panelHead(
      figure,
      html`<h2 id=${titleId} ${ref(title)}>Loss</h2>${
        scene.prepared.length ? html`<span class="note">grey: before</span>` : nothing
      }`,
      html`<div class="loss-choices wraps">${lossChoices(state, act)}</div>`,
      "loss",
    )}
    ${bandNote(state)}
    <div class="chart" id=${id("loss-chart")} data-part="loss-chart" role="img" aria-labelledby=${titleId}
      aria-describedby=${id("sentence")} ${ref(chart.place)}></div>`,
    draw(frame, shown) {
      const { theme, scale } = frame.scene;
      chart.render({ scene: frame.scene, theme, scale, ...shown }, chartOfRows.momentAt(frame, frame.longest));
      setText(title.value, lossTitle(base()));
    },
  });

  return {
    ...panel,
    chartExports() {
      const { scene } = figure.frame();
      if (!scene.shownRuns.some(isShown)) return [];
      const slide = lossSlide(scene, panel.data()?.counted?.count, base());
      return chart.chartExports(slide, { hit: null });
    },
  };
}
