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
  picture: DataContent;
  /** index of the run whose residuals are drawn */
  leader: number | null;
  /** index of the point that is lit */
  lit: number | null;
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
  const sheet = createChartSvg(root);
  let size = { width: 0, height: 0 };
  let figure: DataDrawing | null = null;
  const shown = () => figure && { frame: figure.frame, points: figure.picture.points };
  const touch = listen(root, shown, events);
  const handles = createHandles(root, shown, events);
  /** The axes as they are for these points. */
  let framed: { points: [number, number][]; key: string; frame: PlotArea } | null = null;
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
  function frameFor(picture: DataContent, runs: Run[], strip: boolean, scale: number): PlotArea {
    const kept = figure?.frame;
    const held = touch.holding() || (handles.holding() && kept && picture.points.every((point) => isWithin(kept, point)));
    if (kept && held) return kept;
    const reach = reachOf(picture, runs);
    const key = `${size.width} ${size.height} ${strip} ${scale} ${picture.xLabel} ${reach}`;
    if (framed?.points !== picture.points || framed.key !== key) framed = { points: picture.points, key, frame: plotAreaOf(picture, size, strip, scale, reach) };
    return framed.frame;
  }

  return {
    /** @returns of the point that is lit, in words */
    render(scene: Scene, { step }: { step: number }, { picture, leader, lit, shares }: Shown): string {
      if (size.width < SMALLEST.width || size.height < SMALLEST.height) return "";
      setAttribute(root, "data-few", picture.points.length <= FEW);
      const look = { sheet: COLOURS[scene.theme], family: getComputedStyle(root).fontFamily, scale: scene.projector ? 1.4 : 1 };
      const own = shares?.run === leader ? shares : null;
      const frame = frameFor(picture, scene.runs, own !== null, look.scale);
      const now = { frame, scene, step, picture, leader, lit, shares: own, look };
      figure = now;
      sheet.draw(size, look, markup(now));
      handles.render(frame, picture.points, (point) => pointName(now, point), (point) => pointTold(now, point));
      return lit !== null && picture.points[lit] ? pointWords(now, lit) : "";
    },
    /** @returns the chart as it stands, without what is pointed at */
    plates(): ChartExport[] {
      if (!figure) return [];
      const title = "Data and fit";
      return [{ name: "data", title, svg: svgOf(title, size, figure.look, markup({ ...figure, lit: null })) }];
    },
    destroy() {
      sizes.disconnect();
      touch.leave();
      root.replaceChildren();
    },
  };
}
