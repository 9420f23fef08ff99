/** The names of the runs and what the pointer does, for which the first picture of any map does not wait. */

import type { MapElements } from "./overlay.ts";
import { createCallout } from "./pointer/callout.ts";
import { pointedRow } from "./pointer/pointedRow.ts";
import { createPointerGestures } from "./pointer/pointer.ts";
import { createNames } from "./words/names.ts";

/** @param gestures  what the pointer needs */
export const createNamesAndPointer = (elements: MapElements, gestures: Parameters<typeof createPointerGestures>) => ({
  layers: { names: createNames(), pointedRow },
  callout: createCallout(elements.callout),
  gestures: createPointerGestures(...gestures),
});
