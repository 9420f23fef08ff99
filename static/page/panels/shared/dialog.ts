/** A modal dialog, closed by Escape, by a press beside it or from within, and then removed from the page. */
import { html, render } from "lit-html";
import { icon } from "../../controls/icons.ts";
import { h } from "../../dom.ts";

/** @param labelledBy  the id of its title @param onClose  called once it is removed */
export function openDialog(
  { className, labelledBy, onClose = () => {} }: { className: string; labelledBy: string; onClose?: () => void },
  template: () => unknown,
) {
  const place = h("div");
  const dialog = () => place.firstElementChild as HTMLDialogElement;
  const close = () => dialog().close();

  /** Its own padding is within, though the press is on the dialog itself there. */
  function closeBeside({ target, clientX, clientY }: PointerEvent) {
    const { left, top, right, bottom } = dialog().getBoundingClientRect();
    const isWithin = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    if (target === dialog() && !isWithin) close();
  }

  function end() {
    place.remove();
    onClose();
  }

  function redraw() {
    render(
      html`<dialog class=${className} aria-labelledby=${labelledBy} @close=${end}
        @pointerdown=${closeBeside}>${template()}</dialog>`,
      place,
    );
  }

  redraw();
  document.body.append(place);
  dialog().showModal();
  return { place, redraw, close };
}

/** @param more  shown between its title and the button that closes it */
export const dialogHead = (id: string, title: string, close: () => void, more: unknown = null) =>
  html`<header class="home-head row wraps"><h2 id=${id}>${title}</h2>${more}<button type="button"
    class="icon-button to-end" aria-label="Close" title="Close" @click=${close}>${icon("close")}</button></header>`;
