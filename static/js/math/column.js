/** Numbers under each other. */

/** As wide as a figure, and as a point, of the page's type. */
const FIGURE = "\u2007";
const POINT = "\u2008";

/** @param {string} text @returns {number} figures after the point, -1 where there is no point */
const decimals = (text) => (/^[−-]?[\d.]+$/.test(text) ? text.length - 1 - (text.includes(".") ? text.indexOf(".") : text.length) : NaN);

/**
 * Numbers set flush right stand point under point once blanks take the place of the decimals that one has less than
 * another. Those with a power of ten are left as they are.
 * @param {string[]} texts
 * @returns {string[]}
 */
export function pointUnderPoint(texts) {
  const most = Math.max(-1, ...texts.map(decimals).filter((count) => !Number.isNaN(count)));
  return texts.map((text) => {
    const own = decimals(text);
    if (Number.isNaN(own) || own === most) return text;
    return own < 0 ? text + POINT + FIGURE.repeat(most) : text + FIGURE.repeat(most - own);
  });
}
