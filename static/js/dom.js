/** Making elements. Text goes in as text, never as markup. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @param {Element} node
 * @param {Record<string, unknown>} attributes  `on…` listens; true stands bare; false, null and undefined are left out
 */
function apply(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  apply(node, attributes);
  for (const child of children) if (child) node.append(child);
  return node;
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function s(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  apply(node, attributes);
  for (const child of children) if (child) node.append(child);
  return node;
}

/** Write only what differs: a text that is written anew is read out anew. @param {Node} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param {Element} node @param {string} name @param {string | number | boolean | null} value  false and null: without it */
export function setAttribute(node, name, value) {
  if (value === null || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value === true ? "" : String(value));
}

/**
 * @param {string} id
 * @returns {HTMLElement} which the page must have
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}

/**
 * Keep a list of parts in step with a list of things, by key.
 * @template T
 * @template {{root: Element, render: (thing: T, index: number) => void}} P
 * @param {Element} parent
 * @param {(thing: T) => string} keyOf
 * @param {(thing: T) => P} create
 * @returns {(things: T[]) => void}
 */
export function keyed(parent, keyOf, create) {
  /** @type {Map<string, P>} */
  let parts = new Map();
  return (things) => {
    const next = new Map(things.map((thing) => [keyOf(thing), parts.get(keyOf(thing)) ?? create(thing)]));
    for (const [key, part] of parts) if (!next.has(key)) part.root.remove();
    things.forEach((thing, index) => {
      const part = /** @type {P} */ (next.get(keyOf(thing)));
      if (parent.children[index] !== part.root) parent.insertBefore(part.root, parent.children[index] ?? null);
      part.render(thing, index);
    });
    parts = next;
  };
}
