/** The scrubber: a thin line for each run, as long as the run, thick up to the playhead, and a track under them. */
import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { component, styles } from "../component.ts";
import { s } from "../dom.ts";
import { dot, type Mark, type Outline, type Place, path, runInk, segment, shape } from "../marks/mark.ts";
import { PIXELS } from "../marks/scales.ts";
import { createSvgPainter } from "../marks/svg.ts";
import type { Size } from "../math/box.ts";
import { formatExact } from "../math/format.ts";
import { COLOURS } from "../math/palette.ts";
import { guessesOn } from "../state/questions.ts";
import type { Run, Scene } from "../state/types.ts";
import { isLeftToBrowser } from "./rangeKeys.ts";

const INSET = 9;
const LINE_GAP = 7;
const TOP = 9;
const GRIP = 9;

/** On a narrow screen the tabs come to lie over it: so many lines are as high as all. */
const MOST = 4;

/** @returns the height of the scrubber with so many lines, in pixels */
export const heightOf = (lines: number, { scale }: Pick<Scene, "scale">, narrow = false): number =>
  (TOP + Math.max(1, narrow ? Math.min(lines, MOST) : lines) * LINE_GAP + GRIP) * scale;

interface Scrubber extends Pick<Scene, "shownRuns" | "theme" | "scale" | "guesses" | "hasHiddenRows"> {
  narrow: boolean;
  step: number;
  longest: number;
  onSeek: (step: number) => void;
}

export const scrubber = component<Scrubber>((redraw) => {
  const svg = s("svg", { class: "layer", "aria-hidden": "true" });
  const paint = createSvgPainter(svg);
  const observer = new ResizeObserver(([{ target }]) => {
    width = target.clientWidth || width;
    redraw();
  });
  let width = 0;

  const attach = (root: Element | undefined) => (root ? observer.observe(root) : observer.disconnect());

  return ({ shownRuns, theme, scale, guesses, hasHiddenRows, narrow, step, longest, onSeek }) => {
    const visibleRuns = shownRuns.filter((run) => !run.hidden);
    const height = heightOf(visibleRuns.length, { scale }, narrow);
    const [whole, last] = [Math.floor(step), Math.max(1, longest)];
    if (width) {
      const [size, look] = [
        { width, height },
        { colours: COLOURS[theme], family: "", scale },
      ];
      paint({ size, scales: PIXELS, look, marks: scrubberMarks(visibleRuns, step, last, size, scale, guesses) });
    }
    const changes = visibleRuns
      .flatMap(({ name, phases }) =>
        phases
          .slice(1)
          .filter(({ from }) => from === whole)
          .map(({ words }) => `; from here on ${name}: ${words}`),
      )
      .join("");
    return html`<div class="scrubber" ${styles({ height: `${height}px` })} ${ref(attach)}>${svg}<input
      type="range" class="scrubber-input" min="0" max=${last} step="1" aria-label="Step"
      .value=${live(String(whole))}
      aria-valuetext="step ${formatExact(whole)}${hasHiddenRows ? "" : ` of ${formatExact(longest)}`}${changes}"
      @keydown=${isLeftToBrowser}
      @input=${({ target }: Event) => onSeek(Number((target as HTMLInputElement).value))}></div>`;
  };
});

/** Marks where a run changes its values, where it diverged, and where it ended before its limit. */
const DIAMOND = "M-4.4 0L0 -4.4L4.4 0L0 4.4Z";
const CROSS = "M-3.2 -3.2L3.2 3.2M3.2 -3.2L-3.2 3.2";
const BAR = "M0 -3.4V3.4";

type Rule = (from: number, to: number, style: Outline) => Mark;

function trackMarks({ slot, length, phases, end }: Run, step: number, at: (step: number) => Place, rule: Rule): Mark[] {
  const last = Math.max(0, length - 1);
  const played = Math.min(step, last);
  const ink = runInk(slot);
  const sign = end && end.stop_reason !== "max_steps" && (end.stop_reason === "diverged" ? CROSS : BAR);
  return [
    rule(played, last, { stroke: ink, strokeOpacity: 0.6 }),
    rule(0, played, { stroke: ink, width: 3 }),
    ...phases.slice(1).flatMap(({ from }) => (from <= last ? [shape(at(from), DIAMOND, { fill: ink })] : [])),
    ...(sign ? [shape(at(last), sign, { stroke: ink, width: 1.6 })] : []),
  ];
}

/** @param longest  the steps of the longest run */
export function scrubberMarks(
  runs: Run[],
  step: number,
  longest: number,
  { width, height }: Size,
  scale: number,
  guesses?: Scene["guesses"],
) {
  const x = (at: number) => INSET + (at / longest) * (width - 2 * INSET);
  const gap = (height / scale - TOP - GRIP) / Math.max(1, runs.length);
  const lineOf = (k: number) => {
    const at = (step: number): Place => [x(step), (TOP + k * gap) * scale];
    return { at, rule: (from: number, to: number, style: Outline) => path([at(from), at(to)], style) };
  };
  const [playheadX, foot] = [x(Math.min(step, longest)), height - 5 * scale];
  return [
    ...runs.flatMap((run, k) => trackMarks(run, step, lineOf(k).at, lineOf(k).rule)),
    // The playhead stands on a track, which tells nothing of runs that are hidden.
    ...[x(0), x(longest)].map((end) => segment([end, foot - 3], [end, foot + 3], { stroke: "ink3" })),
    segment([x(0), foot], [x(longest), foot], { stroke: "ink3" }),
    // The guesses of a class stand in one row, cut off at the edge.
    ...(guessesOn("steps", guesses)?.entries ?? []).map((at) => dot([x(at as number), foot], 2.2, { fill: "ink" })),
    segment([playheadX, 1], [playheadX, foot], { stroke: "ink", width: 1.4 }),
    dot([playheadX, foot], 4.6, { fill: "ink" }),
  ];
}
