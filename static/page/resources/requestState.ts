/** How far one kind of reply is asked for, and how that changes: at most one request of it is under way. */

import type { Wish } from "./resource.ts";

export type RequestState<W extends Wish> =
  /** nothing is asked for */
  | { is: "idle" }
  /**
   * since, until: by the clock; until: it is given up for another wish then, or Infinity. again: the request before has
   * failed, and the page says so until this one is answered
   */
  | { is: "asked"; wish: W; since: number; until: number; again: boolean }
  /** while the reply, or a refusal, is put into the state */
  | { is: "answered"; wish: W }
  /** the server could not be reached */
  | { is: "failed" };

export const IDLE = { is: "idle" } as const;

export const underWay = <W extends Wish>(request: RequestState<W>): W | null =>
  request.is === "asked" ? request.wish : null;

/** @returns whether a request has failed and none was answered since */
export const isUnanswered = (request: RequestState<Wish>): boolean =>
  request.is === "failed" || (request.is === "asked" && request.again);

/**
 * @param wish  the most wanted of those without a reply
 * @param allowed  milliseconds that a request under way for another wish may take; Infinity where that serves this one
 */
export function withWish<W extends Wish>(
  request: RequestState<W>,
  wish: W,
  time: number,
  allowed: (sent: W) => number,
): RequestState<W> {
  // Where a reply leaves a wish open, it is not asked for without end.
  if (request.is === "answered" && request.wish.key === wish.key) return request;
  const until = request.is === "asked" ? request.since + allowed(request.wish) : time;
  if (request.is === "asked" && until > time) return { ...request, until };
  return { is: "asked", wish, since: time, until: Infinity, again: isUnanswered(request) };
}

/** Nothing is wanted that has no reply. @param isGivenUp  so is a request under way */
export const withoutWish = <W extends Wish>(request: RequestState<W>, isGivenUp: boolean): RequestState<W> =>
  request.is === "failed" || (request.is === "asked" && isGivenUp) ? IDLE : request;
