/**
 * A pointer on a slider. A mouse moves the cursor at once; a finger may be on its way down the page, so it must
 * first go sideways, or tap, and what turns into scrolling gives the value back.
 */

/** Pixels that a finger goes before it is known what it wants. */
const SLACK = 8;

interface SliderPointer {
  /** as it stands */
  value: () => number | null;
  /** the cursor where the pointer is */
  put: (clientX: number) => void;
  /** the value it had */
  giveBack: (value: number) => void;
  /** it has been let go */
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

  /** A finger that taps. A click comes only of a tap, not of a touch that has stopped the page from gliding. */
  function tap(event: MouseEvent) {
    if ((event as PointerEvent).pointerType !== "touch") return;
    focus();
    put(event.clientX);
    onRelease();
  }

  // A press beside the input would take the focus from it.
  root.addEventListener("mousedown", (event) => event.preventDefault());
  root.addEventListener("pointerdown", begin);
  root.addEventListener("pointermove", move);
  root.addEventListener("pointerup", end);
  root.addEventListener("pointercancel", cancel);
  root.addEventListener("click", tap);
}
