/** Style sheets of parts that are fetched when they are first shown. */

/** @param {string} href @returns {Promise<void>} once it is in force, or has failed */
export function loadStyle(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
  });
}
