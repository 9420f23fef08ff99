/** The code of the layers that few maps have, fetched once one of them is wanted (`wantsLayers`). */

import { evidence } from "./evidence/evidenceOnMap.ts";
import { guess } from "./evidence/guess.ts";
import { createAverage } from "./explanations/averagePath.ts";
import { createPrincipal } from "./explanations/principal.ts";
import { createSearchDots } from "./explanations/searchDots.ts";
import { endRings } from "./ground/endRings.ts";
import { layersOf, type WantedLayers } from "./layers.ts";
import { rowDots } from "./paths/rowDots.ts";
import { createRunsBefore } from "./paths/runsBefore.ts";
import { pointedRow } from "./pointer/pointedRow.ts";
import { createEnlarged } from "./steps/enlargedSteps.ts";
import { curveStep } from "./steps/onCurve.ts";
import { dwells } from "./words/dwells.ts";
import { createNames } from "./words/names.ts";

export { createEndsGround } from "./ground/endsGround.ts";
export { curveStep };

export const createWantedLayers = () =>
  ({
    endRings,
    search: createSearchDots(),
    before: createRunsBefore(),
    principal: createPrincipal(),
    average: createAverage(),
    evidence,
    curveStep,
    rowDots,
    guess,
    enlarged: createEnlarged(),
    dwells,
  }) satisfies WantedLayers;

/** @returns all layers, also those of any map, as a film draws them */
export const createLayers = () => layersOf({ ...createWantedLayers(), names: createNames(), pointedRow });
