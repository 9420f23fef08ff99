/** A playlist: its list, or with a number behind `#` that part on the wall, or the presenter's view of it. */
import { openList, type Phones } from "./playlist/list.ts";
import { type PlaylistOffer, type PlayPart, readPlaylist } from "./playlist/parts.ts";
import { openPresenter } from "./playlist/presenter.ts";
import { openWall } from "./playlist/wall.ts";
import { keptRoom } from "./room/kept.ts";
import { leadToView } from "./service/visit.ts";
import { createThemeButton } from "./theme.ts";

const place = document.querySelector("main") as HTMLElement;
const { root = "", rooms = "", offered: offeredText = "" } = place.dataset;
const offered = JSON.parse(offeredText) as PlaylistOffer;
const { name, parts, faults } = readPlaylist(location.search, offered);
const shown = parts.filter(({ skipped }) => !skipped);
const list = () => location.replace(`${location.pathname}${location.search}`);

function wall(parts: PlayPart[]) {
  document.documentElement.classList.add("on-wall");
  place.replaceChildren();
  openWall(place, parts, offered, root, () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    list();
  });
}

if (name) document.title = document.title.replace("Playlist", name);
createThemeButton();
leadToView();
place.replaceChildren();
if (location.hash === "#presenter" && shown.length) {
  document.documentElement.classList.add("beside-wall");
  openPresenter(place, shown, offered, root);
} else if (/^#\d+$/.test(location.hash) && shown.length) wall(shown);
else
  openList(
    place,
    { name, parts },
    {
      offered,
      root,
      faults,
      phones: rooms && keptRoom() ? "led" : (rooms as Phones),
      start(chosen) {
        history.pushState({ began: Date.now() }, "", "#1");
        void document.documentElement.requestFullscreen?.().catch(() => {});
        wall(chosen);
      },
    },
  );
// What is shown follows the address.
addEventListener("popstate", () => location.reload());
