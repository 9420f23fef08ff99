/** A room: where it is taught from, its wall, or the presenter's view of that. */
import { h } from "./dom.ts";
import { type PlaylistItem, type PlaylistOffer, readPlaylist, writePlaylist } from "./playlist/items.ts";
import { openPresenter } from "./playlist/presenter.ts";
import { openConnection } from "./room/connection.ts";
import type { Room } from "./room/events.ts";
import { forgetRoom, keepRoom, type RoomKey, takeKey } from "./room/kept.ts";
import { questionsIn } from "./room/questionsInSight.ts";
import { openRoomWall } from "./room/roomWall.ts";
import { drawStrip } from "./room/strip.ts";
import { fetchJoining, openDoor, openTeach } from "./room/teach.ts";
import { showThought } from "./room/thought.ts";
import { requestJson } from "./service/http.ts";
import { retryWhileTransient } from "./service/retry.ts";
import { loadStyle } from "./service/style.ts";
import { leadToView } from "./service/visit.ts";
import { createThemeButton } from "./theme.ts";

const place = document.querySelector("main") as HTMLElement;
const { root = "", offered: offeredText = "", rooms } = place.dataset;
const offered = JSON.parse(offeredText) as PlaylistOffer;
const ownKey = takeKey();
const shown = readPlaylist(location.search, offered).items.filter(({ skipped }) => !skipped);

/** Of the history, once a room was closed. */
const CLOSED = { closed: true };

const GONE = "The room is closed, and nothing of it is left.";

/** @param more  of the address, behind its path */
function reload(state: unknown, more: string = "") {
  history.replaceState(state, "", `${location.pathname}${more}`);
  location.reload();
}

/** The key is no longer one. */
function leaveRoom() {
  forgetRoom();
  reload(history.state);
}

function wall(room: RoomKey, items: PlaylistItem[]) {
  document.documentElement.classList.add("on-wall");
  openRoomWall(place, items, {
    offered,
    root,
    roomKey: room,
    leave() {
      if (document.fullscreenElement) void document.exitFullscreen();
      reload(null, `${location.search}${keepRoom(room)}`);
    },
    refused: leaveRoom,
  });
}

function list(room: RoomKey) {
  const ended = new AbortController();
  const teach = openTeach(place, room, {
    offered,
    root,
    start(items) {
      ended.abort();
      history.pushState({ began: Date.now() }, "", `?${writePlaylist({ name: "", items }, offered)}#1`);
      void document.documentElement.requestFullscreen?.().catch(() => {});
      wall(room, items);
    },
    closed: () => reload(CLOSED),
  });
  if (history.state?.closed) teach.announce(`${GONE} This is a new one, with the same address.`);
  const { signal } = ended;
  openConnection(room, {
    signal,
    onRoom: (latest) => teach.draw({ room: latest }),
    onWait: (waits) => teach.draw({ waits }),
    onRefused: leaveRoom,
  });
  void retryWhileTransient(() => fetchJoining(root, room.code), { signal })
    .then((joining) => teach.draw({ joining }))
    .catch(() => {});
}

/** The teacher's own window counts, too, and shows what the class thought. */
function follow(room: RoomKey, items: PlaylistItem[]) {
  const foot = h("div", { class: "room-strip row" });
  document.body.append(foot);
  const strip = { room: null as Room | null, typed: "", waits: "", take: null, counts: true, ways: [] };
  const draw = (more: Partial<typeof strip>) => drawStrip(foot, Object.assign(strip, more));
  const { again } = openPresenter(place, items, offered, root, {
    back: { word: "Room", address: location.pathname },
    how: "Show on the wall",
    shown: (page, ledPage) => strip.room && showThought(strip.room, ledPage, questionsIn(page, ledPage)),
  });
  openConnection(room, {
    onRoom(next) {
      draw({ room: next });
      again();
    },
    onWait: (waits) => draw({ waits }),
    onRefused: leaveRoom,
  });
}

async function open() {
  reload(null, keepRoom(await requestJson<RoomKey>({ path: "/rooms", body: {} })));
}

createThemeButton();
leadToView();
void loadStyle("guesses");
place.replaceChildren();
if (!ownKey) openDoor(place, { many: rooms !== undefined, open, before: history.state?.closed ? GONE : "", root });
else if (location.hash === "#presenter" && shown.length) {
  document.documentElement.classList.add("beside-wall");
  follow(ownKey, shown);
} else if (/^#\d{1,3}$/.test(location.hash) && shown.length) wall(ownKey, shown);
else list(ownKey);
addEventListener("popstate", () => location.reload());
