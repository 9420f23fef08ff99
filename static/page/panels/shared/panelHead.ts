/** The head of a panel with a chart: its title, words beside it, and a button that takes the chart home. */
import { html, nothing } from "lit-html";
import { icon } from "../../controls/icons.ts";
import type { TakeHomePorts } from "../../figure/figure.ts";

/** @param picture  its name among what is taken home */
export function panelHead(figure: TakeHomePorts, title: unknown, beside: unknown, picture: string) {
  const takeHome = figure.takeHome();
  return html`<div class="panel-head row wraps">${title}${beside}${
    takeHome
      ? html`<button type="button" class="icon-button take-chart"
    aria-label="Take the ${picture} chart home" title="Take home" @click=${() => takeHome(picture)}>${icon(
      "save",
    )}</button>`
      : nothing
  }</div>`;
}
