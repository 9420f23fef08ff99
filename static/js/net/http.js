/** Requests to the server, and the two ways in which one can fail. The only module that knows where the API is. */

/** @typedef {import("../state/types.js").Refusal} Refusal */

/** The server does not answer, or cannot at the moment: worth another try. */
export class Gone extends Error {
  /** @param {string} message @param {number} [seconds]  how long it asks to be left alone */
  constructor(message, seconds = 0) {
    super(message);
    this.seconds = seconds;
  }
}

/** The server has read the request and will not have it: the same request would fail again. */
export class Refused extends Error {
  /** @param {number} status @param {Refusal[]} errors */
  constructor(status, errors) {
    super(errors.map((error) => error.msg).join(" "));
    this.status = status;
    this.errors = errors;
  }
}

/** @returns {string} where the API is, from the page that was served */
function base() {
  return document.querySelector("meta[name=api]")?.getAttribute("content") ?? "/api/v1";
}

/** @param {string} path  below the API @param {string} [query]  without "?" */
export function address(path, query = "") {
  return `${base()}${path}${query && "?"}${query}`;
}

/**
 * @typedef {object} Request
 * @property {string} path
 * @property {string} [query]
 * @property {unknown} [body]  sent as JSON, by POST
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 */

/**
 * @param {Request} request
 * @returns {Promise<Response>} of a status below 400
 * @throws {Gone | Refused | DOMException} the last when aborted
 */
export async function ask({ path, query, body, headers = {}, signal }) {
  const how = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const sent = body === undefined ? headers : { "Content-Type": "application/json", ...headers };
  const response = await fetch(address(path, query), { ...how, headers: sent, signal }).catch(failed);
  if (response.ok) return response;
  if (response.status >= 500) throw new Gone(`the server answers with an error (${response.status})`);
  if (response.status === 429) throw new Gone("the server has too much to do", Number(response.headers.get("Retry-After")) || 1);
  throw new Refused(response.status, await refusals(response));
}

/**
 * @template T
 * @param {Request} request
 * @returns {Promise<T>} the JSON of the reply
 */
export async function askJson(request) {
  const response = await ask(request);
  return response.json().catch(failed);
}

/** @param {unknown} error @returns {never} */
export function failed(error) {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  throw new Gone("the server does not answer");
}

/** @param {Response} response @returns {Promise<Refusal[]>} */
async function refusals(response) {
  const body = await response.json().catch(() => null);
  // Whoever stands between may answer in words of its own.
  return Array.isArray(body?.detail) ? body.detail.map(refusal) : [refusal({ msg: `refused (${response.status})` })];
}

/** One entry of the server's `detail`. @param {Partial<Refusal>} given @returns {Refusal} */
export const refusal = ({ loc = [], msg = "refused", type = "", ctx = {} }) => ({ loc, msg, type, ctx });
