/** One animation frame does all drawing: whoever changed something asks for it, and it comes once. */

/** @param draw  returns whether it wants to be called again in the next frame */
export function createFrame(
  draw: () => boolean,
  request: (act: () => void) => number = (act) => requestAnimationFrame(act),
): { invalidate: () => void } {
  let asked = false;

  function invalidate() {
    if (asked) return;
    asked = true;
    request(() => {
      asked = false;
      if (draw()) invalidate();
    });
  }

  return { invalidate };
}
