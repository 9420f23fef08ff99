/** Creates elements. Text is added as text, never as markup. */

type Child = Node | string | null | undefined | false;

/**
 * @param attributes  `on…` adds a listener; true is an attribute without value; false, null and undefined are left out
 */
function filled<E extends Element>(node: E, attributes: Record<string, unknown>, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  for (const child of children) if (child) node.append(child);
  return node;
}

export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Record<string, unknown> = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  return filled(document.createElement(tag), attributes, children);
}

export function s<T extends keyof SVGElementTagNameMap>(
  tag: T,
  attributes: Record<string, unknown>,
  ...children: Child[]
): SVGElementTagNameMap[T] {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** @param value  false and null: the attribute is removed */
export function setAttribute(node: Element, name: string, value: string | number | boolean | null) {
  if (value === null || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value === true ? "" : String(value));
}

/** Writes words, but not the same ones again. @param node  none: nothing is written */
export function setText(node: Element | null | undefined, words: string) {
  if (node && node.textContent !== words) node.textContent = words;
}

/** @returns a function that listens to events of an element, until the signal */
export const listenOn =
  (root: HTMLElement, signal?: AbortSignal) =>
  <N extends keyof HTMLElementEventMap>(name: N, act: (event: HTMLElementEventMap[N]) => void) =>
    root.addEventListener(name, act, { signal });

/** Whether a key is pressed together with one that makes it a key of the browser. */
export const hasModifier = ({ altKey, ctrlKey, metaKey }: Pick<KeyboardEvent, "altKey" | "ctrlKey" | "metaKey">) =>
  altKey || ctrlKey || metaKey;

interface Hold<T> {
  /** @returns what the pointer takes hold of; null: nothing is there */
  begin: (event: PointerEvent) => T | null;
  move: (held: T, event: PointerEvent) => void;
  /** @param taken  the browser has taken the pointer, as to scroll the page */
  end?: (held: T, event: PointerEvent, taken: boolean) => void;
}

/**
 * Listens to an element that is pressed and held, by the main button or one finger, until it is released anywhere.
 * @returns what is held now
 */
export function listenToHold<T>(root: HTMLElement, { begin, move, end }: Hold<T>, signal?: AbortSignal) {
  const on = listenOn(root, signal);
  let [held, pointer]: [T | null, number] = [null, 0];
  on("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    [held, pointer] = [begin(event), event.pointerId];
    if (held !== null) root.setPointerCapture(pointer);
  });
  on("pointermove", (event) => {
    if (held !== null && event.pointerId === pointer) move(held, event);
  });
  for (const name of ["pointerup", "pointercancel"] as const)
    on(name, (event) => {
      if (held === null || event.pointerId !== pointer) return;
      const released = held;
      held = null;
      end?.(released, event, name === "pointercancel");
    });
  return () => held;
}
