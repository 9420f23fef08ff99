/** Pictures that are stored, and compared by what they consist of. `UPDATE_PICTURES=1` stores them anew. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COLOURS } from "../../static/page/math/palette.ts";

const FOLDER = join(import.meta.dirname, "pictures");
/** Numbers of attributes that differ by no more are the same. */
const CLOSE = 0.02;

const NUMBER = /-?\d*\.?\d+/g;

/** @returns tags with their attributes in order of their names, ends of tags, and words */
function partsOf(svg: string): string[][] {
  return (svg.match(/<[^>]*>|[^<]+/g) ?? []).flatMap((part) => {
    if (!part.startsWith("<")) return part.trim() ? [[part]] : [];
    const attributes = part.match(/[\w:-]+="[^"]*"/g) ?? [];
    return [[part.replace(/[\s>].*/s, ""), ...attributes.sort(), ...(part.endsWith("/>") ? ["/"] : [])]];
  });
}

function isClose(attribute: string, stored: string): boolean {
  const [numbers, others] = [attribute, stored].map((text) => (text.match(NUMBER) ?? []).map(Number));
  return (
    attribute.replace(NUMBER, "#") === stored.replace(NUMBER, "#") &&
    numbers.every((value, k) => Math.abs(value - others[k]) <= CLOSE)
  );
}

/** As most pictures are drawn: by day, in a family that a file names. */
export const LOOK = { colours: COLOURS.day, family: "serif", scale: 1 };

/** Asserts that a picture is the one that is stored under a name. */
export function assertPicture(name: string, svg: string) {
  const file = join(FOLDER, `${name}.svg`);
  if (process.env.UPDATE_PICTURES) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, `${svg.replaceAll("><", ">\n<")}\n`);
  }
  const stored = partsOf(readFileSync(file, "utf8"));
  const parts = partsOf(svg).map((part, k) =>
    part.map((each, n) => {
      const other = stored[k]?.[n];
      return n > 0 && other !== undefined && isClose(each, other) ? other : each;
    }),
  );
  assert.deepEqual(parts, stored, `${name}: where this is meant, UPDATE_PICTURES=1 stores it`);
}

/** x, y: where it stands, by its transform, its place or where its path begins; text: its own words */
export interface Drawn {
  tag: string;
  attributes: Record<string, string>;
  x: number;
  y: number;
  text: string;
}

/** @returns the elements of a picture, in order */
export function elementsOf(svg: string): Drawn[] {
  return [...svg.matchAll(/<(\w+)([^>]*)>([^<]*)/g)].map(([, tag, inside, text]) => {
    const attributes = Object.fromEntries(
      [...inside.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    const { transform, d } = attributes;
    const [x, y] = ((transform ?? d)?.match(NUMBER) ?? [attributes.x, attributes.y]).map(Number);
    return { tag, attributes, x, y, text };
  });
}
