/** The scrubber: one hairline a run, as long as the run lived, heavy as far as it has been played. */
import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { createLayer } from "../canvasLayer.ts";
import { component, styles } from "../component.ts";
import { formatExact } from "../math/format.ts";
import { COLOURS } from "../math/palette.ts";
import type { Run, Scene } from "../state/types.ts";

const INSET = 9;
const LINE_GAP = 7;
const TOP = 9;
const GRIP = 9;

/** In pixels. */
export const heightOf = ({ runs, scale }: Scene): number =>
  (TOP + Math.max(1, runs.filter(({ hidden }) => !hidden).length) * LINE_GAP + GRIP) * scale;

interface Scrubber {
  scene: Scene;
  step: number;
  longest: number;
  onSeek: (step: number) => void;
}

export const scrubber = component<Scrubber>((again) => {
  const layer = createLayer(document.createDocumentFragment(), "layer");
  const observer = new ResizeObserver(([{ target }]) => {
    width = target.clientWidth || width;
    again();
  });
  let width = 0;

  const attach = (root: Element | undefined) => (root ? observer.observe(root) : observer.disconnect());

  function draw({ theme, scale }: Scene, shown: Run[], step: number, longest: number, height: number) {
    const colours = COLOURS[theme];
    layer.fit(width, height);
    layer.clear();
    const { context } = layer;
    const x = (at: number) => INSET + (at / longest) * (width - 2 * INSET);
    for (const [k, run] of shown.entries())
      track(context, run, (TOP + k * LINE_GAP) * scale, step, x, colours.runs[run.slot], scale);
    if (!shown.length) bare(context, x, longest, colours.ink3, TOP * scale);
    grip(context, x(Math.min(step, longest)), height, colours.ink, scale);
  }

  return ({ scene, step, longest, onSeek }) => {
    const shown = scene.runs.filter((run) => !run.hidden);
    const height = heightOf(scene);
    const [whole, last] = [Math.floor(step), Math.max(1, longest)];
    if (width) draw(scene, shown, step, last, height);
    const changes = shown
      .flatMap(({ name, phases }) =>
        phases
          .slice(1)
          .filter(({ from }) => from === whole)
          .map(({ words }) => `; from here on ${name}: ${words}`),
      )
      .join("");
    return html`<div class="scrubber" ${styles({ height: `${height}px` })} ${ref(attach)}>${layer.canvas}<input
      type="range" class="scrubber-input" min="0" max=${last} step="1" aria-label="Step"
      .value=${live(String(whole))}
      aria-valuetext="step ${formatExact(whole)}${scene.hidesAhead ? "" : ` of ${formatExact(longest)}`}${changes}"
      @input=${({ target }: Event) => onSeek(Number((target as HTMLInputElement).value))}></div>`;
  };
});

function track(
  context: CanvasRenderingContext2D,
  run: Run,
  y: number,
  step: number,
  x: (at: number) => number,
  colour: string,
  scale: number,
) {
  const last = Math.max(0, run.length - 1);
  const played = Math.min(step, last);
  context.strokeStyle = colour;
  context.globalAlpha = 0.6;
  stroke(context, x(played), x(last), y, 1 * scale);
  context.globalAlpha = 1;
  stroke(context, x(0), x(played), y, 3 * scale);
  context.fillStyle = colour;
  for (const { from } of run.phases.slice(1)) if (from <= last) diamond(context, x(from), y, 4.4 * scale);
  if (!run.end) return;
  context.lineWidth = 1.6 * scale;
  context.beginPath();
  if (run.end.stop_reason === "diverged") cross(context, x(last), y, 3.2 * scale);
  else if (run.end.stop_reason !== "max_steps") bar(context, x(last), y, 3.4 * scale);
  context.stroke();
}

function stroke(context: CanvasRenderingContext2D, from: number, to: number, y: number, width: number) {
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to, y);
  context.stroke();
}

/** Where a run goes on with other values. */
function diamond(context: CanvasRenderingContext2D, x: number, y: number, r: number) {
  context.beginPath();
  context.moveTo(x - r, y);
  context.lineTo(x, y - r);
  context.lineTo(x + r, y);
  context.lineTo(x, y + r);
  context.closePath();
  context.fill();
}

function cross(context: CanvasRenderingContext2D, x: number, y: number, r: number) {
  context.moveTo(x - r, y - r);
  context.lineTo(x + r, y + r);
  context.moveTo(x + r, y - r);
  context.lineTo(x - r, y + r);
}

function bar(context: CanvasRenderingContext2D, x: number, y: number, r: number) {
  context.moveTo(x, y - r);
  context.lineTo(x, y + r);
}

function bare(
  context: CanvasRenderingContext2D,
  x: (at: number) => number,
  longest: number,
  colour: string,
  y: number,
) {
  context.strokeStyle = colour;
  stroke(context, x(0), x(longest), y, 1);
}

function grip(context: CanvasRenderingContext2D, x: number, height: number, ink: string, scale: number) {
  context.strokeStyle = context.fillStyle = ink;
  context.lineWidth = 1.4 * scale;
  context.beginPath();
  context.moveTo(x, 1);
  context.lineTo(x, height - 5 * scale);
  context.stroke();
  context.beginPath();
  context.arc(x, height - 5 * scale, 4.6 * scale, 0, 2 * Math.PI);
  context.fill();
}
