/** The panel with the chart of the distance from the minimum that steps leave. */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { FramePorts, PlaybackPorts, StatePorts } from "../figure/figure.ts";
import { createPanel } from "../figure/panel.ts";
import type { Part } from "../figure/part.ts";
import type { Themed } from "../marks/picture.ts";
import { createLineChart } from "../pictures/chart/lineChart.ts";
import { type DistanceContent, distanceChartOf } from "../pictures/loss/distance.ts";
import { chartOfRows } from "./shared/chartOfRuns.ts";

export function createDistance(root: HTMLElement, figure: StatePorts & PlaybackPorts & FramePorts): Part {
  const chart = createLineChart<DistanceContent & Themed>(distanceChartOf, chartOfRows.events(figure));
  return createPanel(figure, root, {
    template: () => html`<div class="panel-head row wraps"><h2>Distance left</h2></div>
      <div class="chart" data-part="distance-chart" role="img" aria-label="Distance left to the minimum"
        ${ref(chart.place)}></div>`,
    draw(frame) {
      const { scene, longest } = frame;
      const left = scene.wholeEvidence.find((item) => item.kind === "left");
      if (!left) return;
      const showsAnswer = scene.shownEvidence.length > 0;
      const content = { scene, left, showsAnswer, theme: scene.theme, scale: scene.scale };
      chart.render(content, chartOfRows.momentAt(frame, longest));
    },
  });
}
