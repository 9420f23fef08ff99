/**
 * A 2-D context that writes SVG: what the charts of this page call, and nothing else. A call, a property or a paint that
 * it does not know throws, so that no picture is taken away with something missing.
 */
import { Trace } from "../math/tracing.js";
import { element, escaped, fontAttributes, paint } from "./markup.js";
import { IDENTITY, product, rotation, sameMatrix, scaling, transformOf, translation } from "./matrix.js";
import { PathText } from "./pathText.js";

/** @typedef {import("./matrix.js").Matrix} Matrix */
/** @typedef {import("./markup.js").Attributes} Attributes */
/** @typedef {(text: string, font: string, baseline: CanvasTextBaseline) => TextMetrics} Measure */

/** What `save` keeps, beside the dashes, the transform and the clip. */
const KEPT = /** @type {const} */ (["fillStyle", "strokeStyle", "globalAlpha", "lineWidth", "lineCap", "lineJoin", "miterLimit", "lineDashOffset", "font", "textAlign", "textBaseline"]);

const ANCHORS = { left: "start", start: "start", center: "middle", right: "end", end: "end" };

export class SvgContext {
  fillStyle = "#000000";
  strokeStyle = "#000000";
  globalAlpha = 1;
  lineWidth = 1;
  lineCap = "butt";
  lineJoin = "miter";
  miterLimit = 10;
  lineDashOffset = 0;
  font = "10px sans-serif";
  /** @type {keyof typeof ANCHORS} */
  textAlign = "start";
  /** @type {CanvasTextBaseline} */
  textBaseline = "alphabetic";

  #measure;
  #dashes = /** @type {number[]} */ ([]);
  #matrix = IDENTITY;
  /** Of the clip in force; "" where there is none. */
  #clip = "";
  /** Of the group that elements go into at the moment. */
  #open = "";
  #clips = 0;
  #path = new PathText();
  /** The transform the path was begun under. */
  #begun = IDENTITY;
  /** @type {{values: Record<string, unknown>, dashes: number[], matrix: Matrix, clip: string}[]} */
  #stack = [];
  /** @type {string[]} */
  #parts = [];

  /** @param {Measure} measure  how wide and high text comes out */
  constructor(measure) {
    this.#measure = measure;
    // A property that is not listed above would be forgotten in silence.
    Object.seal(this);
  }

  /** @returns {string} all that has been drawn, as SVG elements */
  markup() {
    return this.#parts.join("") + (this.#open && "</g>");
  }

  /** @returns {never} */
  get canvas() {
    throw new Error("a picture has no canvas");
  }

  save() {
    const values = Object.fromEntries(KEPT.map((name) => [name, this[name]]));
    this.#stack.push({ values, dashes: this.#dashes, matrix: this.#matrix, clip: this.#clip });
  }

