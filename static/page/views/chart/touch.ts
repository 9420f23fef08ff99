/** A hand on a chart: pressed it moves the playhead, above it it points. */

/** @param events  in pixels of the chart */
export function listen(
  root: HTMLElement,
  { onHold, onPoint = () => {}, onLeave = () => {} }: { onHold: (left: number, top: number) => void; onPoint?: (left: number, top: number) => void; onLeave?: () => void },
) {
  let held = false;

  function move(event: PointerEvent) {
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
