/**
 * The parts of a step: the part kept of the steps before and the part added by the gradient, head to tail; or the
 * gradient whose parts are divided by a size each (`rescaledStep.ts`). They are drawn to scale on the map, and enlarged
 * in an inset with the terms of the rule. For a step of kept and added parts the inset is about the step that the scene
 * declares or, once the playhead has been moved to another row, about the step from there. While an explanation is open
 * there are none, except beside the working and *Why*, which are of a step too.
 */

import { dot, type Mark, runInk } from "../../../marks/mark.ts";
import { screenX, screenY } from "../../../marks/scales.ts";
import { type Box, inside } from "../../../math/box.ts";
import { memo } from "../../../reads.ts";
import { isEnlarged } from "../../../state/evidence.ts";
import { awaitsSelection } from "../../../state/evidenceValues.ts";
import { stepFrom } from "../../../state/stepParts.ts";
import type { Scene } from "../../../state/types.ts";
import type { LayerDrawing, MapDrawing, MapMoment, MapStanding } from "../moment.ts";
import { haloed } from "../style.ts";
import { HEAD, plus, stepArrow } from "./arrow.ts";
import { type Enlarged, insetMarks, RING, type StepOnMap } from "./inset.ts";
import { arrowsOf, offKept, stepMarks, waysOf } from "./layout.ts";
import { insetsAgain, placeInsets } from "./placing.ts";

/** @returns the declared steps: those that await the selection of their run, once it is selected, else the others */
function declaredSteps({ expected, selected, enlargesSteps }: Scene): Enlarged[] {
  if (!enlargesSteps) return [];
  const drawn = expected.filter(isEnlarged).filter((item) => !awaitsSelection(item, selected));
  const ofSelected = drawn.filter((item) => "on_selection" in item && item.on_selection);
  return ofSelected.length ? ofSelected : drawn;
}

const partsFrom = (row: number, of: Enlarged, { wholeRuns }: Scene): Enlarged =>
  of.kind === "rescaled" ? of : stepFrom(row, of, wholeRuns);

/** @param row  null: as they are declared @returns the steps that begin on the map, of runs that show */
const stepsAt = (row: number | null, { scene, area }: MapDrawing): StepOnMap[] =>
  declaredSteps(scene)
    .map((declared): StepOnMap => {
      const of = row === null ? declared : partsFrom(row, declared, scene);
      return { of, declared, at: [screenX(area, of.at[0]), screenY(area, of.at[1])] };
    })
    .filter(({ of, at }) => inside(area.box, ...at) && !scene.wholeRuns[of.run]?.hidden);

/** The step in pixels of the map, below which its parts are told apart in its inset alone. */
const PARTED = 40;

/** The parts to scale, on the map. */
function onMap({ of, at }: StepOnMap, { area, look, scene }: MapDrawing): Mark[] {
  const [{ slot }, scale] = [scene.runs[of.run], look.scale * 0.8];
  if (of.kind === "step") {
    const ways = waysOf(of, area);
    const isShort = Math.hypot(...ways[2]) < PARTED * look.scale;
    // Parts that lie on the step are told apart in the inset alone, where they stand beside each other.
    const isOnKept = Math.hypot(...of.kept) > 0 && Math.abs(offKept(ways)) < HEAD * look.scale;
    return stepMarks(arrowsOf(ways, at, 1, 0), slot, scale, isShort || isOnKept ? [2] : undefined);
  }
  return stepArrow(at, plus(at, [of.moved[0] * area.kx, -of.moved[1] * area.ky]), scale, runInk(slot), false);
}

export default function createEnlarged() {
  /** Insets of the declared steps, which do not move with the playhead. */
  const declaredInsets = memo((standing: MapStanding) => placeInsets(stepsAt(null, standing), standing));
  const shownAt = memo(({ row, standing }: { row: number; standing: MapStanding }) => {
    const steps = stepsAt(row, standing);
    return { steps, insets: insetsAgain(steps, declaredInsets(standing), standing) };
  }, "standing");

  return {
    covers: (standing: MapStanding, row: number): Box[] => shownAt({ row, standing }).insets.map(({ box }) => box),
    draw(moment: MapMoment): LayerDrawing {
      const { steps, insets: placed } = shownAt({ row: Math.floor(moment.playhead.step), standing: moment });
      // A box is flat: on the raised ground it would lie anywhere, and be cut off.
      // Nor does one stand with the directions of the curvature, which are of the step, too.
      const hides = moment.playhead.tilted || moment.playhead.principal?.directions.length;
      const insets = hides ? [] : placed;
      return {
        over: [
          ...steps.flatMap((step) => [...onMap(step, moment), dot(step.at, RING, haloed(1.6))]),
          ...insets.map((inset) => insetMarks(inset, moment)),
        ],
        taken: insets.map(({ box }) => box),
      };
    },
  };
}
