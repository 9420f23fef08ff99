/** Fetches style sheets of parts that are not in the first view. */
import { Unfetched } from "./http.ts";
import { once } from "./retry.ts";

/** Name of a style sheet -> its file, next to this one; inserted by the build. */
declare const STYLES: Record<string, string>;

/** Each is fetched once: inserted again, it would override later ones. */
const loaders: Map<string, () => Promise<void>> = new Map();

function addLink(file: string, page: Document): Promise<void> {
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

/** @param name  of a file in static/css @returns once it applies */
export function loadStyle(name: string): Promise<void> {
  const load = loaders.get(name) ?? once(() => addLink(STYLES[name], document));
  loaders.set(name, load);
  return load();
}

/** The same for a page in a frame, which shows once the style applies. */
export const addStyle = (name: string, page: Document): Promise<void> => addLink(STYLES[name], page);
