/** Style sheets of parts that are fetched when they are first shown. */
import { Unfetched } from "./http.ts";
import { once } from "./persist.ts";

/** Name of a style sheet -> its file, which lies beside this one; put in by the build. */
declare const STYLES: Record<string, string>;

/** Each is fetched once: put in again, it would overrule what came after it. */
const known: Map<string, () => Promise<void>> = new Map();

function put(file: string, page: Document): Promise<void> {
  const link = page.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(file, import.meta.url).href;
  page.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Unfetched());
    };
  });
}

/** @param name  of a file in static/css @returns once it is in force */
export function loadStyle(name: string): Promise<void> {
  const load = known.get(name) ?? once(() => put(STYLES[name], document));
  known.set(name, load);
  return load();
}

/** The same for a page in a frame of this one, which comes to show with it. */
export const addStyle = (name: string, page: Document): Promise<void> => put(STYLES[name], page);
