/**
 * The marks of the loss chart: axes, the strip of tints, each line thin, and strong up to the playhead, its head and
 * its end.
 */

import {
  dot,
  type GroupMark,
  group,
  HALO,
  type Ink,
  type Mark,
  type Outline,
  type Place,
  path,
  runInk,
  runMarker,
  segment,
  segments,
  shape,
  words,
} from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { fromOklab, toHex } from "../../math/colour.ts";
import { formatLevel } from "../../math/format.ts";
import { tints } from "../../math/palette.ts";
import type { Hit } from "../../state/types.ts";
import { heightAt, lastStep, xOf, yOf } from "../chart/lines.ts";
import { stepSide, valueSide } from "../chart/sides.ts";
import { type LossChart, startOf } from "./chart.ts";

/** Nominal pixels of the strip of tints beside the axis. */
const STRIP = 9;
/** Nominal pixels around the middle of a name that are its own. */
const NAME_HALF = 9;
/** Over seeds: how strong the tint between the quartiles is; nominal pixels of the median and of the run itself. */
const BAND = { opacity: 0.2, median: 2.6, run: 0.9 };

/** What stands still while the playhead moves: below the lines, the lines, and above them. */
export interface StillLoss {
  below: Mark[];
  walked: Mark[];
  above: Mark[];
  names: Mark[];
}

/** Where lines are cut off, a little outside of the axes. */
const edgeOf = ({ box }: LossChart) => ({
  left: box.left - 1,
  top: box.top - 3,
  width: box.width + 3,
  height: box.height + 5,
});

export function stillOf(chart: LossChart): StillLoss {
  const { lines, bands, ghosts, look, size, title } = chart;
  const clip = edgeOf(chart);
  const stroked = (mark: Mark, style: Outline & { of?: string }) => ({ ...mark, ...style }) as Mark;
  const tinted = bands.map(({ slot, outline }) =>
    path(outline, { closed: true, fill: runInk(slot), fillOpacity: BAND.opacity, of: "band" }),
  );
  const thin = lines.map(({ line, run }) => stroked(line, { stroke: runInk(run.slot), strokeOpacity: 0.55 }));
  const pale = ghosts.map(({ slot, line }) =>
    stroked(line, { stroke: runInk(slot), strokeOpacity: 0.6, dash: [1.5, 3], of: "ghost" }),
  );
  const medians = bands.map(({ slot, median }) =>
    path(median, { stroke: runInk(slot), width: BAND.median, of: "median" }),
  );
  return {
    below: [
      valueSide(chart, STRIP + 7),
      stepSide(chart, look, title, size.width),
      strip(chart),
      epochs(chart),
      group([group(tinted, { scales: PIXELS }), ...thin, ...pale], { clip }),
    ],
    walked: lines.map(({ index, line, run }) =>
      stroked(line, {
        stroke: runInk(run.slot),
        width: bands.some((band) => band.index === index) ? BAND.run : 1.8,
      }),
    ),
    above: [
      group(medians, { clip, scales: PIXELS }),
      group(
        [
          ...lines.flatMap(({ run: { slot, end }, end: { x, y, off } }) =>
            off ? [exit(x, chart.box.top, slot)] : end ? [runMarker([x, y], slot, 3.4, true)] : [],
          ),
          ...lines.flatMap((line) => exits(chart, line)),
        ],
        { scales: PIXELS },
      ),
    ],
    names: [
      names(chart),
      group(
        ghosts.flatMap(({ name }) =>
          name ? [words([name.x, name.y], "before the change", { anchor: "middle", halo: HALO })] : [],
        ),
        { scales: PIXELS },
      ),
    ],
  };
}

/** The playhead between the names that it meets. Where steps do not count it stays where its own run has ended. */
function playheadOf(chart: LossChart, step: number): (readonly [Place, Place])[] {
  const {
    box,
    longest,
    selected,
    counts,
    lines,
    look: { scale },
  } = chart;
  const own = lines.find(({ index }) => index === (selected ?? 0));
  const last = own?.counts ? lastStep(own) : longest;
  const x = xOf(chart, Math.min(step, last), counts[selected ?? 0]);
  const met = chart.names.filter((name) => x > name.x - 3 && x < name.x + name.width + 3).sort((a, b) => a.y - b.y);
  const edges = [
    box.top - 6 * scale,
    ...met.flatMap(({ y }) => [y - NAME_HALF * scale, y + NAME_HALF * scale]),
    box.top + box.height,
  ];
  return Array.from({ length: met.length + 1 }, (_, k) => [edges[2 * k], edges[2 * k + 1]])
    .filter(([from, to]) => to > from)
    .map(([from, to]) => [
      [x, from],
      [x, to],
    ]);
}

