/** A room: where it is taught from, its wall, or the presenter's view of that. */
import { h } from "./dom.ts";
import { type Offered, type PlayPart, readPlaylist, writePlaylist } from "./playlist/parts.ts";
import { openPresenter } from "./playlist/presenter.ts";
import type { Room } from "./room/events.ts";
import { keepRoom, type RoomKey, takeKey } from "./room/kept.ts";
import { openLink } from "./room/link.ts";
import { drawStrip } from "./room/strip.ts";
import { fetchJoining, openDoor, openTeach } from "./room/teach.ts";
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

/** The key is no longer one. */
function forget() {
  keepRoom(null);
  location.replace(location.pathname);
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
    closed: () => location.replace(location.pathname),
  });
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

/** The teacher's own window counts, too. */
function follow(room: RoomKey) {
  const foot = h("div", { class: "room-strip" });
  document.body.append(foot);
  const now = { room: null as Room | null, typed: "", away: "", take: null, counts: true, ways: [] };
  const draw = (more: Partial<typeof now>) => drawStrip(foot, Object.assign(now, more));
  openLink(room, {
    signal: new AbortController().signal,
    onRoom: (next) => draw({ room: next }),
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
if (!own) openDoor(place, rooms !== undefined, open);
else if (location.hash === "#presenter" && shown.length) {
  document.documentElement.classList.add("beside-wall");
  openPresenter(place, shown, offered, root);
  follow(own);
} else if (/^#\d{1,3}$/.test(location.hash) && shown.length) wall(own, shown);
else list(own);
addEventListener("popstate", () => location.reload());
