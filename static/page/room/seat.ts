/** A seat: a page that follows the wall and answers its questions; the student may leave it for a page of their own. */
import { html, nothing, render } from "lit-html";
import { icon } from "../controls/icons.ts";
import { h } from "../dom.ts";
import type { OwnFigure } from "../figure/figure.ts";
import type { LedLesson } from "../lesson/led.ts";
import type { createContestSeat } from "../panels/contest/seat.ts";
import { createFrame, isLesson, type Led } from "../playlist/frame.ts";
import { show } from "../playlist/mirror.ts";
import { createChanged } from "../reads.ts";
import { persist } from "../service/persist.ts";
import { createService } from "../service/service.ts";
import { addStyle } from "../service/style.ts";
import { writeAddress } from "../state/address.ts";
import type { Contest } from "../state/contest.ts";
import { bringForward } from "../state/explain.ts";
import { presetOf } from "../state/preset.ts";
import type { Answer } from "../state/types.ts";
import { theme } from "../theme.ts";
import { type FollowedPage, pageAt } from "./address.ts";
import { guessesOf, nameOf, questionOn, type Room } from "./events.ts";
import { seatName } from "./kept.ts";
import { openLink } from "./link.ts";
import { atSeat, shifted } from "./picture.ts";
import { taskOfSeat } from "./tasks.ts";
import { thoughtAtCheck, thoughtInFigure } from "./thought.ts";

/** Elements that work at a seat that follows the wall: answers, and explained words. */
const OWN = ".guesses, .guess-fields, .check .option, .prose .word, [popover]";

/** Elements that work only on the wall. */
const SET = ".beats, .sliders, .map-start";

interface OpenContest {
  /** its question */
  question: string;
  form: Awaited<ReturnType<typeof createContestSeat>> | null;
}

