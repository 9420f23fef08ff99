/** The strip over the map: faults, and what an action has changed by itself. */

import { html, nothing } from "lit-html";
import { wordButton } from "../../controls/choice.ts";
import { icon } from "../../controls/icons.ts";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, MovingFrame, View } from "../../figure/part.ts";
import { capitalized } from "../../math/text.ts";
import { lazy } from "../../service/lazy.ts";
import { setStart, setWindow } from "../../state/actions.ts";
import { presetWithStatus } from "../../state/exercise.ts";
import { isOffTheMap } from "../../state/problemOnMap.ts";
import { isFormulaRefused, isStale, showsEarlierProblem } from "../../state/state.ts";
import type { State } from "../../state/types.ts";
import { refusalWords } from "../../words/refusal.ts";
import type { Remedy } from "../../words/remedies.ts";
import { refusedStartWords } from "../../words/startFault.ts";

/** count: a countdown in seconds, which a screen reader does not get */
type NoticeText = { kind: "fault" | "remark"; words: string; count?: string };

/** @returns milliseconds until failed requests are sent again */
const timeLeft = ({ fault }: State) =>
  fault?.kind === "unreachable" && fault.retryAt !== null ? Math.max(0, fault.retryAt - performance.now()) : 0;

/** @param elementOf  the fault of a run or a formula is left out if the part that shows it is in the figure */
function faultNotice(frame: Frame, elementOf: Figure["elementOf"]): NoticeText | null {
  const { state } = frame;
  const { fault, problemOnMap } = state;
  if (fault?.kind === "unreachable") {
    // On a phone the strip takes room from the map.
    const shownNote =
      !problemOnMap || frame.narrow
        ? ""
        : isStale(state)
          ? " What is drawn is from before this change."
          : " What is drawn stays and plays.";
    const seconds = Math.ceil(timeLeft(state) / 1000);
    return {
      kind: "fault",
      words: `${fault.reason}.${shownNote}`,
      count: seconds ? `Trying again in ${seconds} s.` : "Trying again now.",
    };
  }
  if (fault?.kind !== "refused" || (elementOf("runs") && state.entries.some(({ id }) => id === fault.entry)))
    return null;
  if (!isFormulaRefused(state) || !elementOf("landscape")) return { kind: "fault", words: refusalWords(fault.errors) };
  const lastReadable = showsEarlierProblem(state) && problemOnMap;
  return lastReadable ? { kind: "remark", words: "Still showing the last formula that could be read." } : null;
}

export const noticeView: View = {
  name: "notice",
  place: { within: "stage" },
  create(root, figure) {
    const { store, act, elementOf, retry, faults, redraw, after, cancel } = figure;
    const remedies = lazy(() => import("../../words/remedies.ts"), figure);
    let nextSecond = 0;
    /** Sentences about what could not be read of the address. */
    let remarks = faults.map((fault) => `${capitalized(fault)}.`).join(" ");

    function accept({ start, window }: Remedy) {
      if (start) act(setStart, start, false);
      if (window) act(setWindow, window, false);
    }

    function offerIn({ state, scene, outcomeShows }: Frame): Remedy | null {
      if (refusedStartWords(state) || isOffTheMap(state)) return remedies()?.startRemedy(state) ?? null;
      // A preset has the window that it speaks of.
      const isFree = outcomeShows && !scene.projector && !presetWithStatus(state, "prepared");
      const diverges = isFree && scene.shownRuns.some(({ end }) => end?.stop_reason === "diverged");
      return diverges ? (remedies()?.zoomRemedy(state, scene) ?? null) : null;
    }

    const panel = createPanel(figure, root, (frame) => {
      const { fault } = frame.state;
      const gone = fault?.kind === "unreachable";
      const offer = offerIn(frame);
      const offered: NoticeText | null = offer?.words ? { kind: fault ? "fault" : "remark", words: offer.words } : null;
      // They stand beside a refusal, as they may be its cause.
      const {
        kind,
        words: message,
        count,
      }: NoticeText = offered ?? faultNotice(frame, elementOf) ?? { kind: "remark", words: "" };
      const words = fault?.kind === "refused" || !message ? [remarks, message].filter(Boolean).join(" ") : message;
      return html`<div class=${kind === "fault" ? "notice row is-warning" : "notice row"} role="status"
        ?hidden=${!words && !offer?.label}>${icon("warn")}${
          words
            ? html`<span>${words}${count ? html` <span aria-hidden="true">${count}</span>` : nothing}</span>`
            : nothing
        }${gone ? wordButton("Try now", retry) : nothing}${
          offer?.label ? wordButton(offer.label, () => accept(offer)) : nothing
        }</div>`;
    });

    // After an edit the sentences about the address are past.
    store.subscribe((state, before, edit) => {
      if (!remarks || (!edit && state.entries === before.entries)) return;
      remarks = "";
      redraw();
    });

    return {
      /** Counts down second by second. */
      render(frame: MovingFrame) {
        panel.render(frame);
        cancel(nextSecond);
        const left = timeLeft(frame.state);
        if (left) nextSecond = after(redraw, left % 1000 || 1000);
      },
    };
  },
};
