/**
 * One step on the curve of a problem of one parameter: the tangent at the run's place, the step as an arrow along the
 * axis, and the place on the curve where it lands. Ticks below mark the steps before.
 */

import { widthOf } from "../../../marks/look.ts";
import {
  group,
  type Ink,
  type Mark,
  type Outline,
  type Place,
  path,
  runInk,
  segment,
  verticals,
} from "../../../marks/mark.ts";
import type { Spot } from "../../../marks/occupancy.ts";
import { screenX } from "../../../marks/scales.ts";
import { type Obstacle, type WantedWords, wantedWords } from "../../../marks/wanted.ts";
import { type Box, boxAround, movedInto } from "../../../math/box.ts";
import { gradientAt } from "../../../state/columns.ts";
import { phaseOfRow } from "../../../state/phases.ts";
import type { StillScene } from "../../../state/types.ts";
import { type CurveStepFacts, curveStepWords } from "../../../words/curveStep.ts";
import type { LayerDrawing, MapLayout, MapMoment, StillMap } from "../moment.ts";
import type { Trace } from "../paths/trace.ts";
import { headMark, LABEL_TYPE, labelAt, labelBeside, type MapLook, sizeOfWords } from "../style.ts";

/** Half the length of the tangent, in pixels. */
const HALF = 84;
/** Pixels from the foot of the frame to the arrow; more where the numbers of the axis are inside. */
const UP = { outside: 15, inside: 33 };
/** An arrow shorter than this has a smaller head. */
const HEAD = 11;
/** Opacity of the other marks while one is pointed at. */
const BEHIND = 0.3;

/** A step from a row: in pixels, and in numbers. */
interface Step {
  trace: Trace;
  row: number;
  at: Place;
  /** the ends of the tangent, the upper one first */
  tangent: [Place, Place] | null;
  /** along the axis; null: the row is the last one, or what follows is hidden */
  arrow: { from: number; to: number; y: number } | null;
  landing: Place | null;
  facts: CurveStepFacts;
}

/** The run whose step is shown: the chosen one, that of the question, or the only one. */
const shownTrace = ({ scene, traces, axes }: MapLayout) =>
  !axes.curve
    ? undefined
    : (traces.find(({ index }) => index === (scene.selected ?? scene.runOfQuestion)) ??
      (traces.length === 1 ? traces[0] : undefined));

const levelOf = ({ box, scale, compact }: MapLook) => box.top + box.height - (compact ? UP.inside : UP.outside) * scale;

/** Once the run has started its next step is not hidden, as its rule determines it. */
const isHidden = ({ hasHiddenRows }: StillScene, step: number) => hasHiddenRows && step === 0;

export function stepAt(layout: MapLayout, trace: Trace, row: number, hidden: boolean): Step | null {
  const { scene, area, look } = layout;
  const { columns, length, name, phases } = trace.run;
  if (row >= length) return null;
  const [x, loss] = [columns.parameters[0][row], columns.loss[row]];
  const at: Place = [trace.xs[row], trace.ys[row]];
  const gradient = gradientAt(columns, row, length)?.[0] ?? null;
  const phase = phaseOfRow(phases, row);
  const next = row + 1 < length && !hidden ? { x: columns.parameters[0][row + 1], loss: columns.loss[row + 1] } : null;
  const facts: CurveStepFacts = { name, parameter: scene.problem.parameters[0], x, loss, gradient, next, ...phase };
  const arrow = next && { from: at[0], to: screenX(area, next.x), y: levelOf(look) };
  return {
    trace,
    row,
    at,
    tangent: gradient === null ? null : tangentAt(at, gradient, layout),
    arrow,
    landing: next && [trace.xs[row + 1], trace.ys[row + 1]],
    facts,
  };
}

function tangentAt([x, y]: Place, gradient: number, { area, look: { scale } }: MapLayout): [Place, Place] {
  const [dx, dy] = [area.kx, -gradient * area.ky];
  const half = (HALF * scale) / Math.hypot(dx, dy);
  const [before, after]: Place[] = [-half, half].map((by) => [x + dx * by, y + dy * by]);
  return dy > 0 ? [before, after] : [after, before];
}

function stepOnCurve({ stillMap, playhead }: MapMoment): Step | null {
  const { scene, traces, axes } = stillMap;
  const { hovered, step } = playhead;
  const pointed =
    axes.curve && hovered?.onMap && !scene.hasHiddenRows
      ? traces.find(({ index }) => index === hovered.run)
      : undefined;
  if (pointed && hovered)
    return stepAt(stillMap, pointed, Math.min(hovered.step, pointed.length - 1), isHidden(scene, step));
  return stepOfChosen(stillMap, step);
}

