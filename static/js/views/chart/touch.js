/** A hand on a chart: pressed it moves the playhead, above it it points. */

/**
 * @param {HTMLElement} root
 * @param {{onHold: (left: number, top: number) => void, onPoint?: (left: number, top: number) => void, onLeave?: () => void}} events  in pixels of the chart
 */
export function listen(root, { onHold, onPoint = () => {}, onLeave = () => {} }) {
  let held = false;

  /** @param {PointerEvent} event */
  function move(event) {
    const { left, top } = root.getBoundingClientRect();
    if (held) onHold(event.clientX - left, event.clientY - top);
    onPoint(event.clientX - left, event.clientY - top);
  }

  root.addEventListener("pointerdown", (event) => {
    held = event.button === 0;
    if (held) root.setPointerCapture(event.pointerId);
    move(event);
  });
  root.addEventListener("pointermove", move);
  for (const end of ["pointerup", "pointercancel"]) root.addEventListener(end, () => (held = false));
  root.addEventListener("pointerleave", onLeave);
}
