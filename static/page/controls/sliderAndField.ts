/** A slider and a number field that set one value, each to stand where there is room for it. */
import { numberField } from "./numberField.ts";
import { slider } from "./slider.ts";
import { scaleOf } from "./sliderScale.ts";

type OfField = Parameters<typeof numberField>[0];

/** @param field  what the field has of its own; its arrow keys go along the scale of the slider */
export function sliderAndField(ofSlider: Parameters<typeof slider>[0], field: Partial<OfField> = {}) {
  const { label, value, param, onInput } = ofSlider;
  return {
    slider: slider(ofSlider),
    field: numberField({
      label,
      value,
      next: scaleOf(param).next,
      onCommit: (typed) => typed !== null && onInput(typed, false),
      ...field,
    }),
  };
}
