/** The formats of a film. */

export type FilmFormat = "mp4" | "webm" | "gif";

type FilmCodec = "avc" | "vp9" | "vp8" | "av1";

/** codec: of the video; null for a GIF */
export interface FilmKind {
  format: FilmFormat;
  codec: FilmCodec | null;
}

export const CODEC_NAMES: Record<FilmCodec, string> = { avc: "H.264", vp9: "VP9", vp8: "VP8", av1: "AV1" };

/** Frames a second. A GIF counts the time of a frame in hundredths of a second. */
export const frameRate = (format: FilmFormat): number => (format === "gif" ? 12.5 : 30);

/** A GIF has 256 colours; one of them means unchanged pixels. */
export const COLOURS_OF_GIF = 255;

/** Frames are added in order; a film that is not finished must be cancelled. */
export interface FilmWriter {
  add: (frame: number) => Promise<void>;
  finish: () => Promise<Blob>;
  cancel: () => Promise<void>;
}
