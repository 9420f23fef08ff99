/** Controls for the panels that still keep their elements by hand; it goes with the last of these. */
import { standing } from "../component.ts";
import { sample, select, words } from "./choice.ts";
import { numberField } from "./numberField.ts";
import { slider } from "./slider.ts";

type Given<C extends (given: any) => unknown> = Parameters<C>[0];

export function createWords<T extends string>(given: Omit<Given<typeof words<T>>, "value">) {
  const { root, set } = standing<T, HTMLElement>((value) => words({ ...given, value }), given.options[0][0]);
  return { root, set };
}

export function createSelect(given: Omit<Given<typeof select>, "value" | "options">) {
  let options: Given<typeof select>["options"] = [];
  const { root, set } = standing<string, HTMLSelectElement>((value) => select({ ...given, options, value }), "");
  return {
    root,
    set(listed: typeof options, value: string) {
      options = listed;
      set(value);
    },
  };
}

export const createSample = () => standing<number, SVGElement>(sample, 0);

export function createNumberField(given: Omit<Given<typeof numberField>, "value" | "fault">) {
  const { root, set } = standing<number | null, HTMLInputElement>((value) => numberField({ ...given, value }), null);
  return { root, set };
}

export type NumberField = ReturnType<typeof createNumberField>;

export function createSlider(given: Pick<Given<typeof slider>, "param" | "label" | "onInput" | "onSettle">) {
  const now = (state: Pick<Given<typeof slider>, "value" | "slot">) => slider({ ...given, ...state });
  return standing<Pick<Given<typeof slider>, "value" | "slot">, HTMLElement>(now, { value: given.param.default, slot: 0 });
}
