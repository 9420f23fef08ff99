/** One animation frame does all drawing: whoever changed something asks for it, and it comes once. */

/**
 * @param {() => boolean} draw  returns whether it wants to be called again in the next frame
 * @param {(act: () => void) => number} [request]
 * @returns {{invalidate: () => void}}
 */
export function createFrame(draw, request = (act) => requestAnimationFrame(act)) {
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
