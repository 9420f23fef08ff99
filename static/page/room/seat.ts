/** A seat: a page that follows the wall and answers its questions; the student may leave it for a page of their own. */

import { html, nothing, render } from "lit-html";
import { icon } from "../controls/icons.ts";
import { h } from "../dom.ts";
import { createIframe } from "../playlist/iframe.ts";
import { retryWhileTransient } from "../service/retry.ts";
import { addStyle } from "../service/style.ts";
import { hidesAhead } from "../state/exercise.ts";
import type { Answer } from "../state/types.ts";
import { EMPTY_SEAT, isWaiting, questionFor, type SeatEvent, seatAfter } from "./atSeat.ts";
import { openConnection } from "./connection.ts";
import { createContestAtSeat } from "./contestAtSeat.ts";
import { createFollowed } from "./followed.ts";
import { seatName } from "./kept.ts";
import { taskOfSeat } from "./tasks.ts";

export function openSeat(place: HTMLElement, { code, root, logo }: Record<"code" | "root" | "logo", string>) {
  const [bar, foot] = [h("header", { class: "seat-bar" }), h("footer", { class: "seat-foot row" })];
  const contestPage = h("div", { class: "seat-page", inert: true });
  const [classPage, ownPage] = [h("div", { class: "seat-page" }), h("div", { class: "seat-page", inert: true })];
  const waitingPage = h("div", { class: "seat-page", inert: true });
  const name = seatName();
  let seat = EMPTY_SEAT;

  function note(event: SeatEvent) {
    const before = seat;
    seat = seatAfter(seat, event);
    arrange();
    if (event.type === "room" || event.type === "refused") followed.follow(before);
    draw();
  }

  const connection = openConnection(
    { code, seat: name },
    {
      onRoom: (room, events) => note({ type: "room", room, events }),
      onWait: (words) => note({ type: "waits", words }),
      onRefused: () => note({ type: "gone" }),
    },
  );
  const followed = createFollowed(classPage, {
    root,
    here: connection.here,
    seat: () => seat,
    onAnswer: handIn,
    onChange: draw,
  });
  const ownIframe = createIframe(ownPage, {
    mayBeUnled: true,
    onPage({ document: pageDocument }) {
      pageDocument.documentElement.classList.add("beside-class");
      void retryWhileTransient(() => addStyle("led", pageDocument)).catch(() => {});
    },
  });
  const contest = createContestAtSeat(contestPage, (question, entry) =>
    send(question, entry, (error) => console.warn(error.message)),
  );

  const send = (question: string, entry: unknown, refused: (error: Error) => void) =>
    connection.send("entry", "/entries", { seat: name, question, entry }, refused);

  /** Sends an answer to the room, if its question is open and the answer is new. */
  function handIn(questionName: string, answer: Answer) {
    const question = questionFor(seat, questionName, answer);
    if (!question) return;
    send(question.id, answer, () => note({ type: "refused", question }));
    note({ type: "answer", name: questionName, answer });
  }

  /** Shows the page of the class, the own page, or the contest. */
  function arrange() {
    const { room } = seat;
    const [isOwn, inContest] = [seat.own === "open", seat.contest !== null];
    contest.show(inContest ? (room?.contest ?? null) : null, room?.seat ?? 1);
    ownPage.inert = !isOwn;
    contestPage.inert = isOwn || !inContest;
    classPage.inert = isOwn || inContest;
    waitingPage.inert = isOwn || inContest || !isWaiting(seat);
    foot.hidden = classPage.inert;
  }

  /** Turns to the own page, or back to that of the class. */
  function turnOver() {
    if (seat.own === "none") ownIframe.load(`${root}${followed.address()}`, "Your own page");
    note({ type: "turn" });
  }

  function footWords(): unknown {
    const { room, gone, waits } = seat;
    if (gone) return html`<strong>There is no such room.</strong> Look at the wall for its address.`;
    if (room?.closed) return html`<strong>The room is closed.</strong> Nothing of it is kept.`;
    if (!room) return waits;
    if (isWaiting(seat)) return "";
    const figure = followed.figure();
    const [first, then] = taskOfSeat(seat, room, {
      isSending: connection.isSending(),
      figure: figure && { playing: figure.player.playing(), hides: hidesAhead(figure.store.get()) },
    });
    return html`<strong>${first}</strong> ${then}`;
  }

  const waiting = () => html`<section class="seat-waiting"><h2>The class has not begun</h2><p>What is shown on the wall
    comes here by itself: keep this page open.</p><p><button type="button" class="quiet underlined"
    @click=${turnOver}>Look around on my own</button></p>${
      code === "class"
        ? html`<p class="remark">You teach? It begins at the address that <code>fallline --classroom</code> has printed:
    it ends in <code>/teach#</code> and a key.</p>`
        : nothing
    }</section>`;

  function draw() {
    const { room, waits } = seat;
    const isOwn = seat.own === "open";
    const over = seat.gone || room?.closed === true;
    const { title = "" } = room?.shown?.picture ?? {};
    const follows = isWaiting(seat) ? "Waiting for the class" : "With the class";
    const state = isOwn
      ? html`<strong>On my own</strong>`
      : html`${icon("screen")}<strong>${over ? "The class is over" : (room && waits) || follows}</strong>`;
    const way = html`<button type="button" class=${isOwn ? "button strong" : "quiet underlined"}
      @click=${turnOver}>${isOwn ? "Back to the class" : "On my own"}</button>`;
    render(
      html`<a class="seat-brand row" href="${root}/" aria-label="Fall Line"><img src=${logo} alt=""
        width="26" height="26"></a><p class="seat-state row" role="status">${state}</p>${
          room?.shown || isOwn ? way : nothing
        }<h1 class="seat-title">${isOwn && title ? html`The class: ${title}` : title}</h1>`,
      bar,
    );
    render(isWaiting(seat) ? waiting() : nothing, waitingPage);
    render(
      html`<p role="status">${footWords()}</p>${
        room?.seat && !over ? html`<p class="seat-number">Seat ${room.seat}</p>` : nothing
      }`,
      foot,
    );
  }

  place.replaceChildren(bar, h("div", { class: "seat-pages" }, classPage, waitingPage, contestPage, ownPage), foot);
  draw();
}
