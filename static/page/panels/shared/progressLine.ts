/** The progress of long work, with a button to cancel it. */
import { html, nothing } from "lit-html";

interface LongWork {
  /** the share that is done, from 0 to 1 */
  done: number;
  /** its name, if several follow each other */
  name?: string;
  /** why it does not go on */
  waits?: string;
  cancelled?: boolean;
  /** the words once it is cancelled */
  so?: string;
  /** @param whether  it is cancelled, or taken up again */
  onCancel: (whether: boolean) => void;
}

export const progressLine = ({ done, name, waits, cancelled = false, so = "", onCancel }: LongWork) =>
  html`<p class="note long-work wraps" ?data-waits=${!cancelled}>${
    cancelled ? nothing : html`<progress max="1" .value=${done} aria-label="How far it is"></progress>`
  }<span>${
    cancelled ? so : waits || `${name ? `${name}: ` : ""}${Math.round(100 * done)} %`
  }</span><button type="button" class="quiet"
    @click=${() => onCancel(!cancelled)}>${cancelled ? "Go on" : "Cancel"}</button></p>`;
