/**
 * Paths that remember how they were drawn: a canvas strokes them, and a context that writes SVG, to which a plain Path2D
 * would be shut, reads them.
 */

/** To a thousandth of a pixel: finer than any print. @param {number} value */
export const short = (value) => String(Math.round(value * 1000) / 1000 + 0);

/** Commands of a path as an SVG says them, in the units they came in. Numbers become text only once it is asked for. */
export class PathText {
  #begin;
  /** @type {(string | number)[]} */
  #parts = [];

  /** @param {string} [d]  what it begins with */
  constructor(d = "") {
    this.#begin = d;
  }

  get text() {
    return this.#begin + this.#parts.map((part, k) => (typeof part === "string" ? part : (typeof this.#parts[k - 1] === "string" ? "" : " ") + short(part))).join("");
  }

  get #empty() {
    return !this.#begin && !this.#parts.length;
  }

  /** As on a canvas, what is not finite is passed over. @param {number} x @param {number} y */
  moveTo(x, y) {
    if (Number.isFinite(x + y)) this.#parts.push("M", x, y);
  }

  /** As on a canvas, a line from nowhere begins where it leads. @param {number} x @param {number} y */
  lineTo(x, y) {
    if (Number.isFinite(x + y)) this.#parts.push(this.#empty ? "M" : "L", x, y);
  }

  closePath() {
    if (!this.#empty) this.#parts.push("Z");
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    if (Number.isFinite(x + y + width + height)) this.#parts.push("M", x, y, "L", x + width, y, "L", x + width, y + height, "L", x, y + height, "Z");
  }

  /** @param {number} x @param {number} y @param {number} radius @param {number} start @param {number} end  as far round as a canvas would go, clockwise */
  arc(x, y, radius, start, end) {
    if (!Number.isFinite(x + y + radius + start + end)) return;
    const turn = end - start >= 2 * Math.PI ? 2 * Math.PI : (((end - start) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
    const at = (/** @type {number} */ angle) => /** @type {const} */ ([x + radius * Math.cos(angle), y + radius * Math.sin(angle)]);
    this.lineTo(...at(start));
    // In halves: an arc of SVG that ends where it starts is none.
    for (const half of [1, 2]) this.#parts.push("A", radius, radius, 0, 0, 1, ...at(start + (turn * half) / 2));
  }
}

/** Where there is no canvas, as in tests, a path is its text alone. @type {typeof Path2D} */
const Drawn = globalThis.Path2D ?? /** @type {any} */ (class { moveTo() {} lineTo() {} closePath() {} rect() {} arc() {} });

/** A Path2D whose commands can be read again, as far as the charts use any. */
export class Trace extends Drawn {
  #text;

  /** @param {string} [d]  SVG path data to begin with */
  constructor(d) {
    if (d) super(d);
    else super();
    this.#text = new PathText(d);
  }

  /** The path as SVG path data. */
  get d() {
    return this.#text.text;
  }

  /** @override @param {number} x @param {number} y */
  moveTo(x, y) {
    super.moveTo(x, y);
    this.#text.moveTo(x, y);
  }

  /** @override @param {number} x @param {number} y */
  lineTo(x, y) {
    super.lineTo(x, y);
    this.#text.lineTo(x, y);
  }

  /** @override */
  closePath() {
    super.closePath();
    this.#text.closePath();
  }

  /** @override @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    super.rect(x, y, width, height);
    this.#text.rect(x, y, width, height);
  }

  /** @override @param {number} x @param {number} y @param {number} radius @param {number} start @param {number} end */
  arc(x, y, radius, start, end) {
    super.arc(x, y, radius, start, end);
    this.#text.arc(x, y, radius, start, end);
  }
}

for (const name of ["addPath", "arcTo", "bezierCurveTo", "ellipse", "quadraticCurveTo", "roundRect"]) {
  // What is not remembered must not be drawn either.
  Object.defineProperty(Trace.prototype, name, { value: () => { throw new Error(`a trace remembers no ${name}`); } });
}
