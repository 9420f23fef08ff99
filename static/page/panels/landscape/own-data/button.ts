/** The button that opens the dialog for data of one's own, which is fetched with the first press. */
import { html } from "lit-html";
import { component } from "../../../component.ts";
import { icon } from "../../../controls/icons.ts";
import type { Figure } from "../../../figure/figure.ts";
import { retryWhileTransient } from "../../../service/retry.ts";

/** network: whether the data are for a network, not for a line fit */
export const ownDataButton = component<{ figure: Figure; network: boolean }>((redraw) => {
  let message = "";

  function say(words: string) {
    message = words;
    redraw();
  }

  return ({ figure, network }) => {
    const { ended: signal } = figure;
    const load = async () => (await import("./ownData.ts")).openOwnData(figure, network);
    const open = () =>
      retryWhileTransient(load, { signal, onWait: say }).then(
        () => say(""),
        (error) => {
          console.warn("the dialog for data could not be opened:", error);
          say("This could not be opened.");
        },
      );
    return html`<div><button type="button" class="quiet" aria-haspopup="dialog" @click=${open}>${icon(
      "plus",
    )}Your own data, as CSV</button><span class="note" role="status">${message}</span></div>`;
  };
});
