/** The data of a line fit with the line of each run at the playhead, what it misses each point by, and what each adds. */
import { COLOURS } from "../../math/palette.ts";
import { loadStyle } from "../../service/style.ts";
import { setAttribute } from "../../dom.ts";
import { createChartSvg, svgOf } from "../chart/drawing.ts";
import { markup } from "./drawing.ts";
import { plotAreaOf, isWithin } from "./plotArea.ts";
import { createHandles } from "./handles.ts";
import { createReach } from "./reach.ts";
import { listen } from "./touch.ts";
import { pointName, pointTold, pointWords } from "./words.ts";
import type { ChartExport, Run, Scene, Shares } from "../../state/types.ts";
import type { DataContent, DataDrawing } from "./drawing.ts";
import type { PlotArea } from "./plotArea.ts";

/** So many points have their rows in the working in sight at once. */
const FEW = 4;

/** Smaller than this there is no room for axes. */
const SMALLEST = { width: 80, height: 60 };

interface Shown {
  content: DataContent;
  /** index of the run whose residuals are drawn */
  leader: number | null;
  /** index of the point that is highlighted */
  highlighted: number | null;
  /** of that run */
  shares: Shares | null;
}

type DataEvents = import("./touch.ts").DataEvents & { onResize: () => void };

/** With the style sheet it needs. */
export async function openData(root: HTMLElement, events: DataEvents) {
  await loadStyle("data");
  return createData(root, events);
}

function createData(root: HTMLElement, events: DataEvents) {
  const chartSvg = createChartSvg(root);
  let size = { width: 0, height: 0 };
  let drawing: DataDrawing | null = null;
  const shown = () => drawing && { area: drawing.area, points: drawing.content.points };
  const touch = listen(root, shown, events);
  const handles = createHandles(root, shown, events);
  /** The axes as they are for these points. */
  let framed: { points: [number, number][]; key: string; area: PlotArea } | null = null;
  const reachOf = createReach();
  const sizes = new ResizeObserver(() => {
    measure();
    events.onResize();
  });
  sizes.observe(root);
  measure();

  function measure() {
    size = { width: root.clientWidth, height: root.clientHeight };
  }

  /** While a point is held its axes stay, or it would run away from the finger; with keys it may reach their end. */
  function frameFor(content: DataContent, runs: Run[], strip: boolean, scale: number): PlotArea {
    const kept = drawing?.area;
    const held = touch.holding() || (handles.holding() && kept && content.points.every((point) => isWithin(kept, point)));
    if (kept && held) return kept;
    const reach = reachOf(content, runs);
    const key = `${size.width} ${size.height} ${strip} ${scale} ${content.xLabel} ${reach}`;
    if (framed?.points !== content.points || framed.key !== key) framed = { points: content.points, key, area: plotAreaOf(content, size, strip, scale, reach) };
    return framed.area;
  }

  return {
    /** @returns of the point that is highlighted, in words */
    render(scene: Scene, { step }: { step: number }, { content, leader, highlighted, shares }: Shown): string {
      if (size.width < SMALLEST.width || size.height < SMALLEST.height) return "";
      setAttribute(root, "data-few", content.points.length <= FEW);
      const look = { colours: COLOURS[scene.theme], family: getComputedStyle(root).fontFamily, scale: scene.projector ? 1.4 : 1 };
      const own = shares?.run === leader ? shares : null;
      const area = frameFor(content, scene.runs, own !== null, look.scale);
      const now = { area, scene, step, content, leader, highlighted, shares: own, look };
      drawing = now;
      chartSvg.draw(size, look, markup(now));
      handles.render(area, content.points, (point) => pointName(now, point), (point) => pointTold(now, point));
      return highlighted !== null && content.points[highlighted] ? pointWords(now, highlighted) : "";
    },
    /** @returns the chart as it stands, without what is pointed at */
    chartExports(): ChartExport[] {
      if (!drawing) return [];
      const title = "Data and fit";
      return [{ name: "data", title, svg: svgOf(title, size, drawing.look, markup({ ...drawing, highlighted: null })) }];
    },
    destroy() {
      sizes.disconnect();
      touch.leave();
      root.replaceChildren();
    },
  };
}
