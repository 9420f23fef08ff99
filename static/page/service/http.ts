/** Requests to the server, and the two ways in which one can fail. The only module that knows where the API is. */
import type { Refusal } from "../state/types.ts";

/** The server does not answer, or cannot at the moment: worth another try. */
export class Gone extends Error {
  seconds: number;

  /** @param message  as the page says it, without a full stop @param seconds  how long it asks to be left alone */
  constructor(message: string, seconds: number = 0) {
    super(message);
    this.seconds = seconds;
  }
}

/** A script or a style sheet of the page did not come; a browser does not say why. */
export class Unfetched extends Gone {
  constructor() {
    super("A part of the page did not come");
  }
}

/** The server has read the request and will not have it: the same request would fail again. */
export class Refused extends Error {
  status: number;
  errors: Refusal[];

  constructor(status: number, errors: Refusal[]) {
    super(errors.map((error) => error.msg).join(" "));
    this.status = status;
    this.errors = errors;
  }
}

/** @returns where the API is, from the page that was served */
function base(): string {
  return document.querySelector("meta[name=api]")?.getAttribute("content") ?? "/api/v1";
}

/** Past this a query no longer fits everywhere, and the request goes as a body. */
export const LONGEST_QUERY = 2000;

/** @param path  below the API @param query  without "?" */
export function address(path: string, query: string = "") {
  return `${base()}${path}${query && "?"}${query}`;
}

interface ServerRequest {
  path: string;
  query?: string;
  /** sent as JSON, by POST */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * @returns of a status below 400
 * @throws {Gone | Refused | DOMException} the last when aborted
 */
export async function ask({ path, query, body, headers = {}, signal }: ServerRequest): Promise<Response> {
  const how = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const sent = body === undefined ? headers : { "Content-Type": "application/json", ...headers };
  return send(address(path, query), { ...how, headers: sent, signal });
}

/** The same for any address of the server. */
export async function send(url: string, how: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, how).catch(failed);
  if (response.ok) return response;
  const { status } = response;
  if (status < 500 && status !== 429) throw new Refused(status, await refusals(response));
  // 503 is what those say who stand between, and have too much to do.
  const said =
    status === 429 || status === 503 ? "The server has too much to do" : `The server answers with an error (${status})`;
  throw new Gone(said, secondsOf(response.headers));
}

/** @returns how long the server asks to be left alone: a number of seconds, or until a time by its own clock */
function secondsOf(headers: Headers): number {
  const given = headers.get("Retry-After") ?? "";
  const now = Date.parse(headers.get("Date") ?? "") || Date.now();
  const seconds = Number.isNaN(Number(given)) ? (Date.parse(given) - now) / 1000 : Number(given);
  return Math.max(0, seconds) || 0;
}

/** @returns the JSON of the reply */
export async function askJson<T>(request: ServerRequest): Promise<T> {
  const response = await ask(request);
  return response.json().catch(failed);
}

export function failed(error: unknown): never {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  throw new Gone("The server does not answer");
}

async function refusals(response: Response): Promise<Refusal[]> {
  const body = await response.json().catch(() => null);
  // Whoever stands between may answer in words of its own.
  return Array.isArray(body?.detail) ? body.detail.map(refusal) : [refusal({ msg: `refused (${response.status})` })];
}

/** One entry of the server's `detail`. */
export const refusal = ({ loc = [], msg = "refused", type = "", ctx = {} }: Partial<Refusal>): Refusal => ({
  loc,
  msg,
  type,
  ctx,
});
