/** Fetches files for download that the server makes. */

import type { Spec } from "../state/types.ts";
import { address, failed, request, send } from "./http.ts";

export type TableType = "text/csv" | "application/json";

/** @param query  of a picture @returns the map as SVG */
export async function getMapPicture(query: string): Promise<string> {
  return (await request({ path: "/plot.svg", query })).text().catch(failed);
}

/**
 * Every step of every run of a spec. @param average  the row from which on parameters are averaged; null: they are not
 */
export async function getTable(spec: Spec, type: TableType, average: number | null): Promise<Blob> {
  const query = average === null ? undefined : `average=${average}`;
  return (await request({ path: "/trajectories", query, body: spec, headers: { Accept: type } })).blob().catch(failed);
}

/** @param spec  with one optimizer */
export async function getProgram(spec: Spec, language: string): Promise<string> {
  return (await request({ path: "/trajectories/program", query: `language=${language}`, body: spec }))
    .text()
    .catch(failed);
}

/** The address of runs in a program. @returns with the server's name */
export const runsAddress = (query?: string): string => new URL(address("/trajectories", query), location.href).href;

/** @param url  of a font of this page */
export async function fontBytes(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await send(url)).arrayBuffer().catch(failed));
}
