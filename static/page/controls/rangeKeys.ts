/** Keys on range inputs that are the browser's. */

import { hasModifier } from "../dom.ts";

/** Keys that a range input takes, with a modifier as without. */
const TAKEN = /^(Arrow|Page|Home$|End$)/;

/**
 * Leaves a key with a modifier to the browser, as Alt with an arrow, which leads back. The input would take it, and
 * only while it is disabled it does not.
 * @param event  on the input itself
 * @returns whether the key is left to the browser
 */
export function isLeftToBrowser(event: KeyboardEvent): boolean {
  if (!hasModifier(event)) return false;
  const input = event.currentTarget as HTMLInputElement;
  const { ownerDocument } = input;
  if (TAKEN.test(event.key)) {
    input.disabled = true;
    setTimeout(() => {
      input.disabled = false;
      // A frame that is drawn meanwhile takes the focus off it.
      if (ownerDocument.activeElement === ownerDocument.body) input.focus({ preventScroll: true });
    });
  }
  return true;
}
