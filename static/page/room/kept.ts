/**
 * What a browser keeps of a room: a tab the key of the room, which is taken off the address at once, or stays there
 * where the browser keeps nothing; a seat its name.
 */
import { forget, remember, remembered } from "../service/remember.ts";

const TAB = "sessionStorage";
const ROOM = "fallline-room";
const SEAT = "fallline-seat";
/** The one room of a classroom. */
const CLASS = "class";

/** Behind `#`: a key, alone or after the code of its room. */
const IN_ADDRESS = /^#(?:([A-Za-z]{4,8})\.)?([\w-]{16,64})$/;

export interface RoomKey {
  code: string;
  key: string;
}

/** @returns the fragment with which this tab leads the room after a reload: empty where the browser keeps its key */
export const keepRoom = (room: RoomKey): string =>
  remember(ROOM, JSON.stringify(room), TAB) ? "" : `#${room.code}.${room.key}`;

export const forgetRoom = () => forget(ROOM, TAB);

/** @returns the room that this tab leads */
export const keptRoom = (): RoomKey | null => JSON.parse(remembered(ROOM, TAB) ?? "null");

/** @returns the key in the address, which stands there no longer than it must, or the one this tab has */
export function takeKey(): RoomKey | null {
  const [, code = CLASS, key] = IN_ADDRESS.exec(location.hash) ?? [];
  if (!key) return keptRoom();
  const room = { code, key };
  history.replaceState(null, "", `${location.pathname}${location.search}${keepRoom(room)}`);
  return room;
}

/** @returns what nobody guesses; a page of a network without encryption has no other way to it */
export const randomName = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @returns by which the server knows this seat again */
export function seatName(): string {
  const name = remembered(SEAT) ?? randomName();
  remember(SEAT, name);
  return name;
}
