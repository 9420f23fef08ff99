/** One animation frame does all drawing: whoever changed something asks for it, and it comes once. */

/** @param draw  returns whether it wants to be called again in the next frame */
export function createAnimation(draw: () => boolean): { invalidate: () => void; destroy: () => void } {
  let asked = 0;
  let over = false;

  function invalidate() {
    if (asked || over) return;
    asked = requestAnimationFrame(() => {
      asked = 0;
      if (draw()) invalidate();
    });
  }

  return {
    invalidate,
    destroy() {
      over = true;
      cancelAnimationFrame(asked);
    },
  };
}
