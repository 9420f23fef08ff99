/** How far one kind of reply is asked for, and how that changes: at most one request of it is under way. */

import type { Need } from "./resource.ts";

export type RequestState<N extends Need> =
  /** nothing is asked for */
  | { is: "idle" }
  /**
   * since, until: by the clock; until: it is given up for another need then, or Infinity. again: the request before has
   * failed, and the page says so until this one is answered
   */
  | { is: "asked"; need: N; since: number; until: number; again: boolean }
  /** while the reply, or a refusal, is put into the state */
  | { is: "answered"; need: N }
  /** the server could not be reached */
  | { is: "failed" };

export const IDLE = { is: "idle" } as const;

export const underWay = <N extends Need>(request: RequestState<N>): N | null =>
  request.is === "asked" ? request.need : null;

/** @returns whether a request has failed and none was answered since */
export const isUnanswered = (request: RequestState<Need>): boolean =>
  request.is === "failed" || (request.is === "asked" && request.again);

/** A part of the reply has come: the server can be reached. */
export const withPartReceived = <N extends Need>(request: RequestState<N>): RequestState<N> =>
  request.is === "asked" ? { ...request, again: false } : request;

/**
 * @param need  the most wanted of those without a reply
 * @param allowed  milliseconds that a request under way for another need may take; Infinity where that serves this one
 */
export function withNeed<N extends Need>(
  request: RequestState<N>,
  need: N,
  time: number,
  allowed: (sent: N) => number,
): RequestState<N> {
  // Where a reply leaves a need open, it is not asked for without end.
  if (request.is === "answered" && request.need.key === need.key) return request;
  const until = request.is === "asked" ? request.since + allowed(request.need) : time;
  if (request.is === "asked" && until > time) return { ...request, until };
  return { is: "asked", need, since: time, until: Infinity, again: isUnanswered(request) };
}

/** Nothing is wanted that has no reply. @param isGivenUp  so is a request under way */
export const withoutNeed = <N extends Need>(request: RequestState<N>, isGivenUp: boolean): RequestState<N> =>
  request.is === "failed" || (request.is === "asked" && isGivenUp) ? IDLE : request;
