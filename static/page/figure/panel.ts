/** A panel is a template of the frame, rendered again where something that it reads of the frame is another. */
import { nothing, render } from "lit-html";
import type { Frame } from "./part.ts";

type Read = Map<PropertyKey, unknown>;

/** @param instead  what is handed out for a field without being noted */
const noting = <T extends object>(from: T, read: Read, instead: Partial<T> = {}) => new Proxy(from, {
  get(_, name) {
    if (name in instead) return Reflect.get(instead, name);
    const value = Reflect.get(from, name);
    read.set(name, value);
    return value;
  },
});

function differs(read: Read, now: object): boolean {
  for (const [name, value] of read) if (Reflect.get(now, name) !== value) return true;
  return false;
}

/** Which fields of a frame, of its state and of its scene have been read. */
export function createReads() {
  const read: Record<"frame" | "state" | "scene", Read> = { frame: new Map(), state: new Map(), scene: new Map() };
  return {
    of(frame: Frame): Frame {
      for (const fields of Object.values(read)) fields.clear();
      return noting(frame, read.frame, { state: noting(frame.state, read.state), scene: noting(frame.scene, read.scene) });
    },
    /** @returns whether any of them is another */
    changed: (frame: Frame) => differs(read.frame, frame) || differs(read.state, frame.state) || differs(read.scene, frame.scene),
  };
}

/** @param template  of nothing but the frame; whatever else it reads calls `again` when it changes */
export function createPanel(invalidate: () => void, root: HTMLElement, template: (frame: Frame) => unknown) {
  const reads = createReads();
  let due = true;
  return {
    again() {
      due = true;
      invalidate();
    },
    render(frame: Frame) {
      if (!due && !reads.changed(frame)) return;
      due = false;
      render(template(reads.of(frame)), root);
    },
    destroy: () => void render(nothing, root),
  };
}
