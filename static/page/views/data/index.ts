/** The data of a line fit, the line of each run at the playhead, its residuals, and what each point adds. */

import { setAttribute } from "../../dom.ts";
import type { Size } from "../../math/box.ts";
import { memo, shared } from "../../reads.ts";
import { loadStyle } from "../../service/style.ts";
import type { ChartExport, Playhead, Scene, Shares } from "../../state/types.ts";
import type { Themed } from "../chart/drawing.ts";
import { createChart, svgOf } from "../chart/drawing.ts";
import type { Look } from "../chart/svg.ts";
import { batchOf } from "./dots.ts";
import type { DataContent, DataDrawing } from "./drawing.ts";
import { dataMarkup, PIECES } from "./drawing.ts";
import { createHandles } from "./handles.ts";
import type { DataArea } from "./plotArea.ts";
import { isInArea, plotAreaOf } from "./plotArea.ts";
import { spanOf } from "./span.ts";
import type { DataEvents } from "./touch.ts";
import { listenToPoints } from "./touch.ts";
import { pointWords } from "./words.ts";

/** So many points have their rows in the working in sight at once. */
const FEW = 4;

interface DataShown {
  content: DataContent;
  /** index of the run whose residuals are drawn */
  leader: number | null;
  /** index of the point that is highlighted */
  highlighted: number | null;
  /** of that run */
  shares: Shares | null;
}

type Content = Themed & DataShown & { scene: Scene; step: number };
type Drawn = Content & { size: Size; look: Look };

/** With the style sheet it needs. */
export async function openData(root: HTMLElement, events: DataEvents) {
  await loadStyle("data");
  return createData(root, events);
}

function createData(root: HTMLElement, events: DataEvents) {
  const spanNow = memo(
    ({ content, runs }: { content: DataContent; runs: Scene["runs"] }) => spanOf(content, runs),
    "content",
  );
  const areaNow = memo(
    ({
      content,
      size,
      strip,
      scale,
      span,
    }: Pick<Drawn, "content" | "size" | "scale"> & { strip: boolean; span: [number, number] }) =>
      plotAreaOf(content, size, strip, scale, span),
    "content",
  );
  let span: [number, number] | undefined;

  /** While a point is held its axes stay, or it would run away from the finger; with keys it may reach their end. */
  function areaOf({ scene: { runs }, content, shares, size, look: { scale } }: Drawn): DataArea {
    const kept = chart.shown()?.layout.area;
    const held =
      touch.holding() || (handles.holding() && kept && content.points.every((point) => isInArea(kept, point)));
    if (kept && held) return kept;
    span = shared(span, spanNow({ content, runs }));
    return areaNow({ content, size, strip: shares !== null, scale, span });
  }

  const chart = createChart<Content, DataDrawing>(root, {
    least: { width: 80, height: 60 },
    layOut: (given) => ({
      ...given,
      area: areaOf(given),
      batch: batchOf(given.leader === null ? null : given.scene.runs[given.leader], given.step),
    }),
    pieces: PIECES,
    within: ["scene"],
  });
  let latest: DataShown | undefined;
  const shown = () => {
    const drawing = chart.shown()?.layout;
    return drawing ? { area: drawing.area, points: drawing.content.points } : null;
  };
  const touch = listenToPoints(root, shown, events);
  const handles = createHandles(root, shown, events);

  return {
    /** @returns of the point that is highlighted, in words */
    render(scene: Scene, { step }: Playhead, { shares, ...more }: DataShown): string {
      latest = shared(latest, { ...more, shares: shares?.run === more.leader ? shares : null });
      const { highlighted, content } = latest;
      setAttribute(root, "data-few", content.points.length <= FEW);
      if (!chart.render({ ...latest, scene, step, theme: scene.theme, scale: scene.scale }, undefined)) return "";
      const drawing = chart.shown()?.layout as DataDrawing;
      handles.render(drawing);
      return highlighted !== null && content.points[highlighted] ? pointWords(drawing, highlighted) : "";
    },
    /** @returns the chart as it stands, without what is pointed at */
    chartExports(): ChartExport[] {
      const drawing = chart.shown()?.layout;
      const title = "Data and fit";
      return drawing
        ? [
            {
              name: "data",
              title,
              svg: svgOf(title, drawing.size, drawing.look, dataMarkup({ ...drawing, highlighted: null })),
            },
          ]
        : [];
    },
    destroy() {
      touch.leave();
      chart.destroy();
    },
  };
}
