/** Which of the minima are told whole: that which is pointed at, and all while the keys are on the ground. */

import { listenOn } from "../../dom.ts";
import { type Sink, sinkUnder, type Told } from "./minima.ts";
import type { MapPorts } from "./pointer.ts";

/** @param sinks  in sight @returns told of those in sight */
export function createPointedMinima(
  root: HTMLElement,
  ground: HTMLElement,
  { invalidate, ended }: MapPorts,
  sinks: () => Sink[],
): (sinks: Sink[]) => Told {
  /** -1: none */
  let pointed = -1;
  let keyed = false;

  function tell(next: number, byKeys: boolean) {
    if (next === pointed && byKeys === keyed) return;
    [pointed, keyed] = [next, byKeys];
    invalidate();
  }

  // Wherever the pointer is: the handle of the start may lie over a minimum.
  const on = listenOn(root, ended);
  on("pointermove", ({ clientX, clientY }) => {
    const { left, top } = root.getBoundingClientRect();
    tell(sinkUnder(sinks(), clientX - left, clientY - top), keyed);
  });
  on("pointerleave", () => tell(-1, keyed));
  ground.addEventListener("focus", () => tell(pointed, ground.matches(":focus-visible")));
  ground.addEventListener("blur", () => tell(pointed, false));

  return (sinks) => (keyed ? [...sinks.keys()] : sinks[pointed] ? [pointed] : []);
}
