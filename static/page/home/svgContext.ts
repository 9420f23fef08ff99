/**
 * A 2-D context that writes SVG: what the charts of this page call, and nothing else. A call, a property or a paint that
 * it does not know throws, so that no picture is taken away with something missing.
 */
import { Trace } from "../math/tracing.ts";
import { element, escaped, fontAttributes, paint } from "./markup.ts";
import { IDENTITY, product, rotation, sameMatrix, scaling, transformOf, translation } from "./matrix.ts";
import { PathText } from "./pathText.ts";
import type { Matrix } from "./matrix.ts";
import type { Attributes } from "./markup.ts";

export type Measure = (text: string, font: string, baseline: CanvasTextBaseline) => TextMetrics;

/** What `save` keeps, beside the dashes, the transform and the clip. */
const KEPT = ["fillStyle", "strokeStyle", "globalAlpha", "lineWidth", "lineCap", "lineJoin", "miterLimit", "lineDashOffset", "font", "textAlign", "textBaseline"] as const;

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
  textAlign: keyof typeof ANCHORS = "start";
  textBaseline: CanvasTextBaseline = "alphabetic";

  #measure;
  #dashes = [] as number[];
  #matrix = IDENTITY;
  /** Of the clip in force; "" where there is none. */
  #clip = "";
  /** Of the group that elements go into at the moment. */
  #open = "";
  #clips = 0;
  #path = new PathText();
  /** The transform the path was begun under. */
  #begun = IDENTITY;
  #stack: { values: Record<string, unknown>; dashes: number[]; matrix: Matrix; clip: string }[] = [];
  #parts: string[] = [];

  /** @param measure  how wide and high text comes out */
  constructor(measure: Measure) {
    this.#measure = measure;
    // A property that is not listed above would be forgotten in silence.
    Object.seal(this);
  }

  /** @returns all that has been drawn, as SVG elements */
  markup(): string {
    return this.#parts.join("") + (this.#open && "</g>");
  }

  get canvas(): never {
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

  translate(x: number, y: number) {
    this.#matrix = product(this.#matrix, translation(x, y));
  }

  rotate(angle: number) {
    this.#matrix = product(this.#matrix, rotation(angle));
  }

  scale(x: number, y: number) {
    this.#matrix = product(this.#matrix, scaling(x, y));
  }

  setLineDash(dashes: number[]) {
    this.#dashes = [...dashes];
  }

  beginPath() {
    this.#path = new PathText();
    this.#begun = this.#matrix;
  }

  moveTo(x: number, y: number) {
    this.#path.moveTo(x, y);
  }

  lineTo(x: number, y: number) {
    this.#path.lineTo(x, y);
  }

  closePath() {
    this.#path.closePath();
  }

  rect(x: number, y: number, width: number, height: number) {
    this.#path.rect(x, y, width, height);
  }

  arc(x: number, y: number, radius: number, start: number, end: number, back: boolean = false) {
    if (back) throw new Error("a picture knows no arc that runs backwards");
    this.#path.arc(x, y, radius, start, end);
  }

  fill(path?: Trace) {
    this.#put("path", { d: this.#outline(path), ...this.#filled() });
  }

  stroke(path?: Trace) {
    this.#put("path", { d: this.#outline(path), fill: "none", ...this.#stroked() });
  }

  clip(path?: Trace) {
    const id = `c${++this.#clips}`;
    const outline = element("path", { d: this.#outline(path), transform: transformOf(this.#matrix) });
    this.#parts.push(element("clipPath", { id, "clip-path": this.#clip ? `url(#${this.#clip})` : null }, outline));
    this.#clip = id;
  }

  fillRect(x: number, y: number, width: number, height: number) {
    this.#put("rect", { ...upright(x, y, width, height), ...this.#filled() });
  }

  strokeRect(x: number, y: number, width: number, height: number) {
    this.#put("rect", { ...upright(x, y, width, height), fill: "none", ...this.#stroked() });
  }

  fillText(text: string, x: number, y: number) {
    this.#write(text, x, y, this.#filled());
  }

  strokeText(text: string, x: number, y: number) {
    this.#write(text, x, y, { fill: "none", ...this.#stroked() });
  }

  measureText(text: string) {
    return this.#measure(text, this.font, this.textBaseline);
  }

  #write(text: string, x: number, y: number, painted: Attributes) {
    if (!text) return;
    const anchor = ANCHORS[this.textAlign];
    this.#put("text", { x, y: y + this.#drop(text), ...fontAttributes(this.font), "text-anchor": anchor === "start" ? null : anchor, ...painted }, escaped(text));
  }

  /** How far below y the letters stand: programs disagree on every baseline but one. */
  #drop(text: string) {
    const above = (baseline: CanvasTextBaseline) => this.#measure(text, this.font, baseline).fontBoundingBoxAscent;
    return this.textBaseline === "alphabetic" ? 0 : above("alphabetic") - above(this.textBaseline);
  }

  #outline(path?: Trace): string {
    if (path instanceof Trace) return path.d;
    if (path) throw new Error("a picture reads no path but a Trace");
    if (!sameMatrix(this.#begun, this.#matrix)) throw new Error("a path is painted under another transform than it was begun under");
    return this.#path.text;
  }

  #filled(): Attributes {
    const { colour, opacity } = paint(this.fillStyle, this.globalAlpha);
    return { fill: colour, "fill-opacity": opacity };
  }

  #stroked(): Attributes {
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

  /** As on a canvas, what stands nowhere is passed over. */
  #put(name: string, attributes: Attributes, content?: string) {
    const values = Object.values(attributes);
    if (attributes.d === "" || values.some((value) => typeof value === "number" && !Number.isFinite(value))) return;
    if (this.#clip !== this.#open) this.#parts.push((this.#open && "</g>") + (this.#clip && `<g clip-path="url(#${this.#clip})">`));
    this.#open = this.#clip;
    this.#parts.push(element(name, { ...attributes, transform: transformOf(this.#matrix) }, content));
  }
}

/** A rectangle of SVG has no negative side. */
const upright = (x: number, y: number, width: number, height: number) => ({ x: Math.min(x, x + width), y: Math.min(y, y + height), width: Math.abs(width), height: Math.abs(height) });
