/** The page of the class at a seat: it shows what the wall shows, and lets only presses through that answer. */
import type { FigureHandle } from "../figure/figure.ts";
import type { LedLesson } from "../lesson/open.ts";
import { memo } from "../memo.ts";
import { createIframe, isLesson, type LedPage, playedAddress } from "../playlist/iframe.ts";
import { show } from "../playlist/mirror.ts";
import { retryWhileTransient } from "../service/retry.ts";
import { addStyle } from "../service/style.ts";
import { writeAddress } from "../state/address.ts";
import { hidesAhead, presetWithStatus } from "../state/exercise.ts";
import { showPanel } from "../state/explain.ts";
import { setGuesses } from "../state/guesses.ts";
import { questionOfKind } from "../state/questions.ts";
import type { Answer } from "../state/types.ts";
import { answerTo, type SeatState } from "./atSeat.ts";
import { guessesOf, kindOf, questionOn, type Room } from "./events.ts";
import { atSeat, withClock } from "./mirroredPicture.ts";
import { thoughtAtCheck } from "./thought.ts";

/** Elements that work at a seat that follows the wall: answers, and explained words. */
const OWN = ".guesses, .guess-fields, .check .option, .prose .word, :popover-open";
/** Elements that work only on the wall. */
const SET = ".beats, .sliders, .map-start";

const optionsOf = (check: HTMLElement) => [...check.querySelectorAll(".option")];

interface FollowedPorts {
  /** the path below which the site is */
  root: string;
  /** a time by this page's clock, of one by the server's */
  here: (at: number) => number;
  /** what is known at the seat */
  seat: () => SeatState;
  onAnswer: (name: string, answer: Answer) => void;
  /** the page has come, or its runs play, rest or are told */
  onChange: () => void;
}

export function createFollowed(place: HTMLElement, { root, here, seat, onAnswer, onChange }: FollowedPorts) {
  const watched: WeakSet<FigureHandle> = new WeakSet();
  const iframe = createIframe(place, { onPage: settle });

  function nameIn(id: string): string {
    const { room, page } = seat();
    return room ? questionOn(room, page?.lesson ?? "", id) : "";
  }

  /** Opens the page that the wall shows, or shows there what the wall shows by now. */
  function follow(before: SeatState) {
    const { page } = seat();
    if (page && page !== before.page) iframe.load(`${root}${page.address}`, "What the class sees");
    else showPicture();
  }

  function showPicture() {
    const { room } = seat();
    const { picture = null, seeds = false } = room?.shown ?? {};
    const answers = (id: string) => answerTo(seat(), nameIn(id));
    const on = room && picture && show(iframe, atSeat(withClock(picture, here), answers, seeds ? room.seat : null));
    if (!on) return;
    const { page: sheet, ledPage } = on;
    const kind = kindOf(room.question?.kind);
    const onMap = kind !== undefined && questionOfKind(kind).on === "map";
    sheet.document.documentElement.classList.toggle("asks-place", onMap);
    // What is set there is set on the wall, which is not to be read out as if it could be pressed.
    for (const part of sheet.document.querySelectorAll<HTMLElement>(SET)) part.inert = true;
    if (isLesson(ledPage)) showLesson(sheet.document, ledPage, room);
    else showFigure(ledPage, "", room);
  }

  function showLesson(sheet: Document, ledPage: LedLesson, latest: Room) {
    for (const element of sheet.querySelectorAll<HTMLElement>("[data-figure]")) {
      const live = ledPage.figures.liveFigureOf(element);
      if (live) showFigure(live.figure, element.id, latest);
    }
    for (const check of sheet.querySelectorAll<HTMLElement>(".check")) {
      markOwn(check, ledPage);
      thoughtAtCheck(ledPage, check, guessesOf(latest, nameIn(check.id)));
    }
  }

  /** Shows in a figure what the class thought, and watches its answers. @param id  empty: the figure of a preset */
  function showFigure(figure: FigureHandle, id: string, latest: Room) {
    watch(figure, id);
    figure.act(setGuesses, guessesOf(latest, nameIn(id)));
  }

  /** Watches the answers in a figure, and its beats. */
  function watch(figure: FigureHandle, id: string) {
    if (watched.has(figure)) return;
    watched.add(figure);
    const forward = () => figure.act(showPanel, presetWithStatus(figure.store.get(), "prepared")?.look_at ?? "map");
    if (!id) forward();
    figure.store.subscribe(({ exercise: { answer, preset } }, { exercise: before }) => {
      if (!id && preset?.name !== before.preset?.name) forward();
      if (answer !== null && answer !== before.answer) onAnswer(nameIn(id), answer);
    });
    const notify = memo((_playing: boolean, _hides: boolean) => onChange());
    figure.onFrame(({ playing, state }) => notify(playing, hidesAhead(state)));
  }

  /** Marks the option that was chosen here; whether it is right is told once the wall tells it. */
  function markOwn(check: HTMLElement, { isSolved }: LedLesson) {
    const ownAnswer = answerTo(seat(), nameIn(check.id));
    for (const [k, option] of optionsOf(check).entries()) {
      option.classList.toggle("is-own", k === ownAnswer);
      if (!isSolved(check)) option.setAttribute("aria-pressed", String(k === ownAnswer));
    }
  }

  function press(event: MouseEvent) {
    if (!event.isTrusted) return;
    const at = event.target as Element;
    const option = at.closest(".check .option");
    if (!option && at.closest(`${OWN}, [data-part=map]`)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const [check, ledPage] = [option?.closest<HTMLElement>(".check"), iframe.ledPage()];
    if (!option || !check || !ledPage || !isLesson(ledPage)) return;
    onAnswer(nameIn(check.id), optionsOf(check).indexOf(option));
    markOwn(check, ledPage);
  }

  function key(event: KeyboardEvent) {
    if (event.key === "Tab" || (event.target as Element).closest(OWN)) return;
    event.stopImmediatePropagation();
  }

  function settle(sheet: Window, ledPage: LedPage) {
    const { document: pageDocument } = sheet;
    pageDocument.documentElement.classList.add("led");
    void retryWhileTransient(() => addStyle("led", pageDocument)).catch(() => {});
    sheet.addEventListener("keydown", key, { capture: true });
    pageDocument.addEventListener("click", press, { capture: true });
    if (!isLesson(ledPage)) watch(ledPage, "");
    showPicture();
    onChange();
  }

  return {
    follow,
    /** @returns null: of a lesson, or none has come */
    figure(): FigureHandle | null {
      const ledPage = iframe.ledPage();
      return ledPage && !isLesson(ledPage) ? ledPage : null;
    },
    /** The address of a page of one's own that begins with what the class sees. */
    address(): string {
      const ledPage = iframe.ledPage();
      const { page } = seat();
      if (!page || !ledPage) return "/";
      if (page.lesson) return `/lessons/${page.lesson}`;
      const { query, fragment } = writeAddress(playedAddress((ledPage as FigureHandle).address()));
      return `/?${query}#${fragment}`;
    },
  };
}
