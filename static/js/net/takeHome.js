/** What can be taken home, as the server makes it. */
import { address, ask } from "./http.js";

/** @typedef {import("../state/types.js").Spec} Spec */
/** @typedef {"text/csv" | "application/json"} TableType */

/** @param {string} query  of a picture @returns {Promise<string>} the map as SVG */
export async function getMapPicture(query) {
  return (await ask({ path: "/plot.svg", query })).text();
}

/** Every step of every run of a spec. @param {Spec} spec @param {TableType} type @returns {Promise<Blob>} */
export async function getTable(spec, type) {
  return (await ask({ path: "/trajectories", body: spec, headers: { Accept: type } })).blob();
}

/** @param {Spec} spec  with one optimizer @param {string} language @returns {Promise<string>} */
export async function getProgram(spec, language) {
  return (await ask({ path: "/trajectories/program", query: `language=${language}`, body: spec })).text();
}

/** Where a program asks for runs. @param {string} [query] @returns {string} with the server's name */
export const runsAddress = (query) => new URL(address("/trajectories", query), location.href).href;

/** @param {string} url  of a font of this page @returns {Promise<Uint8Array>} */
export async function fontBytes(url) {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}
