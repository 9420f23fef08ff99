/** Marks above a slider the values whose runs end in a fault of the user's code, hatched in the colour of faults. */
import { svg } from "lit-html";
import type { Sweep } from "../state/types.ts";
import { BASE, hatchPath, SHADE } from "./slider.ts";

/** @returns the spans, each halfway to the values beside it */
export function faultSpans({ values, stop_reason }: Sweep, x: (value: number) => number): [number, number][] {
  const spans: [number, number][] = [];
  const [first, last] = [x(values[0]), x(values[values.length - 1])];
  const between = (k: number) => (x(values[k - 1]) + x(values[k])) / 2;
  stop_reason.forEach((reason, k) => {
    if (reason !== "fault") return;
    const [left, right] = [k ? between(k) : first, k < values.length - 1 ? between(k + 1) : last];
    const before = spans.at(-1);
    if (before && Math.abs(before[1] - left) < 0.01) before[1] = right;
    else spans.push([left, right]);
  });
  return spans;
}

export const sliderFaults = (sweep: Sweep, x: (value: number) => number) =>
  faultSpans(sweep, x).map(
    (span) => svg`<rect class="slider-faults" x=${span[0]} y=${BASE - SHADE} width=${span[1] - span[0]}
      height=${SHADE}></rect><path class="slider-hatch is-fault" d=${hatchPath(span)}><title>a fault
      in ${sweep.fault}</title></path>`,
  );
