/**
 * A page in the frame of a playlist, which tells the playlist when to go on and lets it lead; alone it does nothing.
 */

/** @returns whether the page around has handled the event */
const notifyParent = (name: string, detail: unknown) =>
  (globalThis.frameElement ?? document).dispatchEvent(new CustomEvent(name, { detail, cancelable: true })) === false;

/** The reader went past the end or the beginning of the page. @returns whether a playlist goes on from there */
export const goBeyond = (by: 1 | -1): boolean => notifyParent("beyond", by);

/** @param framed  the object by which the page around leads this one */
export const exposeToParentFrame = (framed: unknown) => void notifyParent("led", framed);
