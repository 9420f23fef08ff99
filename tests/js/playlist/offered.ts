/** What there is to choose from: three scenes, and two lessons of three and six sections. */
import type { PlaylistOffer } from "../../../static/page/playlist/items.ts";

const scene = (title: string) => ({
  ...{ name: title.toLowerCase(), title, group: "First", minutes: 2, query: `surface=${title}`, notes: [], flags: "" },
  ...{ guess: "run" as const, look_at: "map" as const },
});
const lesson = (title: string, minutes: number[]) => ({
  ...{ name: title.toLowerCase(), title, group: "Descent", minutes: minutes.reduce((sum, one) => sum + one, 0) },
  ...{ notes: true, handout: true },
  sections: minutes.map((own, k) => ({ title: `${title} ${k + 1}`, minutes: own, query: k ? `surface=${k}` : null })),
});
export const OFFERED: PlaylistOffer = {
  presets: ["One", "Two", "Three"].map(scene),
  lessons: [lesson("Rate", [2, 1, 1]), lesson("Momentum", [1, 2, 1, 2, 3, 0])],
};
