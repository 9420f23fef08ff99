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
  const input = event.currentTarget as HTMLInputElement;
  if (!hasModifier(event)) return false;
  if (TAKEN.test(event.key)) {
    input.disabled = true;
    setTimeout(() => {
      input.disabled = false;
    });
  }
  return true;
}
