/** Which way lines go, said of all of them in a sentence. */

/** @typedef {"falls" | "rises" | "both" | "stays"} Trend */

/** Of the size of a value: less than this is rounding. */
const ROUNDING = 1e-9;

/** In the order they are said, with what is said of one and of several. @type {[Trend, string, string][]} */
const WORDS = [
  ["falls", "only falls", "only fall"],
  ["rises", "only rises", "only rise"],
  ["both", "rises and falls", "rise and fall"],
  ["stays", "stays as it is", "stay as they are"],
];

/**
 * @param {import("../views/chart/curves.js").Series} series
 * @param {[number, number]} steps  looked at
 * @returns {Trend}
 */
export function trendOf({ values, first }, [from, to]) {
  let [up, down, before] = [false, false, NaN];
  for (let k = Math.max(0, from - first); k <= Math.min(values.length - 1, to - first); k++) {
    const change = values[k] - before;
    const least = ROUNDING * Math.abs(values[k]);
    up ||= change > least;
    down ||= change < -least;
    if (Number.isFinite(values[k])) before = values[k];
  }
  if (up && down) return "both";
  return up ? "rises" : down ? "falls" : "stays";
}

/** @param {string[]} words @returns {string} */
const listed = (words) => (words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`);

/**
 * @param {{name: string, trend: Trend}[]} lines
 * @returns {string} "AdaGrad’s only falls, RMSProp’s and Adam’s rise and fall."
 */
export function trendWords(lines) {
  const parts = WORDS.flatMap(([trend, one, several]) => {
    const names = lines.filter((line) => line.trend === trend).map(({ name }) => `${name}’s`);
    return names.length ? [`${listed(names)} ${names.length > 1 ? several : one}`] : [];
  });
  return parts.length ? `${parts.join(", ")}.` : "";
}
