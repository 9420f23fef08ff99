/** Over a slider whose values end in several minima: in which, by the tint and the letter that *Ends* has for it. */
import { nothing, svg } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { styles } from "../component.ts";
import { toHex } from "../math/colour.ts";
import { coveringOf, endLetter } from "../math/ends.ts";
import { formatExact } from "../math/format.ts";
import type { ThemeName } from "../math/palette.ts";
import type { Sweep } from "../state/types.ts";
import { BASE, SHADE, shading } from "./slider.ts";

/** Pixels of a span that has a letter, and from the line up to it. */
const [WIDE, UP] = [12, 3];

/** @returns whether some values end in another minimum than others */
const endsDiffer = ({ end }: Sweep) => new Set(end?.filter((each) => each >= 0)).size > 1;

/** @returns "A: the minimum at (3, 2)" */
const nameOf = ({ minima }: Sweep, end: number) =>
  `${endLetter(end)}: the minimum at (${minima?.[end]
    .slice(0, -1)
    .map((value) => formatExact(value, 4))
    .join(", ")})`;

/** Values next to each other that end in one minimum; area: of their losses */
interface EndSpan {
  end: number;
  left: number;
  right: number;
  area: string;
}

/** @param ceiling  the loss at the start, where it is known */
export function endSpans(sweep: Sweep, x: (value: number) => number, ceiling = Infinity): EndSpan[] {
  const spans: EndSpan[] = [];
  let before = -1;
  for (const [k, area] of shading(sweep, x, ceiling).areas.entries()) {
    const [left, right] = [/M([-\d.]+)/, /H([-\d.]+)/].map((at) => Number(at.exec(area)?.[1]));
    const end = area ? (sweep.end?.[k] ?? -1) : -1;
    const last = spans.at(-1);
    if (end >= 0 && last && end === before) [last.area, last.right] = [last.area + area, right];
    else if (end >= 0) spans.push({ end, left, right, area });
    before = end;
  }
  return spans;
}

export const sliderEnds =
  (sweep: Sweep, ceiling: number | undefined, theme: ThemeName) => (x: (value: number) => number) =>
    endsDiffer(sweep)
      ? guard([sweep, ceiling, theme, x(sweep.values[sweep.values.length - 1])], () =>
          endSpans(sweep, x, ceiling).map(
            ({
              end,
              area,
              left,
              right,
            }) => svg`<path class="slider-shade" d=${`M${left} ${BASE}V${BASE - SHADE}H${right}V${BASE}Z`}
            ${styles({ fill: toHex(coveringOf(end, theme).drawn) })}><title>${nameOf(sweep, end)}</title></path><path
            fill="currentColor" opacity="0.3" d=${area}></path>${
              right - left < WIDE
                ? nothing
                : svg`<text fill="currentColor" font-size="10" text-anchor="middle" x=${(left + right) / 2}
                    y=${BASE - UP}>${endLetter(end)}</text>`
            }`,
          ),
        )
      : nothing;
