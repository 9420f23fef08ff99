/** A plane through the parameters of a network: its loss on a grid, and the runs projected onto it. */

import type { Landscape, Spec, Window } from "../state/types.ts";
import type { WireLandscape } from "./api.ts";
import { DIGITS, fromWire } from "./api.ts";
import { askJson } from "./http.ts";

interface WirePlane {
  parameters: [string, string] | null;
  directions: [number[], number[]];
  through: number[];
  share: number | null;
  paths: { x: number[]; y: number[] }[];
  sentence: string;
}

/**
 * @param spec  with the runs that it is laid for
 * @param along  two parameters; null: the principal directions of the runs
 * @param window  of the plane; null: all of it
 */
export async function getPlane(
  spec: Spec,
  {
    along,
    window,
    resolution,
    signal,
  }: { along: string[] | null; window: Window | null; resolution: number; signal?: AbortSignal },
): Promise<{ landscape: Landscape; plane: WirePlane }> {
  const body = {
    ...spec,
    resolution,
    digits: DIGITS,
    ...(along && { plane: along }),
    ...(window && { domain: window }),
  };
  const wire = await askJson<WireLandscape & { plane: WirePlane }>({ path: "/landscape", body, signal });
  return { landscape: fromWire(wire), plane: wire.plane };
}
