/**
 * The parts of a step: the part kept of the steps before and the part added by the gradient, head to tail; or the
 * gradient whose parts are divided by a size each (`rescaled.ts`). They are drawn to scale on the map, and enlarged
 * in an inset, which stays where it is. For a step of kept and added parts the inset is about the step from the row of
 * the playhead or, at the end and where that is too short, about the one that the scene declares. While an explanation
 * is open there are none, except beside the working and *Why*, which are of a step too. On a narrow map one is drawn at
 * a time.
 */

import { dot } from "../../../marks/mark.ts";
import { type Box, boxAround, isInside } from "../../../math/box.ts";
import { memo } from "../../../memo.ts";
import { isEnlargedStep } from "../../../state/evidence.ts";
import { stepFrom } from "../../../state/keptAndAdded.ts";
import type { EnlargedStep } from "../../../state/types.ts";
import type { Layer, LayerDrawing, MapLayout, MapMoment, StillMap } from "../moment.ts";
import { haloOutline } from "../style.ts";
import { type StepOnMap, stepOnMap } from "./enlarged.ts";
import { insetMarks, RING } from "./inset.ts";
import { boxesFor } from "./placing.ts";

/** A map of fewer pixels across is narrow: the boxes of two steps would cover it. */
const NARROW = 700;

/** @returns those of runs in sight; on a narrow map that of the selected run alone, else the one that is said last */
function declaredSteps({ scene, look }: MapLayout): EnlargedStep[] {
  const { wholeEvidence, shownEvidence, enlargesSteps, wholeRuns, selected } = scene;
  if (!enlargesSteps || !shownEvidence.some(isEnlargedStep)) return [];
  const steps = wholeEvidence.filter(isEnlargedStep).filter(({ run }) => !wholeRuns[run]?.hidden);
  if (look.box.width >= NARROW) return steps;
  const ofSelected = steps.filter(({ run }) => run === selected);
  return (ofSelected.length ? ofSelected : steps).slice(-1);
}

/** The declared steps that begin on the map. */
const declaredOnMap = (layout: MapLayout): StepOnMap[] =>
  declaredSteps(layout)
    .map((declared) => stepOnMap(declared, declared, layout))
    .filter(({ at }) => isInside(layout.area.box, ...at));

/** @returns a step of kept and added parts from a row on, as its rule does alike at each, else the declared one */
function stepAt(row: number, step: StepOnMap, layout: MapLayout): StepOnMap {
  const { declared } = step;
  if (declared.kind !== "step") return step;
  const evidence = stepFrom(row, declared, layout.scene.wholeRuns);
  const here = stepOnMap(evidence, declared, layout);
  // The first step has nothing to keep yet.
  return Math.hypot(...evidence.kept) > 0 && here.most > 0 && isInside(layout.area.box, ...here.at) ? here : step;
}

export function createEnlarged() {
  /** The boxes of the declared steps, which do not move with the playhead. */
  const boxes = memo((stillMap: StillMap) => boxesFor(declaredOnMap(stillMap), stillMap));
  const shownAt = memo((row: number, stillMap: StillMap) => {
    const steps = declaredOnMap(stillMap).map((step) => stepAt(row, step, stillMap));
    const insets = steps.flatMap((step) => {
      const box = boxes(stillMap).get(step.declared);
      return box ? [{ step, box }] : [];
    });
    return { steps, insets, times: Math.min(...insets.map(({ step }) => step.most)) };
  });

  return {
    /** The rings of the declared steps. */
    fixedObstacles: (ground: MapLayout) =>
      declaredOnMap(ground).map(({ at }) => ({ box: boxAround(...at, RING * ground.look.scale) })),
    /** The insets, and the rings, beside which words would read as theirs. */
    groundObstacles(stillMap: StillMap, row: number): Box[] {
      const { steps, insets } = shownAt(row, stillMap);
      return [
        ...insets.map(({ box }) => box),
        ...steps.map(({ at }) => boxAround(...at, 2 * RING * stillMap.look.scale)),
      ];
    },
    draw({ stillMap, playhead }: MapMoment): LayerDrawing {
      const { steps, insets: placed, times } = shownAt(Math.floor(playhead.step), stillMap);
      // A box is flat: on the raised ground it would lie anywhere, and be cut off.
      // Nor does one stand with the directions of the curvature, which are of the step, too.
      const hides = playhead.tilted || playhead.principal?.directions.length;
      const insets = hides ? [] : placed;
      return {
        over: [
          ...steps.flatMap(({ onMap, at }) => [...onMap, dot(at, RING, haloOutline(1.6))]),
          ...insets.map(({ step, box }) => insetMarks(step, box, times, stillMap)),
        ],
        obstacles: insets.map(({ box }) => box),
      };
    },
  } satisfies Layer;
}
