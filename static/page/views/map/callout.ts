/** What stands beside the pointer on a route: the run, the step, and what it knew there. */

import { h } from "../../dom.ts";
import type { Box } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import { gradientAt } from "../../state/columns.ts";
import type { Run } from "../../state/types.ts";
import { endReason } from "../../words/outcome.ts";

const GAP = 14;

/**
 * @param parameters  their names
 * @returns name and value
 */
export function calloutRows({ columns, length, end }: Run, step: number, parameters: string[]): [string, string][] {
  const rows: [string, string][] = parameters.map((name, k) => [name, formatMeasured(columns.parameters[k][step], 4)]);
  rows.push(["loss", formatMeasured(columns.loss[step], 4)]);
  const gradient = gradientAt(columns, step, length);
  const size = gradient ? Math.hypot(...gradient) : NaN;
  if (Number.isFinite(size)) rows.push(["|gradient|", formatMeasured(size, 4)]);
  if (end && step === length - 1) rows.push(["ends", endReason(end)]);
  return rows;
}

/** @param next  what its step comes to, where that is told; null: it is not */
export function fillCallout(
  callout: HTMLElement,
  run: Run,
  step: number,
  parameters: string[],
  next: string | null = null,
) {
  const rows = [...calloutRows(run, step, parameters), ...(next === null ? [] : [["step", next]])].flatMap(
    ([name, value]) => [h("dt", {}, name), h("dd", {}, value)],
  );
  callout.replaceChildren(
    h("p", { class: "map-callout-title" }, `${run.name}, step ${step}`),
    h("dl", { class: "map-callout-values" }, ...rows),
  );
}

/** Beside a point, on the side where there is room. */
export function placeCallout(callout: HTMLElement, x: number, y: number, box: Box) {
  const [width, height] = [callout.offsetWidth, callout.offsetHeight];
  const right = x + GAP + width <= box.left + box.width;
  const left = right ? x + GAP : x - GAP - width;
  const top = Math.min(Math.max(y - height - GAP, box.top + 4), box.top + box.height - height - 4);
  callout.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