  restore() {
    const kept = this.#stack.pop();
    if (!kept) return;
    Object.assign(this, kept.values);
    [this.#dashes, this.#matrix, this.#clip] = [kept.dashes, kept.matrix, kept.clip];
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.#matrix = product(this.#matrix, translation(x, y));
  }

  /** @param {number} angle */
  rotate(angle) {
    this.#matrix = product(this.#matrix, rotation(angle));
  }

  /** @param {number} x @param {number} y */
  scale(x, y) {
    this.#matrix = product(this.#matrix, scaling(x, y));
  }

  /** @param {number[]} dashes */
  setLineDash(dashes) {
    this.#dashes = [...dashes];
  }

  beginPath() {
    this.#path = new PathText();
    this.#begun = this.#matrix;
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path.moveTo(x, y);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path.lineTo(x, y);
  }

  closePath() {
    this.#path.closePath();
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#path.rect(x, y, width, height);
  }

  /** @param {number} x @param {number} y @param {number} radius @param {number} start @param {number} end @param {boolean} [back] */
  arc(x, y, radius, start, end, back = false) {
    if (back) throw new Error("a picture knows no arc that runs backwards");
    this.#path.arc(x, y, radius, start, end);
  }

  /** @param {Trace} [path] */
  fill(path) {
    this.#put("path", { d: this.#outline(path), ...this.#filled() });
  }

  /** @param {Trace} [path] */
  stroke(path) {
    this.#put("path", { d: this.#outline(path), fill: "none", ...this.#stroked() });
  }

  /** @param {Trace} [path] */
  clip(path) {
    const id = `c${++this.#clips}`;
    const outline = element("path", { d: this.#outline(path), transform: transformOf(this.#matrix) });
    this.#parts.push(element("clipPath", { id, "clip-path": this.#clip ? `url(#${this.#clip})` : null }, outline));
    this.#clip = id;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.#put("rect", { ...upright(x, y, width, height), ...this.#filled() });
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    this.#put("rect", { ...upright(x, y, width, height), fill: "none", ...this.#stroked() });
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.#write(text, x, y, this.#filled());
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.#write(text, x, y, { fill: "none", ...this.#stroked() });
  }

  /** @param {string} text */
  measureText(text) {
    return this.#measure(text, this.font, this.textBaseline);
  }

  /** @param {string} text @param {number} x @param {number} y @param {Attributes} painted */
  #write(text, x, y, painted) {
    if (!text) return;
    const anchor = ANCHORS[this.textAlign];
    this.#put("text", { x, y: y + this.#drop(text), ...fontAttributes(this.font), "text-anchor": anchor === "start" ? null : anchor, ...painted }, escaped(text));
  }

  /** How far below y the letters stand: programs disagree on every baseline but one. @param {string} text */
  #drop(text) {
    const above = (/** @type {CanvasTextBaseline} */ baseline) => this.#measure(text, this.font, baseline).fontBoundingBoxAscent;
    return this.textBaseline === "alphabetic" ? 0 : above("alphabetic") - above(this.textBaseline);
  }

  /** @param {Trace} [path] @returns {string} */
  #outline(path) {
    if (path instanceof Trace) return path.d;
    if (path) throw new Error("a picture reads no path but a Trace");
    if (!sameMatrix(this.#begun, this.#matrix)) throw new Error("a path is painted under another transform than it was begun under");
    return this.#path.text;
  }

  /** @returns {Attributes} */
  #filled() {
    const { colour, opacity } = paint(this.fillStyle, this.globalAlpha);
    return { fill: colour, "fill-opacity": opacity };
  }

  /** @returns {Attributes} */
  #stroked() {
    const { colour, opacity } = paint(this.strokeStyle, this.globalAlpha);
    return {
      stroke: colour,
      "stroke-opacity": opacity,
      "stroke-width": this.lineWidth,
      "stroke-linecap": this.lineCap === "butt" ? null : this.lineCap,
      "stroke-linejoin": this.lineJoin === "miter" ? null : this.lineJoin,
      "stroke-miterlimit": this.lineJoin === "miter" ? this.miterLimit : null,
      "stroke-dasharray": this.#dashes.length ? this.#dashes.join(" ") : null,
      "stroke-dashoffset": this.#dashes.length && this.lineDashOffset ? this.lineDashOffset : null,
    };
  }

  /** As on a canvas, what stands nowhere is passed over. @param {string} name @param {Attributes} attributes @param {string} [content] */
  #put(name, attributes, content) {
    const values = Object.values(attributes);
    if (attributes.d === "" || values.some((value) => typeof value === "number" && !Number.isFinite(value))) return;
    if (this.#clip !== this.#open) this.#parts.push((this.#open && "</g>") + (this.#clip && `<g clip-path="url(#${this.#clip})">`));
    this.#open = this.#clip;
    this.#parts.push(element(name, { ...attributes, transform: transformOf(this.#matrix) }, content));
  }
}

/** A rectangle of SVG has no negative side. @param {number} x @param {number} y @param {number} width @param {number} height */
const upright = (x, y, width, height) => ({ x: Math.min(x, x + width), y: Math.min(y, y + height), width: Math.abs(width), height: Math.abs(height) });
