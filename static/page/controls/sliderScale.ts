/** The scale of a hyperparameter on its slider: places of values, values that can be set, and where numbers stand. */
import { formatExact, superscript } from "../math/format.ts";
import { clamped, multiples, niceStep } from "../math/ticks.ts";
import type { Param } from "../state/types.ts";

/** a tick; the main ones have a number */
export type ScaleMark = { at: number; text: string | null };

interface SliderScale {
  /** 0 to 1 from end to end; outside of it for values off the slider */
  place: (value: number) => number;
  /** rounded as one would type it */
  value: (at: number) => number;
  /** the neighbouring value; far: the next of 1, 2 and 5 in a decade */
  next: (value: number, direction: 1 | -1, far: boolean) => number;
  marks: (width: number) => ScaleMark[];
}

const DIGITS = 2;
/** The width of a number, in pixels. */
const NUMBER_WIDTH = 34;

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/** The next number with so many digits. */
function neighbour(value: number, direction: 1 | -1): number {
  const exponent = Math.floor(Math.log10(value) + 1e-12);
  const leavesDecade = direction < 0 && value <= 10 ** exponent * (1 + 1e-9);
  const unit = 10 ** (exponent - DIGITS + 1 - (leavesDecade ? 1 : 0));
  const units = direction > 0 ? Math.floor(value / unit + 1e-6) + 1 : Math.ceil(value / unit - 1e-6) - 1;
  return Number((units * unit).toPrecision(DIGITS));
}

/** The next of 1, 2 and 5 in a decade. */
function nextRound(value: number, direction: 1 | -1): number {
  const exponent = Math.floor(Math.log10(value) + 1e-12);
  const round = [exponent - 1, exponent, exponent + 1].flatMap((e) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${e}`)),
  );
  const beyond = round.filter((candidate) => (direction > 0 ? candidate > value * 1.0001 : candidate < value * 0.9999));
  return direction > 0 ? beyond[0] : beyond[beyond.length - 1];
}

/** @param high  exponents @returns decades between two numbers */
function decadesPerNumber(low: number, high: number, width: number): number {
  const room = Math.max(1, Math.floor(width / NUMBER_WIDTH));
  return Math.max(1, Math.ceil((high - low + 1) / room));
}

/** @returns the next value, kept on the slider; a value off it stays where it is or comes nearer */
const toward = (next: number, value: number, { min, max }: Pick<Param, "min" | "max">): number =>
  clamped(next, Math.min(min, value), Math.max(max, value));

function logScale({ min, max }: Param): SliderScale {
  const [low, high] = [Math.log10(min), Math.log10(max)];
  const place = (value: number) => (value > 0 ? (Math.log10(value) - low) / (high - low) : 0);
  return {
    place,
    value: (at) => rounded(clamped(10 ** (low + at * (high - low)), min, max)),
    next(value, direction, far) {
      if (!(value > 0)) return direction > 0 ? min : value;
      return toward(far ? nextRound(value, direction) : neighbour(value, direction), value, { min, max });
    },
    marks(width) {
      const every = decadesPerNumber(low, high, width);
      const exponents = multiples(Math.ceil(low - 1e-9), Math.floor(high + 1e-9), 1);
      const dense = width / (high - low) >= 14;
      return exponents.flatMap((e) => {
        const numbered = Math.round(e) % every === 0;
        const between = dense
          ? [2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({ at: place(digit * 10 ** e), text: null }))
          : [];
        return [
          { at: place(10 ** e), text: numbered ? (e < -3 ? `10${superscript(e)}` : formatExact(10 ** e, 1)) : "" },
          ...between.filter(({ at }) => at <= 1 + 1e-9),
        ];
      });
    },
  };
}

/** The scale of a decay, by its distance from 1: 0.9, 0.99 and 0.999 are equally far apart. */
function decayScale({ min, max }: Param): SliderScale {
  const digits = (value: number) => -Math.log10(1 - value);
  const [low, high] = [digits(min), digits(max)];
  const place = (value: number) => (digits(Math.min(value, 1 - 1e-12)) - low) / (high - low);
  const from = (distance: number) => Number((1 - rounded(distance)).toFixed(12));
  return {
    place,
    value: (at) => clamped(from(10 ** -(low + at * (high - low))), min, max),
    next(value, direction, far) {
      const distance = Math.max(1 - value, 1e-9);
      const back = -direction as 1 | -1;
      const next = from(Math.min(1, far ? nextRound(distance, back) : neighbour(distance, back)));
      return toward(next, value, { min, max });
    },
    marks() {
      const nines = multiples(0, Math.floor(high + 1e-9), 1);
      return nines.flatMap((n) => {
        const main = { at: place(1 - 10 ** -n), text: formatExact(Number((1 - 10 ** -n).toFixed(9))) };
        const between = [2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({
          at: place(1 - digit * 10 ** -(n + 1)),
          text: null,
        }));
        return [main, ...between.filter(({ at }) => at < 1 - 1e-9)];
      });
    },
  };
}

function linearScale({ min, max }: Param): SliderScale {
  const fine = niceStep((max - min) / 100);
  const snap = (value: number) => Number((Math.round(value / fine) * fine).toPrecision(6));
  const place = (value: number) => (value - min) / (max - min);
  return {
    place,
    value: (at) => clamped(snap(min + at * (max - min)), min, max),
    next: (value, direction, far) => toward(snap(value + direction * fine * (far ? 10 : 1)), value, { min, max }),
    marks(width) {
      const step = niceStep((max - min) / Math.max(1, Math.floor(width / (NUMBER_WIDTH + 8))));
      const main = multiples(min, max, step).map((value) => ({ at: place(value), text: formatExact(value) }));
      const minor = multiples(min, max, step / 5).map((value) => ({ at: place(value), text: null }));
      return [...main, ...minor];
    },
  };
}

const KINDS = { log: logScale, decay: decayScale, linear: linearScale };

export function scaleOf(param: Param): SliderScale {
  const kind = param.scale === "log" && param.min <= 0 ? "linear" : param.scale;
  const scale = KINDS[kind](param);
  return param.whole ? inWholeNumbers(scale, param) : scale;
}

const inWholeNumbers = (scale: SliderScale, { min, max }: Param): SliderScale => ({
  ...scale,
  value: (at) => clamped(Math.round(scale.value(at)), min, max),
  next: (value, direction, far) =>
    toward(Math.round(far ? scale.next(value, direction, far) : value + direction), value, { min, max }),
});

/** @returns the value as one would type it */
export const asTyped = rounded;