/** The step of the chosen run at the playhead, if nothing is pointed at. */
function stepOfChosen(layout: MapLayout, step: number): Step | null {
  const trace = shownTrace(layout);
  if (!trace) return null;
  return stepAt(layout, trace, Math.min(Math.floor(step), trace.length - 1), isHidden(layout.scene, step));
}

const TANGENT = { size: 13, weight: 600 };

/** The cost of words beside the middle of an arrow, in squares for each width of the words. */
const A_WIDTH = 60;

/** Nominal pixels from the vertical lines of a step to words beside them. */
const ASIDE = 7;

/**
 * Spots for the words of a step: above the middle of its arrow, or a little to either side; beside the vertical lines
 * of a short one, which would strike them out.
 */
function arrowSpots({ look }: MapLayout, { from, to, y }: NonNullable<Step["arrow"]>, text: string): Spot[] {
  const { box, scale } = look;
  const [width, height] = sizeOfWords(look, text, LABEL_TYPE);
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const middle = (Math.max(box.left, low) + Math.min(box.left + box.width, high)) / 2;
  const spotAt = (left: number, cost: number): Spot => ({
    box: movedInto({ left, top: y - 9 * scale - height, width, height }, box),
    cost,
  });
  const beside = [high + ASIDE * scale, low - ASIDE * scale - width]
    .map((left) => spotAt(left, 0))
    .filter((spot) => spot.box.left > high || spot.box.left + width < low);
  if (high - low < HEAD * scale && beside.length) return beside;
  return [0, -0.25, 0.25, -0.5, 0.5].map((off) => spotAt(middle + (off - 0.5) * width, A_WIDTH * Math.abs(off)));
}

/** Words of the arrow; they may cover the vertical lines of a long one. */
function arrowWords(stillMap: StillMap, arrow: NonNullable<Step["arrow"]>, facts: CurveStepFacts): WantedWords[] {
  const { look, space } = stillMap;
  const wide = curveStepWords.step(facts, true);
  const text = widthOf(look, wide, LABEL_TYPE) < 0.55 * look.box.width ? wide : curveStepWords.step(facts, false);
  const spot = space.over().place(arrowSpots(stillMap, arrow, text));
  return spot ? [wantedWords([spot], () => labelAt(spot, look.box, text, LABEL_TYPE))] : [];
}

/** Relative differences of a place on the curve below this are rounding. */
const SAME = 1e-9;
const same = (value: number, other: number) => Math.abs(value - other) <= SAME * Math.abs(other);

/** @returns which of the step's words the scene shows already as evidence */
function shownBy({ shownEvidence }: StillScene, facts: CurveStepFacts) {
  const { x, loss, next } = facts;
  const lines = shownEvidence.flatMap((item) =>
    item.kind === "line" && same(item.points[0][0], x) && same(item.points[0][1], loss) ? [item] : [],
  );
  const words = curveStepWords.gradient(facts);
  return {
    gradient: lines.some(({ text }) => text === words),
    step: next !== null && lines.some(({ shape, points: [, to] }) => shape === "arrow" && same(to[0], next.x)),
  };
}

/** @returns the upper end of a tangent, or how far of the way to it is in the frame */
export function upperEnd(at: Place, [upper]: [Place, Place], box: Box): Place {
  const share = ([0, 1] as const).map((axis) => {
    const [first, length] = axis ? [box.top, box.height] : [box.left, box.width];
    const bound = upper[axis] < at[axis] ? first : first + length;
    return upper[axis] === at[axis] ? 1 : (bound - at[axis]) / (upper[axis] - at[axis]);
  });
  const reach = Math.max(0, Math.min(1, ...share));
  return [at[0] + reach * (upper[0] - at[0]), at[1] + reach * (upper[1] - at[1])];
}

/** The words of a step; those of the gradient stand at the upper end of the tangent, or have a leader to it. */
function stepWords(stillMap: StillMap, { at, tangent, arrow, facts }: Step): WantedWords[] {
  const elsewhere = shownBy(stillMap.scene, facts);
  const gradient = tangent && facts.gradient !== null && !elsewhere.gradient ? curveStepWords.gradient(facts) : null;
  return [
    ...(arrow && !elsewhere.step ? arrowWords(stillMap, arrow, facts) : []),
    ...(tangent && gradient !== null
      ? [labelBeside(stillMap.look, upperEnd(at, tangent, stillMap.look.box), 7, gradient, TANGENT)]
      : []),
  ];
}

/** The lines and boxes that words avoid. */
function stepTaken({ look: { box, scale } }: MapLayout, { at, tangent, landing }: Step): Obstacle[] {
  const places = landing ? [at, landing] : [at];
  return [
    ...places.flatMap(([x, y]): Obstacle[] => [[x, y, x, box.top + box.height], boxAround(x, y, 7 * scale)]),
    ...(tangent ? [[...tangent[0], ...tangent[1]] as Obstacle] : []),
  ];
}

