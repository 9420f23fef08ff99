/** Where a class is taught from: what it may see first, where students join, who is here, and the end of the room. */
import { html, nothing, render } from "lit-html";
import { cells } from "../panels/guesses/cells.ts";
import { saveFile } from "../panels/take-home/saving.ts";
import { choiceList, choiceWords, foundIn } from "../playlist/choiceList.ts";
import { allSections, type PlaylistItem, type PlaylistOffer, readPlaylist } from "../playlist/items.ts";
import { address, send } from "../service/http.ts";
import { withKey } from "./connection.ts";
import type { Room } from "./events.ts";
import type { RoomKey } from "./kept.ts";

/** How the address and its QR code stand on the page where others join. */
interface Joining {
  /** in two lines: host and path */
  typed: [string, string];
  code: Element | null;
  /** what is in their way; empty: nothing */
  advice: string;
}

/** @returns an address as host and path */
export function twoLines(address: string): [string, string] {
  const [, host = "", path = ""] = /^([^/]*(?:\/\/[^/]*)?)(\/.*)?$/.exec(address) ?? [];
  return [host, path];
}

/** @param text  the address of a playlist, whole or in part @returns what of it goes on the wall, or what is wrong */
export function pastedPlaylist(text: string, offered: PlaylistOffer): { chosen: PlaylistItem[]; faults: string[] } {
  const query = text
    .trim()
    .replace(/^[^?]*\?/, "")
    .replace(/#.*/, "");
  const { items, faults } = readPlaylist(query, offered);
  const chosen = items.filter(({ skipped }) => !skipped);
  return { chosen, faults: faults.length || chosen.length ? faults : ["There is nothing in it to show."] };
}

export async function fetchJoining(root: string, code: string): Promise<Joining> {
  const page = await (await send(`${root}/join?room=${code}`)).text();
  const read = new DOMParser().parseFromString(page, "text/html");
  const typed = twoLines(read.querySelector("h1 svg")?.getAttribute("aria-label") ?? "");
  const qr = read.querySelector(".join-code");
  const advice = read.querySelector(".join-advice")?.textContent.trim() ?? "";
  return { typed, code: qr && document.importNode(qr, true), advice };
}

interface TeachPorts {
  offered: PlaylistOffer;
  root: string;
  /** goes on the wall */
  start: (items: PlaylistItem[]) => void;
  /** nothing is left of the room */
  closed: () => void;
}

type Tab = PlaylistItem["kind"] | "playlist";
const TABS: [Tab, string][] = [
  ["lesson", "Lessons"],
  ["preset", "Scenes"],
  ["playlist", "A playlist"],
];

export function openTeach(place: HTMLElement, { code, key }: RoomKey, { offered, root, start, closed }: TeachPorts) {
  let shows: Tab = "lesson";
  let room: Room | null = null;
  let joining: Joining | null = null;
  let waits = "";
  let message = "";
  let wrong: string[] = [];

  const announce = (words: string) => {
    message = words;
    draw();
  };

  function playlist(event: Event) {
    event.preventDefault();
    const field = (event.currentTarget as Element).querySelector("input") as HTMLInputElement;
    const { chosen, faults } = pastedPlaylist(field.value, offered);
    wrong = faults;
    if (faults.length) draw();
    else start(chosen);
  }

  async function takeHome() {
    try {
      const answers = await send(address(`/rooms/${code}/entries.csv`), { headers: withKey(key) });
      saveFile(await answers.blob(), "fall-line-answers.csv");
      announce("The answers are saved: questions and numbers of seats, no names.");
    } catch (error) {
      announce(`The answers did not come: ${(error as Error).message}.`);
    }
  }

  async function close() {
    if (!confirm("Close the room? All seats leave it, and the answers are gone for good.")) return;
    try {
      await send(address(`/rooms/${code}`), { method: "DELETE", headers: withKey(key) });
      closed();
    } catch (error) {
      announce(`The room is still open: ${(error as Error).message}.`);
    }
  }

  function choice(kind: PlaylistItem["kind"]) {
    return choiceList(foundIn(offered, kind), (choosable) => {
      const sections = kind === "lesson" ? allSections(offered.lessons[choosable.number - 1]) : [];
      const go = () => start([{ kind, number: choosable.number, sections, skipped: false }]);
      return html`<button type="button" class="play-pick washes" @click=${go}>${choiceWords(
        choosable,
      )}<span class="teach-show">Show on the wall</span></button>`;
    });
  }

  const ofPlaylist = () => html`<form class="teach-playlist wraps" @submit=${playlist}><label>The address of a <a
    href="${root}/play">playlist</a> <input type="text" class="field" placeholder="/play?momentum:,opening"
      autocomplete="off"
    spellcheck="false"></label> <button class="button strong">Show on the wall</button></form>${
      wrong.length
        ? html`<ul class="play-faults" role="alert">${wrong.map((fault) => html`<li>${fault}</li>`)}</ul>`
        : nothing
    }`;

  function page() {
    const { seats = 0, closed: over = false } = room ?? {};
    const tab = ([name, word]: [Tab, string]) => html`<button type="button" class="word" aria-pressed=${shows === name}
      @click=${() => {
        shows = name;
        draw();
      }}>${word}</button>`;
    return html`<section class="teach-offer" aria-labelledby="teach-offer"><h1
      id="teach-offer">What does the class see first?</h1><div class="words">${TABS.map(tab)}</div>${
        shows === "playlist" ? ofPlaylist() : choice(shows)
      }</section>
    <section class="teach-room column" aria-labelledby="teach-room"><h2 id="teach-room">Students open</h2>
      <p class="teach-address">${joining?.typed[0] ?? "…"}<span>${joining?.typed[1]}</span></p>${
        joining?.code ?? nothing
      }${joining?.advice ? html`<p class="room-away" role="alert">${joining.advice}</p>` : nothing}
      <p><a class="quiet underlined" href="${root}/join?room=${code}" target="_blank">Show this large</a></p>
      <div class="teach-here"><p role="status"><strong>${seats}</strong> ${
        seats === 1 ? "is" : "are"
      } here</p>${seats ? cells({ count: seats, total: seats }) : nothing}<p class="remark">They see what
        you show as soon as you show it; whoever comes later has it at once. Page Down and
        Page Up, the keys of a clicker, go through it, <kbd>Esc</kbd> comes back here.</p></div>
      <div class="teach-end"><p
        class="remark">No names are asked for. What is answered is kept by the number of the
        seat until the room is closed, or three hours after the last that happened in it; nothing of it is kept after
        the room.</p><p class="play-ways row wraps"><button type="button" class="quiet underlined"
        @click=${takeHome}>Answers as CSV</button> <button type="button" class="quiet underlined"
        @click=${close}>Close the room</button></p><p class="room-away" role="status">${
          over ? "The room is closed." : waits || message
        }</p></div></section>`;
  }

  const draw = () => render(page(), place);

  draw();
  return {
    announce,
    draw(next: { room?: Room | null; joining?: Joining; waits?: string }) {
      ({ room = room, joining = joining, waits = waits } = next);
      draw();
    },
  };
}

/**
 * Where one comes without a key.
 * @param ports.many  a server with many rooms has none for whoever comes so @param ports.open  makes one
 * @param ports.before  what became of the room before, in words; empty: there was none
 * @param ports.root  the path of the site
 */
export function openDoor(
  place: HTMLElement,
  { many, open, before, root }: { many: boolean; open: () => Promise<void>; before: string; root: string },
) {
  let message = before;
  const press = () =>
    open().catch((error: Error) => {
      message = `No room was opened: ${error.message}.`;
      draw();
    });
  const draw = () =>
    render(
      many
        ? html`<section class="teach-door"><h1>A room for your class</h1><p>It has an address of its own, where students
          follow what you show and answer its questions. No names are asked for, and nothing is kept after the room.</p>
          <p><button type="button" class="button strong" @click=${press}>Open a room</button></p><p
          role="status">${message}</p></section>`
        : html`<section class="teach-door"><h1>The key of this room is missing</h1><p>The command <code>fallline
          --classroom</code> has printed an address that ends in <code>/teach#</code> and a key. Open that: who has the
          key leads the class.</p><p>Without a room:</p><ul class="column">
          <li><a href="${root}/play">Put scenes and lessons in an order, and show them</a></li>
          <li><a href="${root}/lessons">Choose a lesson: each has <em>Present</em> at its head</a></li>
          <li><a href="${root}/lessons/teacher">Teach: all ways to show, print and let students join</a></li>
          </ul></section>`,
      place,
    );
  draw();
}
