/** The space for words on the map. */
import { createOccupancy, type Line, type Occupancy, SPARED } from "../../../marks/occupancy.ts";
import { screenPlace, screenX, screenY } from "../../../marks/scales.ts";
import { boxAround } from "../../../math/box.ts";
import type { EvidenceOf } from "../../../state/types.ts";
import { unbrokenParts } from "../ground/profile.ts";
import { startBox, startOn } from "../ground/start.ts";
import type { MapLayout, StillMap } from "../moment.ts";
import { numberBoxes } from "../paths/ticks.ts";
import { markRoute, type Trace } from "../paths/trace.ts";
import { withoutNumbers } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";

/** Pixels between words and the edges at the left and right. */
const EDGE = 4;
/** Nominal pixels of a number that is read off at the left edge: with what is before it, and its height. */
const READ_OFF = [76, 20] as const;

/** The lines of a shape of evidence. */
const linesOf = ({ points }: EvidenceOf<"line">, area: VisibleArea): Line[] => {
  const places = points.map(([x, y]) => screenPlace(area, x, y));
  return places.slice(1).map((place, k) => [...places[k], ...place]);
};

/** The open lines of evidence and those to numbers at the edges, which words keep off as off routes. */
const openLines = ({ scene: { shownEvidence }, area, look: { box } }: MapLayout): Line[] =>
  shownEvidence.flatMap((item): Line[] => {
    if (item.kind === "line") return item.shape === "outline" || item.shape === "ring" ? [] : linesOf(item, area);
    if (item.kind !== "read_off") return [];
    const [x, y] = [screenX(area, item.at[0]), screenY(area, item.at[1])];
    const ways: Line[] = [
      [x, y, x, box.top + box.height],
      [x, y, box.left, y],
    ];
    return ways.filter((_, parameter) => item.texts[parameter]);
  });

/** The space without any words: routes, a curve, the start, the boxes at the edge, numbers on the ground. */
export function bareSpace(layout: MapLayout, traces: Trace[] = layout.traces): Occupancy {
  const { scene, area, look, edgeBoxes } = layout;
  const { landscape } = scene;
  const { box, scale: s, compact } = look;
  const space = createOccupancy(box);
  for (const obstacle of edgeBoxes) space.markWords(obstacle);
  for (const left of [box.left, box.left + box.width - EDGE]) space.markBox({ ...box, left, width: EDGE });
  if (compact) {
    const { left, height } = withoutNumbers(look);
    space.markBox({ ...box, width: left - box.left });
    space.markBox({ ...box, top: box.top + height, height: box.height - height });
  }
  const [reach, high] = READ_OFF;
  for (const item of scene.shownEvidence)
    if (item.kind === "read_off" && item.texts[1])
      space.markWords({ ...box, top: screenY(area, item.at[1]) - (high / 2) * s, width: reach * s, height: high * s });
  for (const line of openLines(layout)) space.markSegment(...line);
  // Words stand inside an outline or outside, not across it.
  for (const item of scene.shownEvidence)
    if (item.kind === "line" && item.shape === "outline")
      for (const line of linesOf({ ...item, points: [...item.points, item.points[0]] }, area)) space.markLine(line);
  for (const trace of traces) markRoute(space, trace);
  const [x, y] = startOn(layout);
  space.markBox(boxAround(x, y, 10 * s));
  for (const points of landscape && !landscape.y ? unbrokenParts(landscape, area) : [])
    for (const [px, py] of points) space.markPoint(px, py);
  return space;
}

type Spaces = Pick<StillMap, "space" | "spaceAtStart">;
type WithoutSpaces = Omit<StillMap, keyof Spaces>;

/** The space that words leave: those of minima yield, their letters do not; and what stands of layers, and routes. */
function spaceOf(ground: WithoutSpaces, traces: Trace[]): Occupancy {
  const { scene, look, content, labels, minimumLabels, layers } = ground;
  const space = bareSpace(ground, traces);
  const start = startBox(ground);
  if (start) space.take({ box: start, cost: 0 });
  for (const { x, y, box, letters } of minimumLabels) {
    space.markBox(boxAround(x, y, 7 * look.scale));
    space.markWords(box, SPARED);
    for (const letter of letters.slice(0, 1)) space.take(letter);
  }
  for (const { parts } of labels) for (const part of parts) space.markBox(part);
  const chosen = traces.find(({ index }) => index === scene.selected);
  const numbers = chosen
    ? numberBoxes({ ...content, look, focus: scene.selected, numbered: scene.selected }, chosen)
    : [];
  for (const box of numbers) space.markWords(box);
  for (const { fixedObstacles } of layers)
    for (const { box, cost } of fixedObstacles?.(ground) ?? []) space.markWords(box, cost);
  return space;
}

/** @returns with the space that words leave on it */
export const withSpaces = (ground: WithoutSpaces): StillMap => ({
  ...ground,
  space: spaceOf(ground, ground.traces),
  spaceAtStart: ground.scene.hasHiddenRows ? spaceOf(ground, []) : null,
});
