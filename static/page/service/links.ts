/** Links to the state that a page shows, complete, without the defaults of the page. */
import { writeAddress } from "../state/address.ts";
import type { PageAddress } from "../state/types.ts";

/** Mail and chat break a link of more characters. */
export const LONGEST_LINK = 2000;

/** @returns a path on this server */
export function pathTo(address: PageAddress): string {
  const { query, fragment } = writeAddress(address);
  return `${location.pathname}?${query}${fragment && "#"}${fragment}`;
}

export const linkTo = (address: PageAddress): string => new URL(pathTo(address), location.href).href;
