/** What the wall shows, told so that the same page in another window shows it, too. */
import type { FigureHandle } from "../figure/figure.ts";
import type { Movement } from "../figure/player.ts";
import type { LedLesson } from "../lesson/open.ts";
import { sameValue } from "../math/values.ts";
import { openAddress } from "../state/actions.ts";
import { writeAddress } from "../state/address.ts";
import { withExercise } from "../state/exercise.ts";
import type { PageAddress, State } from "../state/types.ts";
import { type createIframe, isLesson, type LedPage } from "./iframe.ts";

/** What is mirrored and stands in no address. */
const besideOf = (state: State) => ({
  ...(({ answer, changeAnswer, leader, proposes }) => ({ answer, changeAnswer, leader, proposes }))(state.exercise),
  ...{ panel: state.panel, theme: state.theme, tilted: state.tilted },
});

export interface FigureNow {
  address: PageAddress;
  /** by a clock that all windows share */
  playhead: Movement;
  beside: Partial<ReturnType<typeof besideOf>>;
}

export interface WallPicture {
  /** by the ids of their elements; of a preset the one alone */
  figures: Record<string, FigureNow>;
  /** of a lesson, as who leads it says it */
  place: ReturnType<LedLesson["place"]> | null;
  /** answers given and tries told, by the ids of their elements */
  pressed: string[];
}

function nowOf({ address, player, store }: FigureHandle, origin: number): FigureNow {
  const [state, playhead] = [store.get(), player.movement()];
  return { address: address(), playhead: { ...playhead, at: playhead.at + origin }, beside: besideOf(state) };
}

type FollowingIframe = Pick<ReturnType<typeof createIframe>, "page" | "ledPage">;

export const isInSight = (element: HTMLElement): boolean => element.getClientRects().length > 0;

export function shownIn(page: Window, ledPage: LedPage): WallPicture {
  const origin = page.performance.timeOrigin;
  if (!isLesson(ledPage)) return { figures: { "": nowOf(ledPage, origin) }, place: null, pressed: [] };
  const figures = [...page.document.querySelectorAll<HTMLElement>("[data-figure]")].flatMap((element) => {
    const live = ledPage.figures.liveFigureOf(element);
    return live && isInSight(element) ? [[element.id, nowOf(live.figure, origin)]] : [];
  });
  return { figures: Object.fromEntries(figures), place: ledPage.place(), pressed: ledPage.pressed() };
}

function takeOver(state: State, beside: FigureNow["beside"]): State {
  const before = besideOf(state);
  const next = { ...before, ...beside };
  if (sameValue(before, next)) return state;
  const { answer, changeAnswer, leader, proposes, ...fields } = next;
  return { ...withExercise(state, { answer, changeAnswer, leader, proposes }), ...fields };
}

/** The address without the playhead, which is led apart from it. */
const textOf = ({ display, ...address }: PageAddress): string =>
  Object.values(writeAddress({ ...address, display: { ...display, step: null } })).join();

function lead(figure: FigureHandle, { address, playhead, beside }: FigureNow, origin: number) {
  if (textOf(address) !== textOf(figure.address())) figure.act(openAddress, address);
  figure.lead({ ...playhead, at: playhead.at - origin });
  figure.act(takeOver, beside);
}

/**
 * Shows it on a page that follows.
 * @param iframe  of that page
 * @returns what it is shown on; null: nothing is, as the page has not come or is another than that on the wall
 */
export function show(iframe: FollowingIframe, picture: WallPicture | null) {
  const [page, ledPage] = [iframe.page(), iframe.ledPage()];
  if (!picture || !page || !ledPage || isLesson(ledPage) !== (picture.place !== null)) return null;
  showOn(page, ledPage, picture);
  return { page, ledPage };
}

function showOn(page: Window, ledPage: LedPage, { figures, place, pressed }: WallPicture) {
  const origin = page.performance.timeOrigin;
  if (!isLesson(ledPage)) return lead(ledPage, figures[""], origin);
  if (place && `${place}` !== `${ledPage.place()}`) ledPage.turnTo(...place);
  const element = (id: string) => page.document.getElementById(id) as HTMLElement;
  ledPage.press(pressed);
  for (const [id, figureNow] of Object.entries(figures))
    lead(ledPage.figures.ensureLive(element(id)).figure, figureNow, origin);
}
