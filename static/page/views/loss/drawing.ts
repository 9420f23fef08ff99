/**
 * The loss chart as markup: axes, the strip of tints, each line thin, and strong up to the playhead, its head and its
 * end.
 */

import { fromOklab, toHex } from "../../math/colour.ts";
import { formatLevel } from "../../math/format.ts";
import { tints } from "../../math/palette.ts";
import type { Hit } from "../../state/types.ts";
import { heightAt, lastStep, pathOf, xOf, yOf } from "../chart/lines.ts";
import { stepSide, valueSide } from "../chart/sides.ts";
import type { Moving } from "../chart/svg.ts";
import { at, clipped, closedPath, crisp, movingTag, rect, runMarker, short, tag, write } from "../chart/svg.ts";
import type { LossChart } from "./chart.ts";
import { startOf } from "./chart.ts";

/** Nominal pixels of the strip of tints beside the axis. */
const STRIP = 9;
/** Nominal pixels around the middle of a name that are its own. */
const NAME_HALF = 9;
/** Over seeds: how strong the tint between the quartiles is; nominal pixels of the median and of the run itself. */
const BAND = { opacity: 0.2, median: 2.6, run: 0.9 };

/** The playhead between the names that it meets. Where steps do not count it stays where its own run has ended. */
function playheadOf(
  { box, longest, selected, counts, lines, names, look: { scale }, ...area }: LossChart,
  step: number,
): string {
  const own = lines.find(({ index }) => index === (selected ?? 0));
  const last = own?.counts ? lastStep(own) : longest;
  const x = crisp(xOf({ box, ...area }, Math.min(step, last), counts[selected ?? 0]));
  const met = names.filter((name) => x > name.x - 3 && x < name.x + name.width + 3).sort((a, b) => a.y - b.y);
  const edges = [
    box.top - 6 * scale,
    ...met.flatMap(({ y }) => [y - NAME_HALF * scale, y + NAME_HALF * scale]),
    box.top + box.height,
  ];
  return Array.from({ length: met.length + 1 }, (_, k) => [edges[2 * k], edges[2 * k + 1]])
    .filter(([from, to]) => to > from)
    .map(([from, to]) => `M${x} ${short(from)}V${short(to)}`)
    .join("");
}

/** What moves: how far each line has been walked, its head, the playhead, the ring of a hover. */
export function lossMoving(chart: LossChart, step: number, hit: Hit | null): Moving {
  const { box, lines } = chart;
  const moving: Moving = { playhead: { d: playheadOf(chart, step) } };
  for (const line of lines) {
    const walked = xOf(chart, Math.min(step, lastStep(line)), line.counts);
    const y = heightAt(chart, line, step);
    const gone = step >= lastStep(line) || !(y >= box.top - 1);
    moving[`walked ${line.index}`] = { width: Math.max(0, walked - box.left + 1) };
    moving[`line ${line.index}`] = { "stroke-opacity": hit && hit.run !== line.index ? 0.32 : 1 };
    moving[`head ${line.index}`] = gone
      ? { visibility: "hidden" }
      : { visibility: "visible", transform: at(walked, Math.min(y, box.top + box.height)) };
  }
  const line = hit && lines.find(({ index, run }) => index === hit.run && hit.step < run.length);
  moving.ring = line
    ? { visibility: "visible", cx: xOf(chart, hit.step, line.counts), cy: yOf(chart, line.values[hit.step]) }
    : { visibility: "hidden" };
  return moving;
}

/** @param moving  as it stands */
export function lossMarkup(chart: LossChart, moving: Moving): string {
  const {
    box,
    lines,
    bands,
    ghosts,
    size,
    look,
    look: { colours },
    title,
  } = chart;
  const {
    colours: { runs, paper, casing, ink },
    scale,
  } = look;
  const inside = { left: box.left - 1, top: box.top - 3, width: box.width + 3, height: box.height + 5 };
  const paths = lines.map(({ points }) => pathOf(points));
  const thin = lines.map(({ run: { slot } }, k) =>
    tag("path", { d: paths[k], stroke: runs[slot], "stroke-width": scale, "stroke-opacity": 0.55 }),
  );
  const pale = ghosts.map(({ slot, points }) =>
    tag("path", {
      d: pathOf(points),
      stroke: runs[slot],
      "stroke-width": scale,
      "stroke-opacity": 0.6,
      "stroke-dasharray": "1.5 3",
      "data-of": "ghost",
    }),
  );
  const tinted = bands.map(({ slot, outline }) =>
    tag("path", { d: `${pathOf(outline)}Z`, fill: runs[slot], "fill-opacity": BAND.opacity, "data-of": "band" }),
  );
  const medians = bands.map(({ slot, median }) =>
    tag("path", { d: pathOf(median), stroke: runs[slot], "stroke-width": BAND.median * scale, "data-of": "median" }),
  );
  const walked = lines.map(({ index, run: { slot } }, k) => {
    const name = `walked ${index}`;
    const width = bands.some((band) => band.index === index) ? BAND.run : 1.8;
    return clipped(
      inside,
      movingTag(`line ${index}`, "path", moving, { d: paths[k], stroke: runs[slot], "stroke-width": width * scale }),
      { "data-moving": name, ...moving[name] },
    );
  });
  const heads = lines.map(({ index, run: { slot } }) =>
    runMarker(slot, 0, 0, 4 * scale, runs[slot], casing, { name: `head ${index}`, moving }),
  );
  const ends = lines.map(({ run: { slot, end }, end: { x, y, off } }) =>
    off
      ? exit(x, box.top, runs[slot], casing, scale)
      : end
        ? runMarker(slot, x, y, 3.4 * scale, runs[slot], paper, { hollow: true })
        : "",
  );
  return [
    valueSide(chart, look, (STRIP + 7) * scale),
    stepSide(chart, look, title, size.width),
    strip(chart),
    epochs(chart),
    tag(
      "g",
      { fill: "none", "stroke-linejoin": "round" },
      clipped(inside, tinted.join("") + thin.join("") + pale.join("")) +
        walked.join("") +
        (medians.length ? clipped(inside, medians.join("")) : ""),
    ),
    ...ends,
    ...lines.flatMap((line) => exits(chart, line)),
    movingTag("playhead", "path", moving, { stroke: ink }),
    names(chart),
    ...ghosts.map(({ name }) =>
      name
        ? write(look, "before the change", name.x, name.y, { anchor: "middle", size: 12, halo: 3, fill: colours.ink2 })
        : "",
    ),
    ...heads,
    movingTag("ring", "circle", moving, { r: 7 * scale, fill: "none", stroke: ink, "stroke-width": 1.5 }),
  ].join("");
}

