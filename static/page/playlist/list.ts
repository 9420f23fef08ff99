/** The page on which a playlist is made: what there is to choose from on the left, the chosen items on the right. */
import { html, nothing, render } from "lit-html";
import { icon } from "../controls/icons.ts";
import { copyText } from "../panels/shared/copying.ts";
import { type Choosable, choiceList, choiceWords, foundIn } from "./choiceList.ts";
import { createEdits, type EditedPlaylist } from "./edits.ts";
import {
  allSections,
  ITEM_WORDS,
  itemInfo,
  LONGEST_NAME,
  minutesOf,
  type Playlist,
  type PlaylistItem,
  type PlaylistOffer,
} from "./items.ts";
import { createRows } from "./rows.ts";
import { ladder } from "./times.ts";

interface ListPorts {
  offered: PlaylistOffer;
  root: string;
  /** what is wrong with its address */
  faults: string[];
  phones: Phones;
  /** goes on the wall */
  start: (items: PlaylistItem[]) => void;
}

/** The room whose phones could follow: one that this tab leads, the one of a class, one of many, or none. */
export type Phones = "led" | "class" | "many" | "";

function remarkOnPhones(phones: Phones, root: string) {
  if (!phones) return nothing;
  if (phones === "led") return html`<p class="remark">Phones that have joined the room follow it, and answer.</p>`;
  const page =
    phones === "many"
      ? html`in <a href="${root}/teach">a room</a>, which is opened there`
      : html`at the address that <code>fallline --classroom</code> has printed, which ends in <code>/teach#</code> and a
        key`;
  return html`<p class="remark">Phones do not follow it from here. For that, begin ${page}: under <em>A playlist</em> it
    takes the address above.</p>`;
}

/** @returns the address of the list in the room that this tab leads; empty: it leads none */
const addressInRoom = (query: string, phones: Phones, root: string) =>
  phones === "led" ? `${root}/teach${query}` : "";

/** The button that shows the list. */
function startButton(inRoom: string, phones: Phones, onStart: () => void) {
  return inRoom
    ? html`<a class="button strong" href="${inRoom}#1">Start with the class</a>`
    : html`<button type="button" class="button strong" @click=${onStart}>${
        phones ? "Start on this screen" : "Start with the class"
      }</button>`;
}

/**
 * The other ways to show the list, and what phones see of it.
 * @param onStart  shows it in this window alone
 */
function waysToShow(inRoom: string, phones: Phones, root: string, onStart: () => void) {
  return html`<p class="play-ways row wraps"><a href="${inRoom}#presenter" target="fallline-presenter"
    @click=${present}>Presenter’s view in a second window</a> ${
      inRoom
        ? html`<button type="button" class="quiet underlined" @click=${onStart}>On this screen alone</button>`
        : nothing
    }</p>${remarkOnPhones(phones, root)}`;
}

/** Links to the hand-outs of items. */
function handouts(items: PlaylistItem[], offered: PlaylistOffer, root: string) {
  const links = items.flatMap((item) => {
    const { title } = itemInfo(item, offered);
    if (item.kind === "preset") return [{ title, href: `${root}/handout?${offered.presets[item.number - 1].query}` }];
    const { name, handout } = offered.lessons[item.number - 1];
    return handout ? [{ title, href: `${root}/lessons/${name}/handout` }] : [];
  });
  const link = (href: string, word: string, title: string) =>
    html`<a href="${href}#${word.toLowerCase()}" target="_blank" aria-label="${word} of ${title}">${word}</a>`;
  return html`<details class="play-handouts"><summary>Hand-outs</summary><ul>${links.map(
    ({ title, href }) =>
      html`<li class="wraps">${title} <span class="row">${link(href, "Questions", title)} ${link(
        href,
        "Answers",
        title,
      )}</span></li>`,
  )}</ul></details>`;
}

/** How many items there are, and how long they take. */
function amount(items: PlaylistItem[], offered: PlaylistOffer) {
  const sum = items.reduce((all, item) => all + (itemInfo(item, offered).minutes ?? 0), 0);
  return html`<strong>${items.length}</strong> part${items.length === 1 ? "" : "s"}${
    sum ? html`, about <strong>${sum}</strong> minute${sum === 1 ? "" : "s"}` : nothing
  }`;
}

/** Opens the presenter's view in a window of its own, where the browser lets a page do so. */
function present(event: Event) {
  const { href, target } = event.currentTarget as HTMLAnchorElement;
  if (window.open(href, target, "popup,width=1366,height=768")) event.preventDefault();
}

