/** Under which name others open this page. */

const OWN_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/** @returns whether it leads to whoever follows it, not here */
export const isOwnName = (link: string): boolean => OWN_NAMES.includes(new URL(link).hostname);

/** @param link  of this page @returns the same for others, where the server knows its address on the network */
export function outward(link: string): string {
  const address = document.querySelector("meta[name=outward-address]")?.getAttribute("content");
  if (!address || !isOwnName(link)) return link;
  const url = new URL(link);
  url.hostname = address;
  return url.href;
}
