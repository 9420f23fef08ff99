/** A playlist: its list, or with a number behind `#` that item on the wall, or the presenter's view of it. */

import { type PlaylistItem, type PlaylistOffer, readPlaylist } from "./playlist/items.ts";
import { openList, type Phones } from "./playlist/list.ts";
import { openWall } from "./playlist/playlistWall.ts";
import { openPresenter } from "./playlist/presenter.ts";
import { keptRoom } from "./room/kept.ts";
import { leadToView } from "./service/visit.ts";
import { createThemeButton } from "./theme.ts";

const place = document.querySelector("main") as HTMLElement;
const { root = "", rooms = "", offered: offeredText = "" } = place.dataset;
const offered = JSON.parse(offeredText) as PlaylistOffer;
const { name, items, faults } = readPlaylist(location.search, offered);
const shown = items.filter(({ skipped }) => !skipped);
const list = () => location.replace(`${location.pathname}${location.search}`);

function wall(items: PlaylistItem[]) {
  document.documentElement.classList.add("on-wall");
  place.replaceChildren();
  openWall(place, items, offered, root, () => {
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
    { name, items },
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