/** @param first  as its address has it */
export function openList(place: HTMLElement, first: Playlist, { offered, root, faults, phones, start }: ListPorts) {
  const edits = createEdits(first, offered);
  const rows = createRows(place, { offered, edits, changed });
  /** Words that are looked for in what there is to choose from. */
  let sought = "";
  let kind: PlaylistItem["kind"] = first.items[0]?.kind ?? "preset";
  let lastEdit: EditedPlaylist = { message: "", faults };

  const draw = () => render(page(), place);
  const address = () => `${location.pathname}${edits.query()}`;
  const inRoom = () => addressInRoom(edits.query(), phones, root);
  const startShown = () => start(edits.shown());

  function changed(edit: EditedPlaylist | null) {
    if (edit) {
      lastEdit = edit;
      history.replaceState(null, "", address());
    }
    draw();
  }

  async function copy() {
    const done = await copyText(new URL(address(), location.href).href);
    changed({ message: done ? "Copied." : "The address bar has it.", faults: lastEdit.faults });
  }

  /** The button that adds a preset or a lesson, with the places that it has in the list. */
  function pick(choosable: Choosable) {
    const { number, title } = choosable;
    const chosenItems = edits.items().filter((item) => item.kind === kind && item.number === number);
    const places = chosenItems.filter(({ skipped }) => !skipped).map((item) => edits.shown().indexOf(item) + 1);
    const sections = kind === "lesson" ? allSections(offered.lessons[number - 1]) : [];
    const add = () => changed(edits.add({ kind, number, sections, skipped: false }));
    return html`<button type="button" class="play-pick washes" aria-label="Add ${title}"
      ?data-picked=${chosenItems.length > 0}
      @click=${add}>${choiceWords(kind === "lesson" ? choosable : { ...choosable, minutes: 0 })}${
        chosenItems.length ? html`<span class="play-place">${places.join()}</span>` : icon("plus")
      }</button>`;
  }

  function choice() {
    const matches = foundIn(offered, kind, sought);
    return matches.length
      ? choiceList(matches, pick)
      : html`<p class="play-empty" role="status">No ${ITEM_WORDS[kind]} has “${sought}” in its name.</p>`;
  }

  /** The address in pieces, so that lines break between items. */
  const pieces = () => (address().match(/[^,&+]*[,&+]|[^,&+]+/g) ?? []).map((piece) => html`<span>${piece}</span>`);

  const ways = () => html`<p class="play-address row wraps"><code>${pieces()}</code> <button type="button"
      class="quiet underlined" @click=${copy}>Copy</button></p>
    <p class="remark">All of the list is in this address: keep it as a bookmark, or give it to a colleague.</p>
    ${waysToShow(inRoom(), phones, root, startShown)}
    <p class="remark">On the wall Page Down and Page Up, the keys of a clicker, go through it; <kbd>b</kbd>
      turns it black, <kbd>Esc</kbd> comes back here.</p>
    ${handouts(edits.shown(), offered, root)}`;

  function tab(tabKind: PlaylistItem["kind"], word: string) {
    const choose = () => {
      kind = tabKind;
      draw();
    };
    return html`<button type="button" class="word" aria-pressed=${kind === tabKind} @click=${choose}>${word}</button>`;
  }

  function offer() {
    const toList = () => place.querySelector(".play-list")?.scrollIntoView();
    const search = ({ currentTarget }: Event) => {
      sought = (currentTarget as HTMLInputElement).value.trim();
      draw();
    };
    const words = `Find a ${ITEM_WORDS[kind]}`;
    return html`<section class="play-offer" aria-labelledby="play-offer"><h1 id="play-offer">Pick for the hour</h1>
      <div class="words">${tab("lesson", "Lessons")}${tab("preset", "Scenes")}<button type="button"
        class="quiet underlined play-to-list" @click=${toList}>To the list: ${edits.shown().length}</button><input
        type="search" class="play-search to-end" placeholder=${words} aria-label=${words} @input=${search}></div>
      ${choice()}</section>`;
  }

  function page() {
    const shown = edits.shown();
    const minutes = minutesOf(shown, offered);
    const rename = ({ currentTarget }: Event) =>
      changed(edits.rename((currentTarget as HTMLInputElement).value.trim()));
    return html`${offer()}<section class="play-list" aria-labelledby="play-list"><header
      class="wraps"><h2 id="play-list"><label><span class="reader-only">Playlist</span><input class="play-called"
      maxlength=${LONGEST_NAME} placeholder="Playlist" title="Its name" .value=${edits.name()}
      @change=${rename}></label></h2>
      <p>${amount(shown, offered)}</p>${shown.length ? startButton(inRoom(), phones, startShown) : nothing}</header>${
        lastEdit.faults.length
          ? html`<ul class="play-faults" role="alert">${lastEdit.faults.map((fault) => html`<li>${fault}</li>`)}</ul>`
          : nothing
      }
      ${minutes ? ladder(minutes) : nothing}
      <p class="reader-only" role="status">${lastEdit.message}</p>
      ${
        edits.items().length
          ? html`${rows()}
      <p class="remark">On a row <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> moves it, <kbd>s</kbd>
        skips it, <kbd>Delete</kbd> takes it out.</p>`
          : html`<p class="play-empty">Nothing is chosen yet. Press a scene or a lesson to add it; what is added here
        is shown in this order, by a clicker alone.</p>`
      }${shown.length ? ways() : nothing}</section>`;
  }

  draw();
}
