/** The head of a panel with a chart: its title, what is said beside it, and the way to take the chart home. */
import { icon } from "../../controls/icons.ts";
import { h } from "../../dom.ts";
import type { Figure } from "../../figure/figure.ts";

/** @param picture  its name among what is taken home */
export function panelHead({ takeHome }: Figure, title: HTMLElement, beside: HTMLElement, picture: string) {
  const label = `Take the ${picture} chart home`;
  return h("div", { class: "panel-head" }, title, beside,
    takeHome && h("button", { type: "button", class: "icon-button take-chart", "aria-label": label, title: "Take home", onclick: () => takeHome(picture) }, icon("save")));
}