export function openSeat(place: HTMLElement, { code, root, logo }: Record<"code" | "root" | "logo", string>) {
  const [bar, foot] = [h("header", { class: "seat-bar" }), h("footer", { class: "seat-foot row" })];
  const ofContest = h("div", { class: "seat-page", inert: true });
  const [ofClass, ofOwn] = [h("div", { class: "seat-page" }), h("div", { class: "seat-page", inert: true })];
  const seat = seatName();
  let room: Room | null = null;
  let [away, gone] = ["On the way to the class", false];
  let page: FollowedPage | null = null;
  let asked = "";
  /** The answers given here, by the name of the question. */
  const answers: Map<string, Answer> = new Map();
  /** The question that ran before the answer arrived. */
  let late = "";
  let isOwn = false;
  let ownPage = false;
  /** The contest that shows, and its form. */
  let contest: OpenContest | null = null;
  const watched: WeakSet<OwnFigure> = new WeakSet();

  const frame = createFrame(ofClass, { onPage: settle });
  const ownFrame = createFrame(ofOwn, {
    own: true,
    onPage({ document: own }) {
      own.documentElement.classList.add("beside-class");
      void persist(() => addStyle("led", own)).catch(() => {});
    },
  });
  const link = openLink(
    { code, seat },
    {
      signal: new AbortController().signal,
      onRoom(now, events) {
        const before = JSON.stringify(room?.shown);
        room = now;
        note();
        // After a break the same contest is told again, and stays open.
        showContest(events.some(({ type }) => type === "shown") || before !== JSON.stringify(now.shown));
        open();
        draw();
      },
      onAway(words) {
        away = words;
        draw();
      },
      onRefused() {
        gone = true;
        draw();
      },
    },
  );

  const nameIn = (id: string) => (room ? questionOn(room, page?.lesson ?? "", id) : "");

  /** Takes over the answers of this seat that the server knows. */
  function note() {
    const { question, ran, entry, seat: number } = room as Room;
    const isAskedAgain = ran && question && nameOf(ran.question) === nameOf(question.id);
    if (ran && !isAskedAgain && !answers.has(nameOf(ran.question))) {
      const own = ran.answers.find(([of]) => of === number);
      if (own) answers.set(nameOf(ran.question), own[1]);
    }
    if (!question || question.id === asked) return;
    [asked, late] = [question.id, ""];
    if (entry !== null) answers.set(nameOf(asked), entry);
    else answers.delete(nameOf(asked));
  }

  /** Opens the page that the wall shows. */
  function open() {
    const now = room?.shown ? pageAt(room.shown.address) : null;
    if (!now) return;
    if (now.key !== page?.key) {
      page = now;
      frame.load(`${root}${now.address}`, "What the class sees");
    } else follow();
  }

  function follow() {
    const [sheet, led] = [frame.page(), frame.led()];
    const { picture = null, seeds = false } = room?.shown ?? {};
    if (!room || !picture || !sheet || !led || isLesson(led) !== (picture.place !== null)) return;
    const own = (id: string) => answers.get(nameIn(id)) ?? null;
    show(sheet, led, atSeat(shifted(picture, link.here), own, seeds ? room.seat : null));
    sheet.document.documentElement.classList.toggle("asks-place", room.question?.kind === "point");
    // What is set there is set on the wall, which is not to be read out as if it could be pressed.
    for (const part of sheet.document.querySelectorAll<HTMLElement>(SET)) part.inert = true;
    if (!isLesson(led)) return take(led, "", room);
    for (const element of sheet.document.querySelectorAll<HTMLElement>("[data-figure]")) {
      const live = led.figures.known(element);
      if (live) take(live.figure, element.id, room);
    }
    for (const check of sheet.document.querySelectorAll<HTMLElement>(".check")) {
      hold(check, led);
      thoughtAtCheck(led, check, guessesOf(room, nameIn(check.id)));
    }
  }

  /** Shows in a figure what the class thought, and watches its answers. */
  function take(figure: OwnFigure, id: string, now: Room) {
    watch(figure, id);
    thoughtInFigure(figure, guessesOf(now, nameIn(id)));
  }

  /** @param moved  the wall shows something else by now */
  function showContest(moved: boolean) {
    const now = room?.contest ?? null;
    if (contest && (now?.question !== contest.question || (moved && !now.open))) {
      contest.form?.destroy();
      contest = null;
    }
    if (now?.open && !contest) {
      const made: OpenContest = { question: now.question, form: null };
      contest = made;
      void openContest(now).then((form) => {
        if (contest === made) made.form = form;
        else form.destroy();
      });
    }
    if (now) contest?.form?.show(now);
    arrange();
  }

  async function openContest(now: Contest) {
    const { createContestSeat: create } = await persist(() => import("../panels/contest/seat.ts"));
    const hand = (values: object) =>
      link.send("entry", "/entries", { seat, question: now.question, entry: values }, (error) =>
        console.warn(error.message),
      );
    return create(ofContest, now, { service: createService(), seat: room?.seat ?? 1, theme: theme(), hand });
  }

  /** Watches the answers in a figure, and its beats. */
  function watch(figure: OwnFigure, id: string) {
    if (watched.has(figure)) return;
    watched.add(figure);
    const forward = () => figure.act(bringForward, presetOf(figure.store.get(), "prepared")?.look_at ?? "map");
    if (!id) forward();
    figure.store.subscribe(({ answer, preset }, before) => {
      if (!id && preset?.name !== before.preset?.name) forward();
      if (answer !== null && answer !== before.answer) hand(nameIn(id), answer);
    });
    const changed = createChanged();
    figure.onFrame(({ playing, state: { reveal } }) => changed(playing, reveal) && draw());
  }

  /** Sends an answer to the room, if its question is open and the answer is new. */
  function hand(name: string, entry: Answer) {
    const { question = null } = room ?? {};
    if (!question || nameOf(question.id) !== name || `${answers.get(name)}` === `${entry}`) return;
    answers.set(name, entry);
    const { id } = question;
    link.send("entry", "/entries", { seat, question: id, entry }, () => {
      answers.delete(name);
      late = id;
      follow();
      draw();
    });
    draw();
  }

  /** Marks the option that was chosen; whether it is right is told once the wall tells it. */
  function hold(check: HTMLElement, { isSolved }: LedLesson) {
    const own = answers.get(nameIn(check.id));
    for (const [k, option] of [...check.querySelectorAll(".option")].entries()) {
      option.classList.toggle("is-own", k === own);
      if (!isSolved(check)) option.setAttribute("aria-pressed", String(k === own));
    }
  }

  /** Lets only presses through that answer. */
  function press(event: MouseEvent) {
    if (!event.isTrusted) return;
    const at = event.target as Element;
    const option = at.closest(".check .option");
    if (!option && at.closest(`${OWN}, [data-part=map]`)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const check = option?.closest<HTMLElement>(".check");
    const led = frame.led();
    if (!option || !check || !led || !isLesson(led)) return;
    hand(nameIn(check.id), [...check.querySelectorAll(".option")].indexOf(option));
    hold(check, led);
  }

  function key(event: KeyboardEvent) {
    if (event.key === "Tab" || (event.target as Element).closest(OWN)) return;
    event.stopImmediatePropagation();
  }

  function settle(sheet: Window, led: Led) {
    const { document: own } = sheet;
    own.documentElement.classList.add("led");
    void persist(() => addStyle("led", own)).catch(() => {});
    sheet.addEventListener("keydown", key, { capture: true });
    own.addEventListener("click", press, { capture: true });
    if (!isLesson(led)) watch(led, "");
    follow();
    draw();
  }

  /** Shows the page of the class, the own page, or the contest. */
  function arrange() {
    ofOwn.inert = !isOwn;
    ofContest.inert = isOwn || contest === null;
    ofClass.inert = isOwn || contest !== null;
    foot.hidden = isOwn || contest !== null;
  }

  /** Turns to the own page, or back to that of the class. */
  function turn() {
    isOwn = !isOwn;
    arrange();
    if (isOwn && !ownPage) {
      ownPage = true;
      ownFrame.load(`${root}${ownAddress()}`, "Your own page");
    }
    draw();
  }

  /** The address of the own page at first: what the class sees. */
  function ownAddress(): string {
    const led = frame.led();
    if (!page || !led) return "/";
    if (page.lesson) return `/lessons/${page.lesson}`;
    const { query, fragment } = writeAddress((led as OwnFigure).address());
    // Runs that have been played are shown at their end.
    return `/?${query}#${fragment}${/reveal=|step=/.test(fragment) ? "" : "&step=100000"}`;
  }

  /** What the student is to do or to wait for, in words. @returns what stands out, and what follows it */
  function task(now: Room): [string, string] {
    const { question, ran, shown } = now;
    const led = frame.led();
    const figure = led && !isLesson(led) ? led : null;
    if (!shown) return ["The class has not begun.", "This page follows the wall by itself: keep it open."];
    if (question) return taskOfSeat(question.kind, answers.has(nameOf(question.id)), link.isSending());
    if (ran && late === ran.question) return ["It ran before your answer arrived.", ""];
    if (figure?.player.playing()) return ["It runs.", ""];
    if (shown.seeds && figure) return [`Your seed is ${now.seat}.`, "The wall draws those of all seats."];
    if (ran && figure?.store.get().reveal) return ["", "What it means comes when the wall goes on."];
    return ["", "What the wall shows is shown here."];
  }

  function words(): unknown {
    if (gone) return html`<strong>There is no such room.</strong> Look at the wall for its address.`;
    if (room?.closed) return html`<strong>The room is closed.</strong> Nothing of it is kept.`;
    if (!room) return away;
    const [first, then] = task(room);
    return html`<strong>${first}</strong> ${then}`;
  }

  function draw() {
    const over = gone || room?.closed === true;
    const { title = "" } = room?.shown?.picture ?? {};
    const state = isOwn
      ? html`<strong>On my own</strong>`
      : html`${icon("screen")}<strong>${over ? "The class is over" : away && room ? away : "With the class"}</strong>`;
    const way = html`<button type="button" class=${isOwn ? "button strong" : "quiet underlined"}
      @click=${turn}>${isOwn ? "Back to the class" : "On my own"}</button>`;
    render(
      html`<a class="seat-brand row" href="${root}/" aria-label="Fall Line"><img src=${logo} alt=""
        width="26" height="26"></a><p class="seat-state row" role="status">${state}</p>${
          room?.shown ? way : nothing
        }<h1 class="seat-title">${isOwn ? html`The class: ${title}` : title}</h1>`,
      bar,
    );
    render(
      html`<p role="status">${words()}</p>${
        room?.seat && !over ? html`<p class="seat-number">Seat ${room.seat}</p>` : nothing
      }`,
      foot,
    );
  }

  place.replaceChildren(bar, h("div", { class: "seat-pages" }, ofClass, ofContest, ofOwn), foot);
  draw();
}
