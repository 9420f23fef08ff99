/** The exponentially weighted average: V_t = beta V_(t-1) + (1 - beta) theta_t, with V_0 = 0. */

/**
 * @param values  theta_1, theta_2, ...
 * @param beta  from 0 to below 1
 * @param first  weight of the newest value: 1 - beta of an average, 1 of a sum that forgets
 * @returns V_1, V_2, ...
 */
export function movingAverage(values: ArrayLike<number>, beta: number, first: number = 1 - beta): Float64Array {
  let average = 0;
  return Float64Array.from(values, (value) => (average = beta * average + first * value));
}

/**
 * The weight of one value in V_t.
 * @param age  how many steps ago the value came
 */
export const weightOf = (beta: number, age: number, first: number = 1 - beta) => first * beta ** age;

/** The weight of V_0 = 0 in V_t. */
export const missingAt = (beta: number, t: number) => beta ** t;

/** The factor of the bias correction, 1 / (1 - beta^t); 1 without it. */
export const stretchAt = (beta: number, t: number, corrected: boolean) =>
  corrected ? 1 / (1 - missingAt(beta, t)) : 1;

/** About how many of the last values have most of the weight: 1 / (1 - beta). */
export const rememberedSteps = (beta: number) => 1 / (1 - beta);

/** Days of the made-up year. */
export const DAYS = 365;

/**
 * A year of noisy temperatures in degrees, invented for this picture: a wave of seasons plus noise from a simple
 * random number generator with a fixed seed.
 */
export function temperatures(): Float64Array {
  let seed = 20_240_229;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  return Float64Array.from({ length: DAYS }, (_, day) => {
    const weather = 3.2 * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    return Number((12 - 10 * Math.cos((2 * Math.PI * (day - 15)) / DAYS) + weather).toFixed(1));
  });
}
