/**
 * Handles a pointer on a slider. A mouse moves the cursor at once. A finger may be scrolling the page, so it has to
 * move sideways first, or tap; a touch that turns into scrolling restores the value.
 */

/** Pixels that a finger moves before its direction counts. */
const SLACK = 8;

interface SliderPointer {
  /** the value that is set */
  value: () => number | null;
  /** moves the cursor to the pointer */
  put: (clientX: number) => void;
  /** restores the value from before */
  giveBack: (value: number) => void;
  /** the pointer was released */
  onRelease?: () => void;
  focus: () => void;
}

export function listenToSlider(
  root: HTMLElement,
  { value, put, giveBack, onRelease = () => {}, focus }: SliderPointer,
) {
  let held: { x: number; y: number; before: number | null; moving: boolean } | null = null;

  function begin(event: PointerEvent) {
    if (event.button !== 0 || !event.isPrimary) return;
    const mouse = event.pointerType === "mouse";
    held = { x: event.clientX, y: event.clientY, before: value(), moving: mouse };
    root.setPointerCapture(event.pointerId);
    if (!mouse) return;
    focus();
    put(event.clientX);
  }

  function move({ clientX, clientY }: PointerEvent) {
    if (!held) return;
    const [across, down] = [Math.abs(clientX - held.x), Math.abs(clientY - held.y)];
    held.moving ||= across > SLACK && across > down;
    if (held.moving) put(clientX);
  }

  function end() {
    if (held?.moving) onRelease();
    held = null;
  }

  function cancel() {
    if (held?.moving && held.before !== null) giveBack(held.before);
    end();
  }

  /** Handles a tap. A click follows a tap only, not a touch that stops the page from scrolling. */
  function tap(event: MouseEvent) {
    if ((event as PointerEvent).pointerType !== "touch") return;
    focus();
    put(event.clientX);
    onRelease();
  }

  // A press beside the input would take its focus away.
  root.addEventListener("mousedown", (event) => event.preventDefault());
  root.addEventListener("pointerdown", begin);
  root.addEventListener("pointermove", move);
  root.addEventListener("pointerup", end);
  root.addEventListener("pointercancel", cancel);
  root.addEventListener("click", tap);
}
