/**
 * Handles a pointer on a slider. A mouse moves the cursor at once. A finger may be scrolling the page, so it has to
 * move sideways first, or tap; a touch that turns into scrolling restores the value.
 */

import { listenToHold } from "../dom.ts";

/** Pixels that a finger moves before its direction counts. */
const SLACK = 8;

interface SliderPointer<T> {
  /** the value that is set */
  value: () => T;
  /** moves the cursor to the pointer */
  setAt: (clientX: number) => void;
  /** restores the value from before */
  giveBack: (value: T) => void;
  /** the pointer was released */
  onRelease?: () => void;
  focus: () => void;
}

export function listenToSlider<T>(
  root: HTMLElement,
  { value, setAt, giveBack, onRelease = () => {}, focus }: SliderPointer<T>,
) {
  listenToHold(root, {
    begin({ clientX, clientY, pointerType }) {
      const hold = { x: clientX, y: clientY, before: value(), dragging: pointerType === "mouse" };
      if (hold.dragging) {
        focus();
        setAt(clientX);
      }
      return hold;
    },
    move(hold, { clientX, clientY }) {
      const [across, down] = [Math.abs(clientX - hold.x), Math.abs(clientY - hold.y)];
      hold.dragging ||= across > SLACK && across > down;
      if (hold.dragging) setAt(clientX);
    },
    end({ dragging, before }, _, taken) {
      if (!dragging) return;
      if (taken) giveBack(before);
      onRelease();
    },
  });

  /** Handles a tap. A click follows a tap only, not a touch that stops the page from scrolling. */
  function tap(event: MouseEvent) {
    if ((event as PointerEvent).pointerType !== "touch") return;
    focus();
    setAt(event.clientX);
    onRelease();
  }

  // A press beside the input would take its focus away.
  root.addEventListener("mousedown", (event) => event.preventDefault());
  root.addEventListener("click", tap);
}
