/**
 * What a browser keeps of a room: a tab the key of the room, which is taken off the address at once; a seat its name.
 */

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

function read(storage: () => Storage, name: string): string | null {
  try {
    return storage().getItem(name);
  } catch {
    return null;
  }
}

function write(storage: () => Storage, name: string, value: string | null) {
  try {
    if (value === null) storage().removeItem(name);
    else storage().setItem(name, value);
  } catch {
    // Without storage it is kept as long as the page is open.
  }
}

export const keepRoom = (room: RoomKey | null) => write(() => sessionStorage, ROOM, room && JSON.stringify(room));

/** @returns the room that this tab leads */
export const keptRoom = (): RoomKey | null => JSON.parse(read(() => sessionStorage, ROOM) ?? "null");

/** @returns the key in the address, which then stands there no longer, or the one this tab has */
export function takeKey(): RoomKey | null {
  const [, code = CLASS, key] = IN_ADDRESS.exec(location.hash) ?? [];
  if (key) {
    keepRoom({ code, key });
    history.replaceState(null, "", `${location.pathname}${location.search}`);
    return { code, key };
  }
  return keptRoom();
}

/** @returns what nobody guesses; a page of a network without encryption has no other way to it */
export const randomName = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @returns by which the server knows this seat again */
export function seatName(): string {
  const name = read(() => localStorage, SEAT) ?? randomName();
  write(() => localStorage, SEAT, name);
  return name;
}
