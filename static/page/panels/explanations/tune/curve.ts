/**
 * A small chart of gradients against the rate: logarithmic, shaded where at most twice the fewest gradients are needed.
 */
import { html, nothing } from "lit-html";
import type { Interval } from "../../../state/types.ts";

/** Size and padding of the chart, in its own units. */
const [WIDTH, HEIGHT, PAD] = [400, 46, 3];
const TICK = 5;

interface TunedCurve {
  /** [rate, steps]; null: never */
  curve: [number, number | null][];
  best: number | null;
  good: Interval | null;
  /** steps: from the fewest of all runs to the limit */
  steps: Interval;
  label: string;
}

const along = (value: number, [low, high]: Interval) => Math.log(value / low) / Math.log(high / low);

/** @returns lines between neighbours that both reach the loss; a dot for one without such a neighbour */
export function curvePath(curve: TunedCurve["curve"], steps: Interval): string {
  const rates: Interval = [curve[0][0], curve[curve.length - 1][0]];
  let path = "";
  let drawn = false;
  for (const [rate, count] of curve) {
    if (count !== null) {
      const x = WIDTH * along(rate, rates);
      const y = PAD + (HEIGHT - TICK - 2 * PAD) * (1 - along(Math.max(count, steps[0]), steps));
      const place = `${x.toFixed(1)} ${y.toFixed(1)}`;
      path += drawn ? `L${place}` : `M${place}h0.1`;
    }
    drawn = count !== null;
  }
  return path;
}

export function tunedCurve({ curve, best, good, steps, label }: TunedCurve) {
  const rates: Interval = [curve[0][0], curve[curve.length - 1][0]];
  const at = (rate: number) => WIDTH * along(rate, rates);
  const decades = Math.round(Math.log10(rates[1] / rates[0]));
  const ticks = Array.from({ length: decades + 1 }, (_, k) => `M${(WIDTH * k) / decades} ${HEIGHT}v${-TICK}`).join("");
  const [from, to] = good?.map(at) ?? [0, 0];
  return html`<svg class="tune-curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
    aria-label=${label}><rect
    fill="var(--hair)" x=${from} width=${Math.max(0, to - from)} y="0" height=${HEIGHT - TICK}>
    </rect><path stroke="var(--hair-2)" d=${`M0 ${HEIGHT - TICK}H${WIDTH}${ticks}`}></path><path
    stroke="var(--run)" stroke-width="2" stroke-linejoin="round" d=${curvePath(curve, steps)}></path><path
    stroke="var(--ink)" stroke-width="1.5"
    d=${best === null ? nothing : `M${at(best)} 0V${HEIGHT - TICK}`}></path></svg>`;
}
