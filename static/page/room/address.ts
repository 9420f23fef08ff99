/** The page of the site that a wall shows, as a seat opens it: of whatever the server says no other. */

export interface FollowedPage {
  /** below the site */
  address: string;
  /** its name; empty: the playground */
  lesson: string;
  /** the same where the page that is open can be led there */
  key: string;
}

/** @param shown  as the wall told it @returns null: no page that can be followed */
export function pageAt(shown: string): FollowedPage | null {
  const [path, query = ""] = shown.split("#")[0].split("?");
  if (path === "/") return { address: `/?${query}#reveal=true`, lesson: "", key: "" };
  const [, lesson = ""] = /^\/lessons\/([a-z0-9_-]+)$/.exec(path) ?? [];
  const sections = new URLSearchParams(query).get("present") ?? "";
  const address = `${path}?led=${sections}`;
  return lesson && /^[\d,]*$/.test(sections) ? { address, lesson, key: address } : null;
}
