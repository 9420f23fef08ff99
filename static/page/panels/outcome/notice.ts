/** One strip above the map for what stands between the page and its picture. */
import { icon } from "../../controls/icons.ts";
import { isStale } from "../../state/state.ts";
import { setStart, setWindow } from "../../state/actions.ts";
import { startOffer } from "../../words/startFault.ts";
import { inPlainWords } from "../../words/refusal.ts";
import { h, setText } from "../../dom.ts";
import type { State } from "../../state/types.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Offer } from "../../words/startFault.ts";

/**
 * @param now  milliseconds
 * @param found  what is wrong with a run or a formula is said where it stands, if it does
 */
function words(state: State, now: number, found: Figure["found"]): string {
  const { fault, problemOnMap, entries } = state;
  if (fault?.kind === "gone") {
    const seconds = Math.max(0, Math.ceil((fault.retryAt - now) / 1000));
    const kept = problemOnMap ? " What is drawn stays and plays." : "";
    return `The server does not answer.${kept} ${seconds ? `Trying again in ${seconds} s.` : "Trying again."}`;
  }
  if (fault?.kind !== "refused" || (found("runs") && entries.some(({ id }) => id === fault.entry))) return "";
  const formula = found("landscape") && state.problem.expression !== undefined && fault.errors.some(({ loc }) => loc.includes("expression"));
  if (formula) return isStale(state) && problemOnMap ? "Still showing the last formula that could be read." : "";
  return fault.errors.map(inPlainWords).join(" ");
}

/** @param first  what the address said that could not be read */
export const createNotice = (first: string[] = []) => ({ store, place, found, retry: onRetry }: Figure) => {
  const root = place("notice");
  const text = h("span");
  const retry = h("button", { type: "button", class: "quiet strong", onclick: onRetry }, "Try now");
  const help = h("button", { type: "button", class: "quiet strong", onclick: accept });
  const strip = h("div", { class: "notice", role: "status", hidden: true }, icon("warn"), text, retry, help);
  let offer: Offer | null = null;
  let remarks = first;
  root.append(strip);

  function accept() {
    if (offer?.start) store.update(setStart, offer.start, false);
    if (offer?.window) store.update(setWindow, offer.window, false);
  }

  // Something was done: remarks on the address are past.
  store.subscribe((state, before) => {
    if (state.edit !== before.edit || state.entries !== before.entries) remarks = [];
  });

  return {
    destroy: () => strip.remove(),
    /** @returns whether it counts down */
    render({ state, time: now }: Frame): boolean {
      offer = state.fault?.kind === "gone" ? null : startOffer(state);
      const said = offer?.words || words(state, now, found) || remarks.join(" ");
      help.hidden = !offer?.label;
      setText(help, offer?.label ?? "");
      strip.hidden = !said;
      setText(text, said);
      const gone = state.fault?.kind === "gone";
      strip.classList.toggle("is-warning", state.fault !== null && !said.startsWith("Still"));
      retry.hidden = !gone;
      return gone;
    },
  };
};
