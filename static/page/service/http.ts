/** Requests to the server, and the two kinds of failure. The only module that knows the address of the API. */
import type { Refusal } from "../state/types.ts";

/** The server does not answer, or cannot at the moment: another try may succeed. */
export class TransientError extends Error {
  seconds: number;

  /** @param message  without a full stop @param seconds  how long the server asks to wait */
  constructor(message: string, seconds: number = 0) {
    super(message);
    this.seconds = seconds;
  }
}

/** A script or a style sheet of the page could not be fetched; browsers give no reason. */
export class Unfetched extends TransientError {
  constructor() {
    super("A part of the page did not come");
  }
}

/** The server refuses the request: the same request would fail again. */
export class Refused extends Error {
  status: number;
  errors: Refusal[];

  constructor(status: number, errors: Refusal[]) {
    super(errors.map((error) => error.msg).join(" "));
    this.status = status;
    this.errors = errors;
  }
}

/** @returns the address of the API, as the server wrote it into the page */
function base(): string {
  return document.querySelector("meta[name=api]")?.getAttribute("content") ?? "/api/v1";
}

/** Above this length a query may not fit, and the request is sent with a body. */
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
 * @returns a response with a status below 400
 * @throws {TransientError | Refused | DOMException} the last when aborted
 */
export async function request({ path, query, body, headers = {}, signal }: ServerRequest): Promise<Response> {
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
  // Proxies answer 503 when they are overloaded.
  const message =
    status === 429 || status === 503 ? "The server has too much to do" : `The server answers with an error (${status})`;
  throw new TransientError(message, secondsOf(response.headers));
}

/** @returns how long the server asks to wait: a number of seconds, or until a time by its own clock */
function secondsOf(headers: Headers): number {
  const retryAfter = headers.get("Retry-After") ?? "";
  const answeredAt = Date.parse(headers.get("Date") ?? "") || Date.now();
  const seconds = Number.isNaN(Number(retryAfter)) ? (Date.parse(retryAfter) - answeredAt) / 1000 : Number(retryAfter);
  return Math.max(0, seconds) || 0;
}

/** @returns the JSON of the reply */
export async function requestJson<T>(jsonRequest: ServerRequest): Promise<T> {
  const response = await request(jsonRequest);
  return response.json().catch(failed);
}

export function failed(error: unknown): never {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  throw new TransientError("The server does not answer");
}

async function refusals(response: Response): Promise<Refusal[]> {
  const body = await response.json().catch(() => null);
  // A proxy may answer in a format of its own.
  return Array.isArray(body?.detail) ? body.detail.map(refusal) : [refusal({ msg: `refused (${response.status})` })];
}

/** An entry of the server's `detail`. */
export const refusal = ({ loc = [], msg = "refused", type = "", ctx = {} }: Partial<Refusal>): Refusal => ({
  loc,
  msg,
  type,
  ctx,
});
