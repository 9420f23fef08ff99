/** The observer of sizes, of which a page has one: the same for all tests, which run in one process. */
export const observed: Set<unknown> = new Set();

let act = (_: { target: object }[]) => {};

/** @param targets  what has another size */
export const reportSizes = (...targets: object[]) => act(targets.map((target) => ({ target })));

class Observer {
  constructor(listener: typeof act) {
    act = listener;
  }
  observe = (part: unknown) => observed.add(part);
  unobserve = (part: unknown) => observed.delete(part);
}

Object.assign(globalThis, { ResizeObserver: Observer });
