/** The exponentially weighted average: V_t = beta V_(t-1) + (1 - beta) theta_t, with V_0 = 0. */

/**
 * @param {ArrayLike<number>} values  theta_1, theta_2, ...
 * @param {number} beta  from 0 to below 1
 * @param {number} [first]  weight of the newest value: 1 - beta of an average, 1 of a sum that forgets
 * @returns {Float64Array} V_1, V_2, ...
 */
export function averaged(values, beta, first = 1 - beta) {
  let average = 0;
  return Float64Array.from(values, (value) => (average = beta * average + first * value));
}

/**
 * What V_t gives to each value.
 * @param {number} beta
 * @param {number} age  steps ago
 * @param {number} [first]
 */
export const weightOf = (beta, age, first = 1 - beta) => first * beta ** age;

/** The part of V_t that is still the 0 it began with. @param {number} beta @param {number} t */
export const missingAt = (beta, t) => beta ** t;

/** What each weight is multiplied with to make up for the start: of V_t / (1 - beta^t). @param {number} beta @param {number} t @param {boolean} corrected */
export const stretchAt = (beta, t, corrected) => (corrected ? 1 / (1 - missingAt(beta, t)) : 1);

/** Steps that are mostly remembered. @param {number} beta */
export const windowOf = (beta) => 1 / (1 - beta);

/** Days of the made-up year. */
export const DAYS = 365;

/**
 * A year of noisy temperatures in degrees, made for this picture: a wave of seasons, and weather that a plain
 * generator of numbers throws in, the same every time.
 * @returns {Float64Array}
 */
export function temperatures() {
  let seed = 20_240_229;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  return Float64Array.from({ length: DAYS }, (_, day) => {
    const weather = 3.2 * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    return Number((12 - 10 * Math.cos((2 * Math.PI * (day - 15)) / DAYS) + weather).toFixed(1));
  });
}
