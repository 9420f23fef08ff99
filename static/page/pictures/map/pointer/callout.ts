/** The values beside a row of a run that is pointed at. */
import { h } from "../../../dom.ts";
import { createOccupancy } from "../../../marks/occupancy.ts";
import { movedInto } from "../../../math/box.ts";
import { formatMeasured, withoutRounding } from "../../../math/format.ts";
import { gradientAt } from "../../../state/columns.ts";
import type { Hit, Problem, Run } from "../../../state/types.ts";
import { endReasonWords } from "../../../words/divergence.ts";
import type { MapLayout } from "../moment.ts";
import type { curveStep } from "../steps/onCurve.ts";

/** Pixels from the pointer to the values. */
const GAP = 14;

type CalloutProblem = Pick<Problem, "parameters" | "gradient_source">;

/** @returns names and values */
export function calloutRows(
  { columns, length, end }: Run,
  step: number,
  { parameters, gradient_source: source }: CalloutProblem,
): [string, string][] {
  const place = withoutRounding(parameters.map((_, k) => columns.parameters[k][step]));
  const rows: [string, string][] = parameters.map((name, k) => [name, formatMeasured(place[k], 4)]);
  rows.push(["loss", formatMeasured(columns.loss[step], 4)]);
  const gradient = end?.recorded ? null : gradientAt(columns, step, length);
  const size = gradient ? Math.hypot(...gradient) : NaN;
  if (Number.isFinite(size)) rows.push(["|gradient|", `${formatMeasured(size, 4)}${source ? `, by ${source}` : ""}`]);
  if (end && step === length - 1) rows.push(["ends", endReasonWords(end)]);
  return rows;
}

/** @param next  the result of its step; null: it is not given */
function fill(callout: HTMLElement, run: Run, step: number, problem: CalloutProblem, next: string | null) {
  const rows = [...calloutRows(run, step, problem), ...(next === null ? [] : [["step", next]])].flatMap(
    ([name, value]) => [h("dt", {}, name), h("dd", {}, value)],
  );
  callout.replaceChildren(
    h("p", { class: "map-callout-title" }, `${run.name}, step ${step}`),
    h("dl", { class: "map-callout-values" }, ...rows),
  );
}

/** Places it beside a point, where there is room. */
function placeAt(callout: HTMLElement, x: number, y: number, { look: { box }, edgeBoxes }: MapLayout) {
  const [width, height] = [callout.offsetWidth, callout.offsetHeight];
  const space = createOccupancy(box);
  for (const obstacle of edgeBoxes) space.markWords(obstacle);
  const spots = [y - height - GAP, y + GAP].flatMap((top) =>
    [x + GAP, x - GAP - width].map((left) => {
      const beside = { left, top, width, height };
      return { box: { ...beside, top: movedInto(beside, box).top }, cost: 0 };
    }),
  );
  const { left, top } = (space.place(spots) ?? spots[0]).box;
  callout.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

/** @returns shows it at a row, with the result of its step on a curve; null: it is hidden */
export function createCallout(element: HTMLElement) {
  let lastHit: Hit | null = null;
  return (layout: MapLayout, hit: Hit | null, stepOnCurve?: typeof curveStep) => {
    const trace = hit && layout.traces.find(({ index }) => index === hit.run);
    element.hidden = !trace;
    if (trace && hit !== lastHit) {
      const next = stepOnCurve?.result(layout, hit.run, hit.step) ?? null;
      fill(element, trace.run, hit.step, layout.scene.problem, next);
      placeAt(element, trace.xs[hit.step], trace.ys[hit.step], layout);
    }
    lastHit = hit;
  };
}
