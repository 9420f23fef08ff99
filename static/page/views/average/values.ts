/** The values that are averaged, the fainter the less they count, and the averages that they make. */
import { moveApart } from "../../math/apart.ts";
import { formatMeasured } from "../../math/format.ts";
import { pathOf, verticesOf, xOf, yOf } from "../chart/lines.ts";
import {
  clipped,
  crisp,
  dashesOf,
  letterSpans,
  letterWidth,
  line,
  runMarker,
  short,
  tag,
  widthOf,
  write,
} from "../chart/svg.ts";
import type { AverageLine, Plot } from "./plot.ts";

/** What counts for nothing is still to be seen. */
const FAINT = 0.18;
/** Pixels from the end of a line to its name, where there are several. */
const LEAD = 22;

const colourOf = (
  { strong }: AverageLine,
  {
    memory: {
      look: { colours },
    },
  }: Plot,
) => (strong ? colours.ink : colours.ink2);

/** So many shades of what counts: a path for each, as this is drawn anew at every step. */
const SHADES = 24;

export function seriesMarks(plot: Plot): string {
  const {
    memory: {
      values,
      bars,
      t,
      until,
      beta,
      steps: [from, to],
      slot,
      look: { colours, scale },
    },
    bar,
  } = plot;
  const zero = short(yOf(plot, 0));
  const paths: Map<number, string> = new Map();
  for (let step = Math.max(1, from); step <= Math.min(to, until); step++) {
    if (!Number.isFinite(values[step - 1])) continue;
    const [x, y] = [xOf(plot, step), short(yOf(plot, values[step - 1]))];
    const shade = step > t ? -1 : Math.round(SHADES * beta ** (t - step));
    const d = bars ? `M${short(x - bar / 2)} ${zero}V${y}h${short(bar)}V${zero}Z` : `M${short(x)} ${y}h0`;
    paths.set(shade, (paths.get(shade) ?? "") + d);
  }
  return [...paths]
    .map(([shade, d]) => {
      const [colour, opacity] =
        shade < 0 ? [colours.ink3, 0.25] : [colours.runs[slot], FAINT + ((1 - FAINT) * shade) / SHADES];
      return tag(
        "path",
        bars
          ? { d, fill: colour, opacity }
          : { d, stroke: colour, "stroke-width": 3.8 * scale, "stroke-linecap": "round", opacity },
      );
    })
    .join("");
}

export function averageLine(plot: Plot, one: AverageLine): string {
  const {
    memory: { steps, until, look },
    box,
  } = plot;
  const { strong, dash } = one;
  const d = pathOf(verticesOf(plot, { values: one.values.subarray(0, until), first: 1 }, steps));
  const casing = dash.length
    ? ""
    : tag("path", { d, stroke: look.colours.casing, "stroke-width": (strong ? 4.2 : 3.2) * look.scale });
  const path = tag("path", {
    d,
    stroke: colourOf(one, plot),
    "stroke-width": (strong ? 2.2 : 1.3) * look.scale,
    "stroke-dasharray": dashesOf(dash, look),
  });
  return clipped(
    { ...box, left: box.left - 2, width: box.width + 4 },
    tag("g", { fill: "none", "stroke-linejoin": "round" }, casing + path),
  );
}

export function heads(plot: Plot): string {
  const {
    lines,
    t,
    look: { colours, scale },
  } = plot.memory;
  return lines
    .map((one) =>
      runMarker(
        0,
        xOf(plot, t),
        yOf(plot, one.values[t - 1]),
        (one.strong ? 4 : 2.8) * scale,
        colourOf(one, plot),
        colours.paper,
      ),
    )
    .join("");
}

/** Each average at the end of its line, with its value: its name is beta where there are several, else its letter. */
export function names(plot: Plot): string {
  const {
    memory: {
      lines,
      t,
      until,
      steps: [, inSight],
      look,
    },
    box,
  } = plot;
  const { scale } = look;
  const to = Math.min(inSight, until);
  const end = Math.min(xOf(plot, to), box.left + box.width);
  const lead = lines.some(({ name }) => name) ? LEAD * scale : 0;
  const x = end + 6 + lead;
  const heights = lines.map(({ values }) => yOf(plot, values[to - 1]) || box.top);
  const ends = heights.map((y) => ({ y }));
  moveApart(ends, 15 * scale, box.top + 2, box.top + box.height - 8 * scale);
  return lines
    .map((one, k) => {
      const { name, letter, dash, strong, values } = one;
      const [fill, y] = [colourOf(one, plot), ends[k].y];
      if (name)
        return (
          line(end + 2, heights[k], x - 3, y, fill, {
            "stroke-width": (strong ? 1.6 : 1.2) * scale,
            "stroke-dasharray": dashesOf(dash, look),
          }) + write(look, name, x, y, { weight: strong ? 600 : 400, fill })
        );
      const value = formatMeasured(values[t - 1]);
      const after = x + letterWidth(look, letter, 13) + 6;
      return (
        write(look, "", x, y, { fill, spans: letterSpans(look, letter, 13) }) +
        (after + widthOf(look, value) < plot.size.width ? write(look, value, after, y, { fill }) : "")
      );
    })
    .join("");
}

/** What the bars are. */
export function legend({ memory: { of, raised, look, bars }, box }: Plot): string {
  const spans = letterSpans(look, { ...of, stem: of.stem + raised }, 14);
  return write(look, "", box.left - 50 * look.scale, box.top + (bars ? 8 : 6) * look.scale, {
    fill: look.colours.ink,
    spans,
  });
}

/** The step that is taken apart, through all rows. */
export function stepLine(plot: Plot): string {
  const {
    memory: {
      t,
      look: { colours },
    },
    weights,
    box,
  } = plot;
  const x = crisp(xOf(plot, t));
  return line(x, weights.top + weights.height, x, box.top + box.height, colours.ink, { "stroke-opacity": 0.5 });
}
