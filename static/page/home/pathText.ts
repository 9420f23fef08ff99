/** What a canvas makes of the commands of a path, as SVG says it. */
import { pathData } from "../math/tracing.ts";

/** The path of a canvas, in the units its commands came in. */
export class PathText {
  #parts: (string | number)[] = [];

  get text() {
    return pathData(this.#parts);
  }

  /** As on a canvas, what is not finite is passed over. */
  moveTo(x: number, y: number) {
    if (Number.isFinite(x + y)) this.#parts.push("M", x, y);
  }

  /** As on a canvas, a line from nowhere begins where it leads. */
  lineTo(x: number, y: number) {
    if (Number.isFinite(x + y)) this.#parts.push(this.#parts.length ? "L" : "M", x, y);
  }

  closePath() {
    if (this.#parts.length) this.#parts.push("Z");
  }

  rect(x: number, y: number, width: number, height: number) {
    if (Number.isFinite(x + y + width + height)) this.#parts.push("M", x, y, "L", x + width, y, "L", x + width, y + height, "L", x, y + height, "Z");
  }

  /** @param end  as far round as a canvas would go, clockwise */
  arc(x: number, y: number, radius: number, start: number, end: number) {
    if (!Number.isFinite(x + y + radius + start + end)) return;
    const turn = end - start >= 2 * Math.PI ? 2 * Math.PI : (((end - start) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
    const at = (angle: number) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const;
    this.lineTo(...at(start));
    // In halves: an arc of SVG that ends where it starts is none.
    for (const half of [1, 2]) this.#parts.push("A", radius, radius, 0, 0, 1, ...at(start + (turn * half) / 2));
  }
}
