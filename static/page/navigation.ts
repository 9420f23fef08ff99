/** The address bar and the state, kept the same: back, forward, a reload and a shared link show the same thing. */

import type { FigureHandle } from "./figure/figure.ts";
import { sameValue } from "./math/values.ts";
import { pathTo } from "./service/links.ts";
import { keepLeft, keepView, leftAt } from "./service/visit.ts";
import { openAddress } from "./state/actions.ts";
import { type AddressFault, namesField, readAddress, writeAddress } from "./state/address.ts";
import { withExercise } from "./state/exercise.ts";
import type { Edit, PageAddress } from "./state/types.ts";

/** Milliseconds: browsers take offence at more than a few changes of the address a second. */
const REST = 250;

/** The query that is meant by an address without one, or with unknown keys alone, such as those that mails add. */
const OPENING = document.querySelector("meta[name=opening]")?.getAttribute("content") ?? "";

/** @param asks  before it shows, where the bar names nothing that runs @returns of the address bar */
export function addressInBar(asks = true): { address: PageAddress; faults: AddressFault[] } {
  const { search, hash } = location;
  const { address, faults } = readAddress(search, hash);
  if (namesField(search)) return { address, faults };
  const opening = readAddress(OPENING, hash).address;
  return { address: asks ? { ...opening, display: { ...opening.display, hides: true } } : opening, faults };
}

/** Bare where the page opens with it, which asks before it shows. */
const textOf = (address: PageAddress) => {
  const opens =
    address.display.hides && writeAddress(address).query === writeAddress(readAddress(OPENING).address).query;
  if (!opens) return pathTo(address);
  const { fragment } = writeAddress({ ...address, display: { ...address.display, hides: false } });
  return `${location.pathname}${fragment && "#"}${fragment}`;
};

const atEnd = (address: PageAddress) => ({ ...address, display: { ...address.display, step: Infinity } });

/** Goes on where the visitor left what the bar has: with the answer, at the end, with the change that was told. */
export function goOnWhereLeft({ store, begin }: FigureHandle, address: PageAddress) {
  const left = leftAt(textOf(address));
  if (!left) return;
  const { answer, changeAnswer, proposes } = left;
  store.update(withExercise, { answer, changeAnswer, proposes });
  if (left.isAtEnd) begin(atEnd(address));
}

export function createNavigation({ store, player, address: shown, begin }: FigureHandle) {
  let timer = 0;
  let written = "";
  let lastEdit: Edit = { kind: "open" };
  /** Something was done that one may want to go back from. */
  let worthAStep = false;

  function write() {
    timer = 0;
    if (store.get().dragging) return;
    const text = textOf(shown());
    const { answer, changeAnswer } = store.get().exercise;
    const left = [answer, player.atEnd(), changeAnswer];
    const entry = JSON.stringify([text, left]);
    if (entry === written) return;
    const another = new URL(text, location.href).search !== location.search;
    if (worthAStep && another) history.pushState(left, "", text);
    else history.replaceState(left, "", text);
    written = entry;
    worthAStep = false;
  }

  /** The state has changed; the address follows once nothing moves. Changes of one kind in a row are one step. */
  function note() {
    const { edit, dragging } = store.get();
    if (!sameValue(edit, lastEdit)) worthAStep ||= edit.kind !== "window";
    lastEdit = edit;
    if (!dragging && !timer) timer = window.setTimeout(write, REST);
  }

  window.addEventListener("pagehide", () => {
    const address = textOf(shown());
    const { answer, changeAnswer, proposes } = store.get().exercise;
    keepView(address);
    keepLeft({ address, answer, changeAnswer, proposes, isAtEnd: player.atEnd() });
  });
  store.subscribe(note);

  // The page that a link leads to knows this one by its address, and the way back begins with it.
  window.addEventListener(
    "click",
    ({ target }) => {
      if (!timer || !(target as Element).closest("a")) return;
      clearTimeout(timer);
      write();
    },
    { capture: true },
  );

  // One comes back to the sentence of a preset, with the answer, and not to the change that led on.
  window.addEventListener("popstate", ({ state: left }) => {
    const { address } = addressInBar();
    const [answer, wasAtEnd, changeAnswer] = left ?? [null, false, null];
    store.update(openAddress, address);
    store.update(withExercise, { answer, changeAnswer, proposes: false });
    [lastEdit, worthAStep] = [{ kind: "open" }, false];
    begin(wasAtEnd ? atEnd(address) : address);
  });

  return {
    note,
    /** Another address was opened. */
    noteOpened() {
      worthAStep = true;
      note();
    },
  };
}
