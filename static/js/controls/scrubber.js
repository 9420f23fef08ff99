/** The scrubber: one hairline a run, as long as the run lived, heavy as far as it has been played. */
import { SHEETS } from "../math/palette.js";
import { chosen } from "../math/format.js";
import { h, setAttribute } from "../dom.js";
import { createLayer } from "../views/layer.js";

/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Run} Run */

const INSET = 9;
const LINE_GAP = 7;
const TOP = 9;
const GRIP = 9;

/** @param {number} runs @returns {number} */
const heightFor = (runs) => TOP + Math.max(1, runs) * LINE_GAP + GRIP;

/**
 * @param {object} how
 * @param {(step: number) => void} how.onSeek
 */
export function createScrubber({ onSeek }) {
  const root = h("div", { class: "scrubber" });
  const layer = createLayer(root, "layer");
  const input = h("input", { type: "range", class: "scrubber-input", min: 0, max: 1, step: 1, "aria-label": "Step", oninput: () => onSeek(Number(input.value)) });
  root.append(input);
  let width = 0;

  /** @param {Scene} scene @param {number} step @param {number} longest */
  function draw({ runs, theme, projector }, step, longest) {
    const shown = runs.filter((run) => !run.hidden);
    const sheet = SHEETS[theme];
    const scale = projector ? 1.4 : 1;
    const height = heightFor(shown.length) * scale;
    root.style.height = `${height}px`;
    layer.fit(width, height);
    layer.clear();
    const { context } = layer;
    const x = (/** @type {number} */ at) => INSET + (at / longest) * (width - 2 * INSET);
    shown.forEach((run, k) => track(context, run, (TOP + k * LINE_GAP) * scale, step, x, sheet.runs[run.slot], scale));
    if (!shown.length) bare(context, x, longest, sheet.ink3, TOP * scale);
    grip(context, x(Math.min(step, longest)), height, sheet.ink, scale);
  }

  return {
    root,
    resize() {
      width = root.clientWidth;
    },
    /** @param {Scene} scene @param {number} step @param {number} longest */
    render(scene, step, longest) {
      if (!width) this.resize();
      if (width) draw(scene, step, Math.max(1, longest));
      setAttribute(input, "max", Math.max(1, longest));
      const whole = Math.floor(step);
      if (Number(input.value) !== whole) input.value = String(whole);
      setAttribute(input, "aria-valuetext", `step ${chosen(whole)} of ${chosen(longest)}`);
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} context @param {Run} run @param {number} y @param {number} step
 * @param {(at: number) => number} x @param {string} colour @param {number} scale
 */
function track(context, run, y, step, x, colour, scale) {
  const last = Math.max(0, run.length - 1);
  const played = Math.min(step, last);
  context.strokeStyle = colour;
  context.globalAlpha = 0.6;
  stroke(context, x(played), x(last), y, 1 * scale);
  context.globalAlpha = 1;
  stroke(context, x(0), x(played), y, 3 * scale);
  if (!run.end) return;
  context.lineWidth = 1.6 * scale;
  context.beginPath();
  if (run.end.stop_reason === "diverged") cross(context, x(last), y, 3.2 * scale);
  else if (run.end.stop_reason !== "max_steps") bar(context, x(last), y, 3.4 * scale);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {number} from @param {number} to @param {number} y @param {number} width */
function stroke(context, from, to, y, width) {
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to, y);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} r */
function cross(context, x, y, r) {
  context.moveTo(x - r, y - r);
  context.lineTo(x + r, y + r);
  context.moveTo(x + r, y - r);
  context.lineTo(x - r, y + r);
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} r */
function bar(context, x, y, r) {
  context.moveTo(x, y - r);
  context.lineTo(x, y + r);
}

/** @param {CanvasRenderingContext2D} context @param {(at: number) => number} x @param {number} longest @param {string} colour @param {number} y */
function bare(context, x, longest, colour, y) {
  context.strokeStyle = colour;
  stroke(context, x(0), x(longest), y, 1);
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} height @param {string} ink @param {number} scale */
function grip(context, x, height, ink, scale) {
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