/** @param width  of a line in its casing */
const cased = (stroke: Ink, width: number): Outline => ({
  stroke,
  width,
  round: true,
  casing: { stroke: "casing", width: width + 2.6 },
});

/** Ticks at the places of the run along the axis, once it is at another one than its start. */
function ticks(look: MapLook, { trace, row }: Step): Mark {
  const [y, up] = [levelOf(look), 5 * look.scale];
  const taken = Array.from({ length: row + 1 }, (_, k) => k).filter((k) => trace.visible[k]);
  const rows = taken.some((k) => Math.abs(trace.xs[k] - trace.xs[0]) >= 1) ? taken : [];
  const all = rows.map((k) => [trace.xs[k], y - up, y + up] as const);
  return verticals(all, cased(runInk(trace.run.slot), 1.1));
}

function arrowMarks({ box, scale }: MapLook, { from, to, y }: NonNullable<Step["arrow"]>, ink: Ink): Mark[] {
  const end = Math.max(box.left, Math.min(box.left + box.width, to));
  const [way, length] = [Math.sign(end - from) || 1, Math.abs(end - from)];
  const head = Math.min(HEAD * scale, length);
  const foot = end - way * head;
  const tip: Place[] = [
    [end, y],
    [foot, y - 0.55 * head],
    [foot, y + 0.55 * head],
  ];
  return [
    ...(length > head ? [segment([from, y], [foot, y], { ...cased(ink, 3), of: "w" })] : []),
    path(tip, { closed: true, fill: ink, casing: { stroke: "casing", width: 3 }, of: "w" }),
  ];
}

/** Vertical lines at the place of the run and at the place where it lands. */
function plumbs({ at, arrow, landing }: Step): Mark[] {
  if (!arrow) return [];
  const style = { stroke: "ink2", width: 1.2, dash: [3, 4] } as const;
  const landsElsewhere = landing && Math.abs(arrow.to - arrow.from) > 4;
  const feet: [Place, Place][] = [[at, [arrow.from, arrow.y]]];
  if (landsElsewhere) feet.push([landing, [arrow.to, arrow.y]]);
  return feet.map((foot) => segment(...foot, style));
}

function draw(moment: MapMoment): LayerDrawing {
  const { stillMap, playhead } = moment;
  const { look } = stillMap;
  const drawnStep = stepOnCurve(moment);
  if (!drawnStep) return {};
  const { trace, tangent, landing, arrow } = drawnStep;
  const { slot } = trace.run;
  const pointed = playhead.highlighted === "g" || playhead.highlighted === "w" ? playhead.highlighted : null;
  const unlessPointed = (part: string, marks: Mark[]) =>
    group(marks, { opacity: pointed && pointed !== part ? BEHIND : 1 });
  // Numbers that change in every frame are hidden from screen readers.
  const words = stepWords(stillMap, drawnStep).map((label) =>
    Number.isInteger(playhead.step) ? label : { ...label, marks: () => [] },
  );
  const lands = landing ? [headMark(landing, slot, { stopped: true, selected: false, radius: 5 })] : [];
  const marks = [
    ticks(look, drawnStep),
    unlessPointed("w", plumbs(drawnStep)),
    unlessPointed("g", tangent ? [path(tangent, { ...cased("ink", pointed === "g" ? 2.8 : 1.8), of: "g" })] : []),
    unlessPointed("w", [...lands, ...(arrow ? arrowMarks(look, arrow, runInk(slot)) : [])]),
  ];
  return { on: [group(marks, { clip: look.box }), ...words], obstacles: stepTaken(stillMap, drawnStep) };
}

/** The words of a step at a row, and what other words avoid. */
function wordsAt(stillMap: StillMap, row: number): { words: WantedWords[]; obstacles: Obstacle[] } {
  const drawnStep = stepOfChosen(stillMap, row);
  return drawnStep
    ? { words: stepWords(stillMap, drawnStep), obstacles: stepTaken(stillMap, drawnStep) }
    : { words: [], obstacles: [] };
}

/** The place of the run and of its next step, for screen readers. */
function sentence(layout: MapLayout, step: number): string {
  const drawnStep = stepOfChosen(layout, step);
  return drawnStep ? curveStepWords.sentence(drawnStep.facts) : "";
}

/** The result of a step at a row, for the callout. */
function stepResult(layout: MapLayout, index: number, row: number): string | null {
  const trace = layout.traces.find((candidate) => candidate.index === index);
  const facts = layout.axes.curve && trace ? stepAt(layout, trace, row, false)?.facts : null;
  return facts?.next ? curveStepWords.change(facts) : null;
}

export const curveStep = { draw, wordsAt, sentence, result: stepResult };
