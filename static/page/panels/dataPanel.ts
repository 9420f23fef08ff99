/** The panel with the data of a line fit and the lines that the runs have fitted. */
import { html, nothing } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { wordChoice } from "../controls/choice.ts";
import { setText } from "../dom.ts";
import type { Figure } from "../figure/figure.ts";
import { highlightedPoint, pointQuantity } from "../figure/highlight.ts";
import { createPanel } from "../figure/panel.ts";
import type { MovingFrame } from "../figure/part.ts";
import { createData } from "../pictures/data/index.ts";
import { lazy } from "../service/lazy.ts";
import { endDrag } from "../state/actions.ts";
import { pointsOf } from "../state/catalog.ts";
import { showsWorking } from "../state/explain.ts";
import { axisNames, setPoints, showTable } from "../state/lineFit.ts";
import { standings } from "../state/standings.ts";
import { isStale, showsEarlierProblem } from "../state/state.ts";
import { dataTable, scrollToLitRows } from "./dataTable.ts";
import { panelHead } from "./shared/panelHead.ts";

/** The run whose residuals are drawn: that of the working, else the selected one, else the one with the lowest loss. */
function leaderOf(frame: MovingFrame) {
  const { scene, step } = frame;
  if (showsWorking(frame.state)) return frame.chosen;
  return scene.selected ?? standings(scene.shownRuns, { minima: [], domain: [] }, step)[0]?.index ?? null;
}

/** Beside the chart of data, and where its map is standardised. */
const DRAG = "drag a point";
const STANDARDIZED = "in the units of the data; the map is in standardised ones";

export function createDataPanel(root: HTMLElement, figure: Figure) {
  const { act, highlight, id } = figure;
  const [chart, hint] = [createRef<HTMLElement>(), createRef<HTMLElement>()];
  /** Its sets of data have all their columns. */
  const whole = lazy(async () => figure.wholeCatalog(), figure);
  let data: ReturnType<typeof createData> | null = null;

  const choice = (isTable: boolean) =>
    wordChoice({
      label: "Show the data as",
      options: [
        [false, "chart"],
        [true, "table"],
      ],
      value: isTable,
      onChoose: (value) => act(showTable, value),
    });

  const panel = createPanel(figure, root, {
    template(frame) {
      const { state } = frame;
      const beside = html`<span class="note" id=${id("data-note")} data-part="data-note" ${ref(hint)}>${DRAG}</span>`;
      const head = html`<div class="data-heading row wraps"><h2>Data and fit</h2>${choice(state.table)}</div>`;
      return html`${panelHead(figure, head, state.table ? nothing : beside, "data")}
      <div class="chart" ?hidden=${state.table} id=${id("data-chart")} data-part="data-chart"
        ${ref(chart)}></div>${state.table ? whole.show(() => dataTable(frame, "Data as a table")) : nothing}`;
    },
    rendered: (frame) => frame.state.table && scrollToLitRows(root, frame),
    draw(frame) {
      const { state, step, explained } = frame;
      // Runs on other data, or of another kind of problem, are not drawn.
      const others = showsEarlierProblem(state) && (isStale(state) || !state.problemOnMap?.points);
      const scene = others ? { ...frame.scene, shownRuns: [], wholeRuns: [], selected: null } : frame.scene;
      const points = pointsOf(state);
      if (!points.length) return;
      const [xLabel, yLabel] = axisNames(state);
      const content = {
        points,
        standardized: state.problem.standardize === true,
        xLabel,
        yLabel,
      };
      data ??= createData(chart.value as HTMLElement, {
        onPoints: (points, dragging) => act(setPoints, points, dragging),
        onSettle: () => act(endDrag),
        onPoint: (point) => highlight(point === null ? null : pointQuantity(point)),
      });
      const words = data.render(
        scene,
        { step },
        {
          content,
          leader: others ? null : leaderOf(frame),
          highlighted: highlightedPoint(state.highlighted),
          shares: explained.shares ?? null,
        },
      );
      setText(hint.value, words || (content.standardized ? STANDARDIZED : DRAG));
    },
  });

  return { ...panel, chartExports: () => data?.chartExports() ?? [] };
}
