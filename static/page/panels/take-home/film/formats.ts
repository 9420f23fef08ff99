/** The formats of a film. */

export type FilmFormat = "mp4" | "webm" | "gif";

type FilmCodec = "avc" | "vp9" | "vp8" | "av1";

/** codec: of the video; null for a GIF */
export interface FilmKind {
  format: FilmFormat;
  codec: FilmCodec | null;
}

const CODEC_NAMES: Record<FilmCodec, string> = { avc: "H.264", vp9: "VP9", vp8: "VP8", av1: "AV1" };

/** Frames a second. A GIF counts the time of a frame in hundredths of a second. */
export const frameRate = (format: FilmFormat): number => (format === "gif" ? 12.5 : 30);

/** A GIF has 256 colours; one of them means unchanged pixels. */
export const COLOURS_OF_GIF = 255;

export const FORMAT_NAMES: Record<FilmFormat, string> = { mp4: "MP4", webm: "WebM", gif: "GIF" };

/** What a format is for. */
export function formatWords({ format, codec }: FilmKind): string {
  const rate = `${frameRate(format)} frames a second`;
  if (codec === null) return `${rate} and ${COLOURS_OF_GIF} colours: plays wherever a picture can stand.`;
  const name = `${CODEC_NAMES[codec]}, ${rate}`;
  return format === "mp4" ? `For slides: ${name}.` : `For web pages: ${name}. Slides mostly take MP4 or GIF alone.`;
}

/** @param secure  whether the page comes from an address that may write videos @returns why a format is missing */
export function missingFormats(kinds: Pick<FilmKind, "format">[], secure: boolean): string {
  const has = (format: FilmFormat) => kinds.some((kind) => kind.format === format);
  if (has("mp4") && has("webm")) return "";
  if (has("mp4") || has("webm")) return ` This browser writes no ${has("mp4") ? "WebM" : "MP4"}.`;
  if (secure) return " This browser writes no video.";
  return " Browsers write MP4 and WebM only at an address with https, or on the computer that serves the page.";
}

/** Frames are added in order; a film that is not finished must be cancelled. */
export interface FilmWriter {
  add: (frame: number) => Promise<void>;
  finish: () => Promise<Blob>;
  cancel: () => Promise<void>;
}