/** An arrowhead out of the top. */
function exit(x: number, top: number, colour: string, casing: string, scale: number): string {
  const d = closedPath([x, top - 9 * scale], [x + 5 * scale, top + 1], [x - 5 * scale, top + 1]);
  return tag("path", { d, fill: "none", stroke: casing, "stroke-width": 2 }) + tag("path", { d, fill: colour });
}

/** Where a line leaves the top and comes back, and below the highest of them how high it gets. */
const exits = (
  { box, look, look: { colours, scale } }: LossChart,
  { above, values, run: { slot } }: LossChart["lines"][number],
): string[] =>
  above.map(
    ({ x, loss }) =>
      exit(x, box.top, colours.runs[slot], colours.casing, scale) +
      (values.some((value) => value > loss)
        ? ""
        : write(look, `up to ${formatLevel(Number(loss.toPrecision(2)))}`, x, box.top + 9 * scale, {
            anchor: "middle",
            halo: 3,
          })),
  );

/** Where an epoch is over, across the height, with its number above the axis. */
function epochs({ box, epochs: marks, look }: LossChart): string {
  const bottom = box.top + box.height;
  const rules = marks.map(({ at: x }) => `M${crisp(x)} ${short(box.top)}V${short(bottom)}`).join("");
  const style = { stroke: look.colours.ink2, "stroke-width": 1, "stroke-opacity": 0.5, "stroke-dasharray": "1 3" };
  return (
    (rules && tag("path", { d: rules, "data-of": "epochs", ...style })) +
    marks
      .map(({ at: x, text }) =>
        text ? write(look, text, x - 3 * look.scale, bottom - 8 * look.scale, { anchor: "end", halo: 3 }) : "",
      )
      .join("")
  );
}

/** The tints of the map beside the axis; where there is no map, the axis alone. */
function strip(chart: LossChart): string {
  const {
    box,
    levels,
    theme,
    look: { colours, scale },
  } = chart;
  if (!levels)
    return tag("path", {
      d: `M${crisp(box.left)} ${short(box.top)}V${short(box.top + box.height)}`,
      fill: "none",
      stroke: colours.ink2,
    });
  const [left, width] = [box.left - STRIP * scale, STRIP * scale];
  const edges = [-Infinity, ...levels.values, Infinity].map((value) =>
    Math.min(box.top + box.height, Math.max(box.top, yOf(chart, value))),
  );
  return (
    tints(theme, levels.values.length + 1)
      .map((tint, band) =>
        rect(
          { left, top: edges[band + 1], width, height: edges[band] - edges[band + 1] },
          { fill: toHex(fromOklab(tint)) },
        ),
      )
      .join("") +
    rect({ left: left - 0.5, top: crisp(box.top), width, height: box.height }, { fill: "none", stroke: colours.ink2 })
  );
}

function names({ names, look }: LossChart): string {
  const {
    colours: { ink, ink3, runs, casing },
    scale,
  } = look;
  const leaders = names.flatMap(({ leader }) => (leader ? [leader] : [])).join("");
  return (
    (leaders && tag("path", { d: leaders, fill: "none", stroke: ink3, "stroke-width": 0.8 * scale })) +
    names
      .map(
        (name) =>
          write(look, name.text, startOf(name, look), name.y, { size: name.size, fill: ink, halo: 3 }) +
          (name.marked ? runMarker(name.slot, name.x + 4 * scale, name.y, 3.6 * scale, runs[name.slot], casing) : ""),
      )
      .join("")
  );
}
