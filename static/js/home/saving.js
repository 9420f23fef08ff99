/** Files for whoever keeps them. */

/** Milliseconds after which a browser has taken over what it was given. */
const TAKEN = 60_000;

/** @param {string} text @returns {string} that every file system takes */
const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[^a-z0-9.]+/g, "-").replace(/^[-.]+|[-.]+$/g, "").slice(0, 60);

/**
 * @param {string[]} parts  what the file is of, as it is called on the page
 * @param {string} extension
 * @returns {string} such as "fall-line-himmelblau-loss.svg"
 */
export const fileName = (parts, extension) => `${["fall-line", ...parts.map(plain)].filter(Boolean).join("-")}.${extension}`;

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), TAKEN);
}
