/** A ring around each minimum in which rates of the runs end, in the tint that it has over their sliders. */

import { dot, type Ink } from "../../../marks/mark.ts";
import { screenX, screenY } from "../../../marks/scales.ts";
import { isInside } from "../../../math/box.ts";
import { toHex } from "../../../math/colour.ts";
import { coveringOf } from "../../../math/endLooks.ts";
import type { Layer } from "../moment.ts";

/** Nominal pixels: the middle of the ring, its width, and its width with its outline. */
const [RADIUS, WIDTH, OUTLINED] = [11, 4, 5.5];

export const endRings: Layer = {
  draw({ stillMap: { scene, axes, area, look } }) {
    const minima = axes.minima(scene);
    const under = scene.endsOfRates.flatMap((index) => {
      const at = minima[index] && ([screenX(area, minima[index].x), screenY(area, minima[index].y)] as const);
      if (!at || !isInside(area.box, ...at)) return [];
      const stroke = toHex(coveringOf(index, look.theme).drawn) as Ink;
      return [dot(at, RADIUS, { stroke, width: WIDTH, casing: { stroke: "ink", width: OUTLINED } })];
    });
    return { under };
  },
};
