/** Style sheets of parts that are fetched when they are first shown. */

/** Each is fetched once: put in again, it would overrule what came after it. */
const known: Map<string, Promise<void>> = new Map();

function put(href: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
  });
}

/** @returns once it is in force, or has failed */
export function loadStyle(href: string): Promise<void> {
  const loading = known.get(href) ?? put(href);
  known.set(href, loading);
  return loading;
}
