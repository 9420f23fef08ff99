/** Hides the views of the right column while a preset's question is open, so that the question stands there alone. */

import type { Frame, View } from "../figure/part.ts";
import { hidesAhead } from "../state/exercise.ts";

/**
 * Whether a question stands alone, also before the catalog says that one is asked. Where panels are tabs below the map,
 * what is chosen shows; so does what has been opened to explain.
 */
const asksAlone = (frame: Frame) =>
  !frame.stacked &&
  frame.state.explain.explanation === null &&
  (frame.beat === "question" || (!frame.state.catalog && hidesAhead(frame.state)));

/** @returns the view, hidden while the question of a preset is open */
export const hiddenDuringQuestion = (view: View): View => ({
  ...view,
  shows: (frame) => !asksAlone(frame) && view.shows?.(frame) !== false,
});
