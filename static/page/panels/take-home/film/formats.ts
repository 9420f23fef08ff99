/** What a film can be written as. */

export type FilmFormat = "mp4" | "webm" | "gif";

type FilmCodec = "avc" | "vp9" | "vp8" | "av1";

/** codec: of the video; null: of a GIF, which has its own */
export interface FilmKind {
  format: FilmFormat;
  codec: FilmCodec | null;
}

export const CODEC_NAMES: Record<FilmCodec, string> = { avc: "H.264", vp9: "VP9", vp8: "VP8", av1: "AV1" };

/** Frames a second. A GIF counts the time of a frame in hundredths of a second. */
export const frameRate = (format: FilmFormat): number => (format === "gif" ? 12.5 : 30);

/** One of 256 is for what stays as it was. */
export const COLOURS_OF_GIF = 255;

/** Frames come in their order; whoever does not finish cancels. */
export interface FilmWriter {
  add: (frame: number) => Promise<void>;
  finish: () => Promise<Blob>;
  cancel: () => Promise<void>;
}
