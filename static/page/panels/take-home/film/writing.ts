/** Writes a film frame by frame. It is bundled apart, and shares no module with the page. */
/// <reference path="./gifenc.d.ts" />
import { GIFEncoder, quantize } from "gifenc/dist/gifenc.esm.js";
import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  WebMOutputFormat,
} from "mediabunny";
import type { Size } from "../../../math/box.ts";
import { COLOURS_OF_GIF, type FilmFormat, type FilmKind, type FilmWriter, frameRate } from "./formats.ts";

/** The most widely supported first. Slides accept only an MP4 with H.264. */
const CODECS: Record<"mp4" | "webm", NonNullable<FilmKind["codec"]>[]> = { mp4: ["avc"], webm: ["vp9", "vp8", "av1"] };

/** @returns the formats that this browser can write at a size, the best for slides first; a GIF is always possible */
export async function supportedFilmKinds(size: Size): Promise<FilmKind[]> {
  const kinds: FilmKind[] = [];
  for (const format of ["mp4", "webm"] as const) {
    const codec = await getFirstEncodableVideoCodec(CODECS[format], size).catch(() => null);
    if (codec) kinds.push({ format, codec: codec as FilmKind["codec"] });
  }
  return [...kinds, { format: "gif", codec: null }];
}

/**
 * @param canvas  each frame is painted on it before it is added
 * @param last  the last frame, from which a GIF takes its colours
 */
export async function filmWriter(
  { format, codec }: FilmKind,
  canvas: HTMLCanvasElement,
  last: () => Uint8ClampedArray,
): Promise<FilmWriter> {
  return codec === null ? gifWriter(canvas, last()) : videoWriter(format, codec, canvas);
}

async function videoWriter(
  format: FilmFormat,
  codec: NonNullable<FilmKind["codec"]>,
  canvas: HTMLCanvasElement,
): Promise<FilmWriter> {
  const rate = frameRate(format);
  const target = new BufferTarget();
  const container = format === "mp4" ? new Mp4OutputFormat({ fastStart: "in-memory" }) : new WebMOutputFormat();
  const output = new Output({ format: container, target });
  const source = new CanvasSource(canvas, { codec, bitrate: QUALITY_HIGH });
  output.addVideoTrack(source, { frameRate: rate });
  await output.start();
  return {
    add: (frame) => source.add(frame / rate, 1 / rate),
    async finish() {
      await output.finalize();
      return new Blob([target.buffer as ArrayBuffer], { type: `video/${format}` });
    },
    cancel: () => output.cancel(),
  };
}

/**
 * The library's own way takes one colour of the palette for all that are alike in five or six bits, so that ground of
 * one tint gets the tint of another here and there.
 * @returns of each pixel the index of the nearest colour
 */
function paletteOf(colours: number[][]): (data: Uint8ClampedArray) => Uint8Array {
  const indexOfPixel = new Map<number, number>();
  const nearest = (pixel: number): number => {
    const channels = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
    const squared = (colour: number[]) => channels.reduce((sum, value, k) => sum + (value - colour[k]) ** 2, 0);
    const distances = colours.map(squared);
    return distances.indexOf(Math.min(...distances));
  };
  const indexOf = (pixel: number): number => {
    const index = indexOfPixel.get(pixel) ?? nearest(pixel);
    indexOfPixel.set(pixel, index);
    return index;
  };
  return (data) => {
    const pixels = new Uint32Array(data.buffer);
    const indexes = new Uint8Array(pixels.length);
    // Most pixels are as the one before.
    for (let k = 0; k < pixels.length; k += 1)
      indexes[k] = k && pixels[k] === pixels[k - 1] ? indexes[k - 1] : indexOf(pixels[k]);
    return indexes;
  };
}

function gifWriter(canvas: HTMLCanvasElement, last: Uint8ClampedArray): FilmWriter {
  const { width, height } = canvas;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const palette = quantize(last, COLOURS_OF_GIF, { useSqrt: false });
  const indexesOf = paletteOf(palette);
  const gif = GIFEncoder();
  let before: Uint8Array | null = null;
  return {
    async add() {
      const indexes = indexesOf(context.getImageData(0, 0, width, height).data);
      const delay = 1000 / frameRate("gif");
      if (!before) gif.writeFrame(indexes, width, height, { palette, delay, repeat: 0 });
      else {
        const was = before;
        const changed = indexes.map((index, k) => (index === was[k] ? COLOURS_OF_GIF : index));
        const same = { transparent: true, transparentIndex: COLOURS_OF_GIF, dispose: 1 };
        gif.writeFrame(changed, width, height, { delay, ...same });
      }
      before = indexes;
    },
    async finish() {
      gif.finish();
      return new Blob([gif.bytes() as Uint8Array<ArrayBuffer>], { type: "image/gif" });
    },
    async cancel() {},
  };
}
