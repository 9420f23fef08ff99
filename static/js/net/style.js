/** Style sheets of parts that are fetched when they are first shown. */

/** Each is fetched once: put in again, it would overrule what came after it. @type {Map<string, Promise<void>>} */
const known = new Map();

/** @param {string} href @returns {Promise<void>} */
function put(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
  });
}

/** @param {string} href @returns {Promise<void>} once it is in force, or has failed */
export function loadStyle(href) {
  const loading = known.get(href) ?? put(href);
  known.set(href, loading);
  return loading;
}