/** What moves as well: how far each line has been walked, its head, the playhead, the ring of a hover. */
export function lossMarks(chart: LossChart, still: StillLoss, step: number, hit: Hit | null): Mark[] {
  const { box, lines } = chart;
  const edge = edgeOf(chart);
  const walked = lines.map((line, k) => {
    const until = xOf(chart, Math.min(step, lastStep(line)), line.counts);
    return group([still.walked[k]], {
      clip: { ...edge, width: until - box.left + 1 },
      opacity: hit && hit.run !== line.index ? 0.32 : 1,
      of: "walked",
    });
  });
  // What is gone, or not pointed at, has no place: marks that stay as many are only moved.
  const heads = lines.map((line): Mark => {
    const y = heightAt(chart, line, step);
    const gone = step >= lastStep(line) || !(y >= box.top - 1);
    const x = xOf(chart, Math.min(step, lastStep(line)), line.counts);
    return {
      ...runMarker([x, gone ? Number.NaN : Math.min(y, box.top + box.height)], line.run.slot, 4),
      of: "head",
    };
  });
  const pointed = hit && lines.find(({ index, run }) => index === hit.run && hit.step < run.length);
  const at: Place = pointed
    ? [xOf(chart, hit.step, pointed.counts), yOf(chart, pointed.values[hit.step])]
    : [Number.NaN, Number.NaN];
  const ring = dot(at, 7, { stroke: "ink", width: 1.5, of: "ring" });
  return [
    ...still.below,
    ...walked,
    ...still.above,
    group([segments(playheadOf(chart, step), { crisp: true, stroke: "ink", of: "playhead" })], { scales: PIXELS }),
    ...still.names,
    group([...heads, ring], { scales: PIXELS }),
  ];
}

/** An arrowhead out of the top. @param top  pixels */
const exit = (x: number, top: number, slot: number): Mark =>
  shape([x, top], "M0 -9L5 1L-5 1Z", { fill: runInk(slot), casing: { stroke: "casing", width: 2 } });

/** Where a line leaves the top and comes back, and below the highest of them how high it gets. */
const exits = ({ box }: LossChart, { above, values, run: { slot } }: LossChart["lines"][number]): Mark[] =>
  above.flatMap(({ x, loss }) => [
    exit(x, box.top, slot),
    ...(values.some((value) => value > loss)
      ? []
      : [
          words([x, box.top], `up to ${formatLevel(Number(loss.toPrecision(2)))}`, {
            anchor: "middle",
            halo: HALO,
            shift: [0, 9],
          }),
        ]),
  ]);

/** Where an epoch is over, across the height, with its number above the axis. */
function epochs({ box, epochs: marked }: LossChart): GroupMark {
  const bottom = box.top + box.height;
  const rules = segments(
    marked.map(
      ({ at }) =>
        [
          [at, box.top],
          [at, bottom],
        ] as const,
    ),
    { crisp: true, stroke: "ink2", strokeOpacity: 0.5, dash: [1, 3], of: "epochs" },
  );
  const numbers = marked.flatMap(({ at, text }) =>
    text ? [words([at, bottom], text, { anchor: "end", halo: HALO, shift: [-3, -8] })] : [],
  );
  return group(marked.length ? [rules, ...numbers] : [], { scales: PIXELS });
}

/** The tints of the map beside the axis; where there is no map, the axis alone. */
function strip(chart: LossChart): GroupMark {
  const {
    box,
    levels,
    theme,
    look: { scale },
  } = chart;
  const bottom = box.top + box.height;
  if (!levels)
    return group([segment([box.left, box.top], [box.left, bottom], { crisp: true, stroke: "ink2" })], {
      scales: PIXELS,
    });
  const left = box.left - STRIP * scale;
  const edges = [-Infinity, ...levels.values, Infinity].map((value) =>
    Math.min(bottom, Math.max(box.top, yOf(chart, value))),
  );
  const between = (low: number, high: number): Place[] => [
    [left, low],
    [box.left, low],
    [box.left, high],
    [left, high],
  ];
  const bands = tints(theme, levels.values.length + 1).map((tint, band) =>
    path(between(edges[band], edges[band + 1]), { closed: true, fill: toHex(fromOklab(tint)) as Ink }),
  );
  const frame = path(between(bottom, box.top), { closed: true, crisp: true, stroke: "ink2" });
  return group([...bands, frame], { scales: PIXELS });
}

function names({ names: all, look }: LossChart): GroupMark {
  return group(
    [
      ...all.flatMap(({ leader }) => (leader ? [path(leader, { stroke: "ink3", width: 0.8 })] : [])),
      ...all.flatMap((name) => [
        words([startOf(name, look), name.y], name.text, { size: name.size, fill: "ink", halo: HALO }),
        ...(name.marked ? [runMarker([name.x + 4 * look.scale, name.y], name.slot, 3.6)] : []),
      ]),
    ],
    { scales: PIXELS },
  );
}
