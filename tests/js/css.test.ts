import assert from "node:assert/strict";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { COLOURS } from "../../static/page/math/palette.ts";
import { WIDTHS } from "../../static/page/size.ts";
import { contrast } from "./math/vision.ts";

const FOLDER = new URL("../../static/css/", import.meta.url);
const css = readFileSync(new URL("base.css", FOLDER), "utf8");

/** @returns the custom properties of a rule */
function tokens(selector: string): Record<string, string> {
  const rule = css.slice(css.indexOf(`${selector} {`));
  return Object.fromEntries(
    [...rule.slice(0, rule.indexOf("}")).matchAll(/--([\w-]+): (#\w{6})/g)].map(([, name, value]) => [
      name,
      value.toUpperCase(),
    ]),
  );
}

const DAY = tokens(":root");
const NIGHT = { ...DAY, ...tokens(':root[data-theme="night"]') };

for (const [theme, own] of [
  ["day", DAY],
  ["night", NIGHT],
] as const) {
  test(`the ${theme}'s style sheet and the map have the same colours`, () => {
    const colours = COLOURS[theme];
    for (const [slot, colour] of colours.runs.entries()) assert.equal(own[`run-${slot}`], colour);
    assert.deepEqual(
      [own.paper, own.ink, own["ink-2"], own["ink-3"], own.warn],
      [colours.paper, colours.ink, colours.ink2, colours.ink3, colours.warn],
    );
  });

  test(`by ${theme} text reads at 4.5 to 1 and edges at 3 to 1, on paper and on what is selected`, () => {
    for (const ground of ["paper", "wash"]) {
      for (const text of ["ink", "ink-2", "ink-3", "warn"])
        assert.ok(contrast(own[text], own[ground]) >= 4.5, `${text} on ${ground}`);
      for (const edge of ["hair-2", "focus"]) assert.ok(contrast(own[edge], own[ground]) >= 3, `${edge} on ${ground}`);
    }
    assert.ok(contrast(own.warn, own["warn-wash"]) >= 4.5);
  });
}

test("no style sheet sets a colour of its own", () => {
  for (const name of readdirSync(FOLDER)) {
    if (name === "base.css") continue;
    assert.deepEqual(readFileSync(new URL(name, FOLDER), "utf8").match(/#[0-9a-f]{3,8}\b|rgb\(/g) ?? [], [], name);
  }
});

/** Names, whose whole stands in a title or a list, and what a pointer asks for: never what is said. */
const CUT = [
  ".select",
  '[data-part="data-note"]',
  ":is(.preset-title, .preset-back)",
  ".run-name",
  ".run:not([data-selected], :hover) .run-fault span",
  ".standing-name",
  ".network-sample & > span",
  ".title & h1",
];

/** @returns of a style sheet each rule: its selector after those it is nested in, and what it declares itself */
function rulesOf(sheet: string): [string, string][] {
  const rules: [string, string][] = [];
  const open: [string, string][] = [];
  for (const [, text, mark] of sheet.replace(/\/\*.*?\*\//gs, "").matchAll(/([^{};]*)([{};])/g)) {
    if (mark === "{") open.push([text.trim(), ""]);
    else if (mark === "}") {
      rules.push([open.map(([selector]) => selector).join(" "), open.at(-1)?.[1] ?? ""]);
      open.pop();
    } else if (open.length) open[open.length - 1][1] += text;
  }
  return rules;
}

test("no sentence and no reason is cut with dots", () => {
  const rules = readdirSync(FOLDER).flatMap((name) => rulesOf(readFileSync(new URL(name, FOLDER), "utf8")));
  const cut = rules.filter(([, body]) => /text-overflow: ellipsis|line-clamp/.test(body));
  assert.deepEqual(
    cut.map(([selector]) => selector),
    cut.map(([selector]) => selector).filter((selector) => CUT.includes(selector)),
  );
});

/** What has smaller type than 13 px -> why. */
const SMALL: Record<string, string> = {
  ".sheet & span": "names of landscapes, four side by side in a narrow column",
  ".play-place": "a number in a ring",
  ".own-numbers": "numbers of lines",
  ".address": "an address on paper, in full",
  ".join & text": "as wide as its picture",
  ".projector & .readout": "of a slider that is drawn larger",
};

test("words have type of 13 px or more", () => {
  const small = readdirSync(FOLDER).flatMap((name) =>
    rulesOf(readFileSync(new URL(name, FOLDER), "utf8")).flatMap(([selector, text]) => {
      const sizes = [...text.matchAll(/\bfont(?:-size)?: ([^;]*)/g)].flatMap(([, value]) =>
        [...value.matchAll(/(?<!\+ )\b([\d.]+)px/g)].map(([, size]) => Number(size)),
      );
      return sizes.length && Math.min(...sizes) < 13 ? [selector] : [];
    }),
  );
  assert.deepEqual(small.toSorted(), Object.keys(SMALL).toSorted());
});

test("widths that scripts know are those at which style sheets change, and stand in one script", () => {
  const sheets = readdirSync(FOLDER)
    .map((name) => readFileSync(new URL(name, FOLDER), "utf8"))
    .join();
  for (const width of Object.values(WIDTHS)) {
    assert.match(sheets, new RegExp(`\\(max-width: ${width}px\\)`));
    // A sheet that is off by a pixel.
    assert.doesNotMatch(sheets, new RegExp(`\\((max-width: ${width + 1}|min-width: ${width})px\\)`));
  }
  const page = new URL("../../static/page/", import.meta.url);
  const scripts = globSync("**/*.ts", { cwd: page }).filter((name) => name !== "size.ts");
  const others = scripts.filter((name) => /matchMedia\([^)]*width/.test(readFileSync(new URL(name, page), "utf8")));
  assert.deepEqual(others, []);
});

const ROOT = new URL("../../", import.meta.url);
const PAGE_TEXT = globSync(["static/page/**/*.ts", "{templates,app,fallline}/**/*.{html,py}"], { cwd: ROOT })
  .map((name) => readFileSync(new URL(name, ROOT), "utf8"))
  .join("\n");
const PAGE_WORDS = new Set(PAGE_TEXT.match(/[\w-]+/g));

/** @returns whether some page has a class, whole or put together, as in `slot-${slot}` and `shows-{view}` */
function isUsed(name: string): boolean {
  const parts = name.split("-");
  const put = parts.flatMap((_, k) => {
    const [head, tail] = [parts.slice(0, k).join("-"), parts.slice(k).join("-")];
    return k ? [`${head}-\${`, `${head}-{`, `}-${tail}`] : [];
  });
  return PAGE_WORDS.has(name) || parts[0] === "katex" || put.some((piece) => PAGE_TEXT.includes(piece));
}

test("a class of the style sheets is one that some page has", () => {
  const missing = readdirSync(FOLDER).flatMap((name) => {
    const sheet = readFileSync(new URL(name, FOLDER), "utf8").replace(/\/\*.*?\*\//gs, "");
    const classes = [...new Set(sheet.match(/\.[a-z][\w-]*/g))].map((selector) => selector.slice(1));
    return classes.filter((selector) => !isUsed(selector)).map((selector) => `${name}: ${selector}`);
  });
  assert.deepEqual(missing, []);
});

test("a custom property that is set is read, and one that is read is set", () => {
  const sheets = readdirSync(FOLDER)
    .map((name) => readFileSync(new URL(name, FOLDER), "utf8").replace(/\/\*.*?\*\//gs, ""))
    .join("\n");
  const namesIn = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name));
  const [declared, read] = [namesIn(sheets, /[\s{](--[\w-]+):/g), namesIn(sheets + PAGE_TEXT, /var\((--[\w-]+)/g)];
  const byScript = namesIn(PAGE_TEXT, /["'`](--[\w-]+)/g);
  assert.deepEqual(
    [...declared].filter((name) => !read.has(name) && !byScript.has(name)),
    [],
  );
  assert.deepEqual(
    [...read].filter((name) => !declared.has(name) && !byScript.has(name)),
    [],
  );
});
