/** The map, drawn by the server, and every open chart, each as SVG and PNG. */
import { html } from "lit-html";
import { retryWhileTransient } from "../../service/retry.ts";
import { fontBytes, getMapPicture } from "../../service/takeHome.ts";
import { writeAddress } from "../../state/address.ts";
import { PLANE_OF_PATH, stageOf } from "../../state/stage.ts";
import { addressOf } from "../../state/state.ts";
import { errorReason, fileName, saveFile } from "./saving.ts";
import type { SectionPorts, TakenView } from "./takeHome.ts";

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

/** @returns the picture with the faces that its words are set in, as other programs do not have them */
async function withFonts(svg: string): Promise<string> {
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

/** Pixels across the map: wide enough for a slide, with large type. */
const SIZE = "&width=840&height=560";
/** The least width of a PNG in pixels, fine enough for a projector. */
const ACROSS = 1920;

/**
 * The query for the map as it is: its window (or the domain of a formula), the visible runs, the playhead. The runs end
 * at the playhead if what lies ahead is hidden.
 */
function mapQuery({ state, scene, step }: TakenView) {
  const address = addressOf(state, null);
  const { hasHiddenRows } = scene;
  const inSight = state.entries.filter(({ hidden }) => !hidden && !(hasHiddenRows && step === 0));
  const stop = hasHiddenRows && step > 0 ? { ...address.spec.stop, max_steps: step } : address.spec.stop;
  const spec = { ...address.spec, stop, optimizers: inSight.map(({ optimizer }) => optimizer) };
  const domain = spec.problem.expression === undefined ? null : scene.problem.domain;
  const bare = { ...address, spec, window: scene.window ?? domain };
  const { plane } = state.explain;
  const along = scene.plane && plane && plane !== PLANE_OF_PATH ? `&plane=${plane}` : "";
  const runs = inSight.length ? `&slots=${inSight.map(({ slot }) => slot).join(",")}&step=${step}` : "";
  return `${writeAddress(bare).query}${along}${runs}&theme=${state.theme}${SIZE}`;
}

const addressOfSvg = (svg: string) => URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));

/** @param svg  with its fonts embedded */
async function pngOfSvg(svg: string): Promise<Blob> {
  const address = addressOfSvg(svg);
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const fine = Math.max(2, Math.ceil(ACROSS / picture.naturalWidth));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.naturalWidth * fine);
    canvas.height = Math.round(picture.naturalHeight * fine);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the picture is too large for this browser");
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}

const revokeAddress = ({ target }: Event) => URL.revokeObjectURL((target as HTMLImageElement).src);

/** @param get  gets the picture without its fonts */
function createCard(
  { page, closed, run, redraw }: SectionPorts,
  { name, title }: { name: string; title: string },
  get: () => Promise<string>,
): () => unknown {
  let preview = html`<img class="home-preview" alt="">`;
  const show = (nextPreview: typeof preview) => {
    preview = nextPreview;
    redraw();
  };
  const showMessage = (words: string) => show(html`<p class="home-preview note" role="status">${words}</p>`);
  const whole = retryWhileTransient(async () => withFonts(await get()), { signal: closed, onWait: showMessage });
  whole.then(
    (svg) => show(html`<img class="home-preview" alt="" src=${addressOfSvg(svg)} @load=${revokeAddress}>`),
    (error) => closed.aborted || showMessage(errorReason(error)),
  );
  const keep = async (blob: Blob, extension: string) => {
    const file = fileName([page.scene.problem.label, name], extension);
    saveFile(blob, file);
    return `Saved ${file}.`;
  };
  const asSvg = async () => keep(new Blob([await whole], { type: "image/svg+xml" }), "svg");
  const asPng = async () => keep(await pngOfSvg(await whole), "png");
  const button = (word: string, act: () => Promise<string>) => html`<button type="button" class="quiet strong"
    aria-label="${title} as ${word}" @click=${() => run(`${title} as ${word}`, act)}>${word}</button>`;
  return () => html`<li class="home-card" data-picture=${name}>${preview}<div class="home-ways row wraps">
    <span>${title}</span>${button("SVG", asSvg)}${button("PNG", asPng)}</div></li>`;
}

export function createPictures(desk: SectionPorts): () => unknown {
  const map =
    stageOf(desk.page.state) !== "network"
      ? [createCard(desk, { name: "map", title: "Map" }, () => getMapPicture(mapQuery(desk.page)))]
      : [];
  const cards = [...map, ...desk.page.chartExports.map((chart) => createCard(desk, chart, async () => chart.svg))];
  return () => html`<ul class="home-cards tiles">${cards.map((card) => card())}</ul>`;
}
