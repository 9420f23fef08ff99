/** Making elements. Text goes in as text, never as markup. */

type Child = Node | string | null | undefined | false;

/** @param attributes  `on…` listens; true stands bare; false, null and undefined are left out */
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
  attributes: Record<string, unknown> = {},
  ...children: Child[]
): SVGElementTagNameMap[T] {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Write only what differs: a text that is written anew is read out anew. */
export function setText(node: Node, text: string) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param value  false and null: without it */
export function setAttribute(node: Element, name: string, value: string | number | boolean | null) {
  if (value === null || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value === true ? "" : String(value));
}

/** Keep a list of parts in step with a list of things, by key. */
export function keyed<T, P extends { root: Element; render: (thing: T, index: number) => void }>(
  parent: Element,
  keyOf: (thing: T) => string,
  create: (thing: T) => P,
): (things: T[]) => void {
  let parts: Map<string, P> = new Map();
  return (things) => {
    const next = new Map(things.map((thing) => [keyOf(thing), parts.get(keyOf(thing)) ?? create(thing)]));
    for (const [key, part] of parts) if (!next.has(key)) part.root.remove();
    const all = [...next.values()];
    // All stand there before one is drawn: how large one is depends on the others.
    all.forEach(({ root }, index) => {
      if (parent.children[index] !== root) parent.insertBefore(root, parent.children[index] ?? null);
    });
    for (const [index, thing] of things.entries()) all[index].render(thing, index);
    parts = next;
  };
}
