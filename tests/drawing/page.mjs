// Prints what the page's own modules make of some questions, as JSON: node page.mjs FOLDER < questions
import { readFileSync } from "node:fs";

const { floor, ceil } = Math;
const from = (name) => import(new URL(`${process.argv[2]}/${name}`, "file://"));
const [colour, endLooks, format, levels, markers, palette, ticks] = await Promise.all(
  ["colour", "endLooks", "format", "levels", "markers", "palette", "ticks"].map((name) => from(`math/${name}.ts`)),
);
const { defaultSlots } = await from("state/slots.ts");
const asked = JSON.parse(readFileSync(0, "utf8"));

const hex = (lab) => colour.toHex(colour.fromOklab(lab));
const spread = (loss) => {
  const sorted = Float64Array.from(loss).filter(Number.isFinite).sort();
  return [sorted[floor(0.0005 * (sorted.length - 1))], sorted[ceil(0.9995 * (sorted.length - 1))]];
};

console.log(JSON.stringify({
  tints: ["day", "night"].map((theme) => asked.bands.map((count) => palette.tints(theme, count).map(hex))),
  inks: ["day", "night"].map((theme) => ["minor", "index", "label"].map((kind) =>
    palette.tints(theme, 9).map((tint) => hex(palette.onTint(tint, palette.COLOURS[theme].ground.line[kind]))))),
  ends: ["day", "night"].map((theme) => asked.ends.map((end) => {
    const { plain, drawn } = endLooks.coveringOf(end, theme);
    return [endLooks.endLetter(end), colour.toHex(plain), colour.toHex(drawn)];
  })),
  levels: asked.losses.map((loss) => levels.levelsOf(loss.map((value) => value ?? NaN))),
  lines: asked.losses.map((loss) => levels.contoursBetween(levels.levelsOf(loss.map((value) => value ?? NaN)), ...spread(loss.map((value) => value ?? NaN)))),
  chosen: asked.numbers.map((value) => [format.formatExact(value), format.formatExact(value, 4), format.formatLevel(value)]),
  places: asked.places.map((point) => format.formatPlace(point, 4)),
  onScale: asked.scales.map(([value, step]) => format.formatTick(value, step)),
  steps: asked.numbers.filter((value) => value > 0).map((value) => ticks.niceStep(value)),
  multiples: asked.scales.map(([value, step]) => ticks.multiples(-value, value, step)),
  slots: asked.runs.map((optimizers) => defaultSlots(optimizers)),
  markers: palette.DASHES.map((_, slot) => markers.markerPath(slot, 6.3)),
}));
