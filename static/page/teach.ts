/** A room: where it is taught from, its wall, or the presenter's view of that. */
import { h } from "./dom.ts";
import { type Offered, type PlayPart, readPlaylist, writePlaylist } from "./playlist/parts.ts";
import { openPresenter } from "./playlist/presenter.ts";
import type { Room } from "./room/events.ts";
import { keepRoom, type RoomKey, takeKey } from "./room/kept.ts";
import { openLink } from "./room/link.ts";
import { questionsIn } from "./room/questions.ts";
import { drawStrip } from "./room/strip.ts";
import { fetchJoining, openDoor, openTeach } from "./room/teach.ts";
import { showThought } from "./room/thought.ts";
import { openRoomWall } from "./room/wall.ts";
import { askJson } from "./service/http.ts";
import { persist } from "./service/persist.ts";
import { loadStyle } from "./service/style.ts";
import { leadToView } from "./service/visit.ts";
import { createThemeButton } from "./theme.ts";

const place = document.querySelector("main") as HTMLElement;
const { root = "", offered: given = "", rooms } = place.dataset;
const offered = JSON.parse(given) as Offered;
const own = takeKey();
const shown = readPlaylist(location.search, offered).parts.filter(({ skipped }) => !skipped);

/** Of the history, once a room was closed. */
const CLOSED = { closed: true };

const GONE = "The room is closed, and nothing of it is left.";

function again(state: unknown) {
  history.replaceState(state, "", location.pathname);
  location.reload();
}

/** The key is no longer one. */
function forget() {
  keepRoom(null);
  again(history.state);
}

function wall(room: RoomKey, parts: PlayPart[]) {
  document.documentElement.classList.add("on-wall");
  openRoomWall(place, parts, {
    offered,
    root,
    own: room,
    leave() {
      if (document.fullscreenElement) void document.exitFullscreen();
      location.replace(`${location.pathname}${location.search}`);
    },
    refused: forget,
  });
}

function list(room: RoomKey) {
  const ended = new AbortController();
  const teach = openTeach(place, room, {
    offered,
    root,
    start(parts) {
      ended.abort();
      history.pushState({ began: Date.now() }, "", `?${writePlaylist({ name: "", parts }, offered)}#1`);
      void document.documentElement.requestFullscreen?.().catch(() => {});
      wall(room, parts);
    },
    closed: () => again(CLOSED),
  });
  if (history.state?.closed) teach.tell(`${GONE} This is a new one, with the same address.`);
  const { signal } = ended;
  openLink(room, {
    signal,
    onRoom: (now) => teach.draw({ room: now }),
    onAway: (away) => teach.draw({ away }),
    onRefused: forget,
  });
  void persist(() => fetchJoining(root, room.code), { signal })
    .then((joining) => teach.draw({ joining }))
    .catch(() => {});
}

/** The teacher's own window counts, too, and shows what the class thought. */
function follow(room: RoomKey, parts: PlayPart[]) {
  const foot = h("div", { class: "room-strip row" });
  document.body.append(foot);
  const now = { room: null as Room | null, typed: "", away: "", take: null, counts: true, ways: [] };
  const draw = (more: Partial<typeof now>) => drawStrip(foot, Object.assign(now, more));
  const { again } = openPresenter(place, parts, offered, root, {
    back: { word: "Teach", address: location.pathname },
    how: "Show on the wall",
    shown: (page, led) => now.room && showThought(now.room, led, questionsIn(page, led)),
  });
  openLink(room, {
    signal: new AbortController().signal,
    onRoom(next) {
      draw({ room: next });
      again();
    },
    onAway: (away) => draw({ away }),
    onRefused: forget,
  });
}

async function open() {
  keepRoom(await askJson<RoomKey>({ path: "/rooms", body: {} }));
  location.replace(location.pathname);
}

createThemeButton();
leadToView();
void loadStyle("guesses");
place.replaceChildren();
if (!own) openDoor(place, { many: rooms !== undefined, open, before: history.state?.closed ? GONE : "" });
else if (location.hash === "#presenter" && shown.length) {
  document.documentElement.classList.add("beside-wall");
  follow(own, shown);
} else if (/^#\d{1,3}$/.test(location.hash) && shown.length) wall(own, shown);
else list(own);
addEventListener("popstate", () => location.reload());
