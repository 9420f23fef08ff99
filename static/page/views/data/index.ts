/** The data of a line fit, the line of each run at the playhead, its residuals, and what each point adds. */

import { setAttribute } from "../../dom.ts";
import type { Mark } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import { memo, shared } from "../../reads.ts";
import { loadStyle } from "../../service/style.ts";
import type { Playhead, Scene } from "../../state/types.ts";
import { batchOf, createDataMarks, type DataContent, type DataLayout, type DataMoment, dataAxes } from "./drawing.ts";
import { createHandles } from "./handles.ts";
import { type DataArea, isInArea, plotAreaOf } from "./plotArea.ts";
import { spanOf } from "./span.ts";
import { type DataEvents, listenToPoints } from "./touch.ts";
import { pointWords } from "./words.ts";

/** So many points have their rows in the working in sight at once. */
const FEW = 4;

type DataShown = Pick<DataMoment, "leader" | "highlighted" | "shares"> & { content: DataContent };
/** area: the last, which stays; span: of y; strip: whether there is one */
type DataPicture = Themed & { content: DataContent; area: DataArea | null; span: [number, number]; strip: boolean };

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
  const marksOf = createDataMarks();
  const chart = createPicture<DataPicture, DataLayout & { axes: Mark[] }, DataMoment>({
    least: { width: 80, height: 60 },
    layOut({ content, area, size, strip, look, span }) {
      const layout = { ...(area ?? plotAreaOf(content, size, strip, look.scale, span)), content, look };
      return { ...layout, axes: dataAxes(layout) };
    },
    marks: (layout, moment) => marksOf({ ...layout, ...moment }, layout.axes),
  });
  chart.place(root);
  let latest: DataShown | undefined;
  let span: [number, number] = [0, 0];
  const shown = () => chart.shown()?.layout ?? null;
  const touch = listenToPoints(root, shown, events);
  const handles = createHandles(root, shown, events);

  /** While a point is held its axes stay, or it would run away from the finger; with keys it may reach their end. */
  function heldArea({ points }: DataContent): DataArea | null {
    const area = shown();
    const inside = area && handles.holding() && points.every((point) => isInArea(area, point));
    return touch.holding() || inside ? area : null;
  }

  return {
    /** @returns of the point that is highlighted, in words */
    render(scene: Scene, { step }: Playhead, { shares, ...more }: DataShown): string {
      latest = shared(latest, { ...more, shares: shares?.run === more.leader ? shares : null });
      const { content, ...rest } = latest;
      const { highlighted } = rest;
      const { theme, scale, runs } = scene;
      setAttribute(root, "data-few", content.points.length <= FEW);
      const area = heldArea(content);
      if (!area) span = shared(span, spanNow({ content, runs }));
      const batch = batchOf(rest.leader === null ? null : runs[rest.leader], step);
      const moment = { ...rest, scene, step, batch };
      const strip = rest.shares !== null;
      if (!chart.render({ content, area, span, strip, theme, scale }, moment)) return "";
      const drawing = { ...(shown() as DataLayout), ...moment };
      handles.render(drawing);
      return highlighted !== null && content.points[highlighted] ? pointWords(drawing, highlighted) : "";
    },
    /** @returns without what is pointed at */
    chartExports: () => chart.chartExports({ title: "Data and fit", name: "data" }, { highlighted: null }),
  };
}
