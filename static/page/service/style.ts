/** Style sheets of parts that are fetched when they are first shown. */
import { Unfetched } from "./http.ts";
import { once } from "./persist.ts";

/** Name of a style sheet -> its file, which lies beside this one; put in by the build. */
declare const STYLES: Record<string, string>;

/** Each is fetched once: put in again, it would overrule what came after it. */
const known: Map<string, () => Promise<void>> = new Map();

function put(file: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(file, import.meta.url).href;
  document.head.append(link);
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
  const load = known.get(name) ?? once(() => put(STYLES[name]));
  known.set(name, load);
  return load();
}
