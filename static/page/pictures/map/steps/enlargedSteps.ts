/**
 * The parts of a step: the part kept of the steps before and the part added by the gradient, head to tail; or the
 * gradient whose parts are divided by a size each (`rescaled.ts`). They are drawn to scale on the map, and enlarged
 * in an inset with the terms of the rule. For a step of kept and added parts the inset is about the step that the scene
 * declares or, once the playhead has been moved to another row, about the step from there. While an explanation is open
 * there are none, except beside the working and *Why*, which are of a step too. On a narrow map one is drawn at a time.
 */

import { dot } from "../../../marks/mark.ts";
import { type Box, boxAround, isInside } from "../../../math/box.ts";
import { memo } from "../../../memo.ts";
import { isEnlargedStep } from "../../../state/evidence.ts";
import { stepFrom } from "../../../state/keptAndAdded.ts";
import type { EnlargedStep, StillScene } from "../../../state/types.ts";
import type { Layer, LayerDrawing, MapLayout, MapMoment, StillMap } from "../moment.ts";
import { haloOutline } from "../style.ts";
import { type StepOnMap, stepOnMap } from "./enlarged.ts";
import { insetMarks, RING } from "./inset.ts";
import { insetsAgain, placeInsets } from "./placing.ts";

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

/** @returns one of kept and added parts from a row on, as its rule does alike at each; another is of its own row */
const evidenceFrom = (row: number, evidence: EnlargedStep, { wholeRuns }: StillScene): EnlargedStep =>
  evidence.kind === "step" ? stepFrom(row, evidence, wholeRuns) : evidence;

/** Whether a step has two parts: the first has nothing to keep yet. */
const hasParts = (evidence: EnlargedStep) => evidence.kind !== "step" || Math.hypot(...evidence.kept) > 0;

/** @param row  null: as they are declared @returns the steps that begin on the map */
const stepsAt = (row: number | null, layout: MapLayout): StepOnMap[] =>
  declaredSteps(layout)
    .flatMap((declared) => {
      const evidence = row === null ? declared : evidenceFrom(row, declared, layout.scene);
      return hasParts(evidence) ? [stepOnMap(evidence, declared, layout)] : [];
    })
    .filter(({ at }) => isInside(layout.area.box, ...at));

export function createEnlarged() {
  /** Insets of the declared steps, which do not move with the playhead. */
  const declaredInsets = memo((stillMap: StillMap) => placeInsets(stepsAt(null, stillMap), stillMap));
  const shownAt = memo((row: number, stillMap: StillMap) => {
    const steps = stepsAt(row, stillMap);
    return { steps, insets: insetsAgain(steps, declaredInsets(stillMap), stillMap) };
  });

  return {
    /** The rings of the declared steps. */
    fixedObstacles: (ground: MapLayout) =>
      stepsAt(null, ground).map(({ at }) => ({ box: boxAround(...at, RING * ground.look.scale) })),
    /** The insets, and the rings, beside which words would read as theirs. */
    groundObstacles(stillMap: StillMap, row: number): Box[] {
      const { steps, insets } = shownAt(row, stillMap);
      return [
        ...insets.map(({ box }) => box),
        ...steps.map(({ at }) => boxAround(...at, 2 * RING * stillMap.look.scale)),
      ];
    },
    draw({ stillMap, playhead }: MapMoment): LayerDrawing {
      const { steps, insets: placed } = shownAt(Math.floor(playhead.step), stillMap);
      // A box is flat: on the raised ground it would lie anywhere, and be cut off.
      // Nor does one stand with the directions of the curvature, which are of the step, too.
      const hides = playhead.tilted || playhead.principal?.directions.length;
      const insets = hides ? [] : placed;
      return {
        over: [
          ...steps.flatMap(({ onMap, at }) => [...onMap, dot(at, RING, haloOutline(1.6))]),
          ...insets.map((inset) => insetMarks(inset, stillMap)),
        ],
        obstacles: insets.map(({ box }) => box),
      };
    },
  } satisfies Layer;
}
