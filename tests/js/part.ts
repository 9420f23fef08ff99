/** Parts of objects, as a test says what it is about. */

/**
 * Of each object within, too, any fields may be left out. Numbers may be a plain list, and a word need not be one of
 * those that are known.
 */
export type Part<T> = T extends (...given: never[]) => unknown
  ? T
  : T extends ArrayBufferView
    ? T | readonly number[]
    : T extends string
      ? string
      : T extends readonly (infer E)[]
        ? readonly Part<E>[]
        : T extends object
          ? { [K in keyof T]?: Part<T[K]> }
          : T;

/** @returns the object of which a test needs no more */
export const partOf = <T>(fields: NoInfer<Part<T>>): T => fields as T;

type FieldOf<U, K extends PropertyKey> = U extends unknown
  ? K extends keyof U
    ? Exclude<U[K], undefined>
    : never
  : never;

/** All fields that any of several types has, as if an object had all of them. */
export type AnyOf<U> = { [K in U extends unknown ? keyof U : never]: FieldOf<U, K> };
