/** The links to what a page shows, whole, whatever it happens to open with. */
import { writeAddress } from "../state/address.ts";
import type { PageAddress } from "../state/types.ts";

/** @returns on this server */
export function pathTo(address: PageAddress): string {
  const { query, fragment } = writeAddress(address);
  return `${location.pathname}?${query}${fragment && "#"}${fragment}`;
}

export const linkTo = (address: PageAddress): string => new URL(pathTo(address), location.href).href;
