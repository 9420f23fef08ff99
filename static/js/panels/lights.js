/** Light on a quantity: what is pointed at in one place is lit wherever it stands. */

/**
 * @typedef {object} Lights
 * @property {() => string | null} lit  the quantity, by its name in the rule
 * @property {(quantity: string | null) => void} set
 * @property {() => number[] | null} along  the way that it would have the run go, in parameters, where it is a direction of its own
 * @property {(way: (quantity: string) => number[] | null) => void} ways  who knows such directions
 */

/** @param {() => void} onChange @returns {Lights} */
export function createLights(onChange) {
  /** @type {string | null} */
  let lit = null;
  /** @type {(quantity: string) => number[] | null} */
  let way = () => null;
  return {
    lit: () => lit,
    along: () => (lit === null ? null : way(lit)),
    ways: (given) => void (way = given),
    set(quantity) {
      if (quantity === lit) return;
      lit = quantity;
      onChange();
    },
  };
}

/** A point of the data as a quantity; the dot keeps it apart from every name in a rule. @param {number} point  its index */
export const pointLight = (point) => `point.${point}`;

/** @param {string | null} lit @returns {number | null} the index of the point that is lit */
export const litPoint = (lit) => (lit?.startsWith("point.") ? Number(lit.slice(6)) : null);

/** @param {EventTarget | null} target @returns {string | null} */
function quantityAt(target) {
  const mark = target instanceof Element ? target.closest("[data-of], [data-quantity]") : null;
  return mark?.getAttribute("data-of") ?? mark?.getAttribute("data-quantity") ?? null;
}

/**
 * Pointing at a quantity, a tap on it, or a line of it in focus.
 * @param {HTMLElement} root
 * @param {Lights} lights
 */
export function listen(root, lights) {
  root.addEventListener("pointerover", ({ target, pointerType }) => pointerType === "mouse" && lights.set(markedOnly(target)));
  root.addEventListener("pointerleave", () => lights.set(null));
  root.addEventListener("click", ({ target }) => lights.set(markedOnly(target)));
  root.addEventListener("focusin", ({ target }) => target instanceof HTMLElement && target.matches(":focus-visible") && lights.set(quantityAt(target)));
  root.addEventListener("focusout", () => lights.set(null));
}

/** @param {EventTarget | null} target */
const markedOnly = (target) => (target instanceof Element && target.closest("[data-of]") ? quantityAt(target) : null);

/**
 * @param {HTMLElement} root
 * @param {string | null} lit
 * @param {string} parameter  which a rule calls w
 */
export function shine(root, lit, parameter) {
  const same = lit === "w" || lit === parameter ? ["w", parameter] : [lit];
  for (const mark of root.querySelectorAll("[data-of]")) mark.classList.toggle("is-lit", same.includes(mark.getAttribute("data-of")));
}
