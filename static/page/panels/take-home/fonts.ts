/** Embeds the fonts of the page in an exported picture, as other programs do not have them. */
import { fontBytes } from "../../service/takeHome.ts";

/** The font's name in pictures; its faces have a longer name in the page's style sheets. */
const NAME = "Source Sans 3";

type Face = { url: string; range: string; style: string; weight: string; format: string };

/** @returns the faces that the page's style sheets declare */
function declared(): Face[] {
  const rules = [...document.styleSheets].flatMap(({ cssRules, href }) =>
    [...cssRules].map((rule) => ({ rule, href })),
  );
  return rules.flatMap(({ rule, href }) => {
    if (!(rule instanceof CSSFontFaceRule) || !rule.style.getPropertyValue("font-family").includes(NAME)) return [];
    const property = (name: string) => rule.style.getPropertyValue(name);
    const [, path = ""] = property("src").match(/url\("?([^")]+)"?\)/) ?? [];
    return [
      {
        url: new URL(path, href ?? location.href).href,
        range: property("unicode-range"),
        style: property("font-style"),
        weight: property("font-weight"),
        format: "woff2",
      },
    ];
  });
}

/** @param range  as "U+0-FF, U+131" */
function covers(range: string, signs: Set<number>) {
  const spans = [...range.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].map(([, from, to = from]) => [
    parseInt(from, 16),
    parseInt(to, 16),
  ]);
  return [...signs].some((sign) => spans.some(([from, to]) => sign >= from && sign <= to));
}

function base64(bytes: Uint8Array) {
  let text = "";
  for (let k = 0; k < bytes.length; k += 4096) text += String.fromCharCode(...bytes.subarray(k, k + 4096));
  return btoa(text);
}

async function ruleOf({ url, range, style, weight, format }: Face): Promise<string> {
  const source = `url(data:font/${format};base64,${base64(await fontBytes(url))})format("${format}")`;
  const face = `font-family:"${NAME}";font-style:${style};font-weight:${weight}`;
  return `@font-face{${face};src:${source};unicode-range:${range}}`;
}

/** @returns the picture with the faces that its words are set in */
export async function withLetters(svg: string): Promise<string> {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const signs = new Set(
    [...root.querySelectorAll("text")].flatMap((text) =>
      [...(text.textContent ?? "")].map((sign) => sign.codePointAt(0) ?? 0),
    ),
  );
  const slanted = root.querySelector("[font-style=italic]") !== null;
  const faces = declared().filter(({ style, range }) => (slanted || style !== "italic") && covers(range, signs));
  const rules = await Promise.all(faces.map(ruleOf));
  const opening = svg.indexOf(">", svg.indexOf("<svg")) + 1;
  return `${svg.slice(0, opening)}<style>${rules.join("")}</style>${svg.slice(opening)}`;
}
