/**
 * Paths that remember how they were drawn: a canvas strokes them, and a context that writes SVG, to which a plain Path2D
 * would be shut, reads them.
 */

/** To a thousandth of a pixel: finer than any print. */
export const short = (value: number) => String(Math.round(value * 1000) / 1000 + 0);

/** @param parts  letters, each with its numbers behind it @returns SVG path data */
export const pathData = (parts: (string | number)[]): string => parts.map((part, k) => (typeof part === "string" ? part : (typeof parts[k - 1] === "string" ? "" : " ") + short(part))).join("");

/** Where there is no canvas, as in tests, a path is its text alone. */
const Drawn: typeof Path2D = globalThis.Path2D ?? class { moveTo() {} lineTo() {} } as any;

/** A Path2D of straight lines, or of path data, that can be read again. */
export class Trace extends Drawn {
  #begin;
  /** Numbers become text only once it is asked for. */
  #parts: (string | number)[] = [];

  /** @param d  SVG path data to begin with */
  constructor(d: string = "") {
    super(d);
    this.#begin = d;
  }

  /** The path as SVG path data. */
  get d() {
    return this.#begin + pathData(this.#parts);
  }

  /** As on a canvas, what is not finite is passed over. */
  moveTo(x: number, y: number) {
    super.moveTo(x, y);
    if (Number.isFinite(x + y)) this.#parts.push("M", x, y);
  }

  /** As on a canvas, a line from nowhere begins where it leads. */
  lineTo(x: number, y: number) {
    super.lineTo(x, y);
    if (Number.isFinite(x + y)) this.#parts.push(this.#begin || this.#parts.length ? "L" : "M", x, y);
  }
}

for (const name of ["addPath", "arc", "arcTo", "bezierCurveTo", "closePath", "ellipse", "quadraticCurveTo", "rect", "roundRect"]) {
  // What is not remembered must not be drawn either.
  Object.defineProperty(Trace.prototype, name, { value: () => { throw new Error(`a trace remembers no ${name}`); } });
}
