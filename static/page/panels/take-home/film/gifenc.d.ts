/** The part of gifenc that is used, which declares no types. */
declare module "gifenc/dist/gifenc.esm.js" {
  type Palette = number[][];

  /** delay: milliseconds; repeat: 0 is for ever; dispose: 1 leaves the frame */
  interface FrameOptions {
    palette?: Palette;
    delay?: number;
    repeat?: number;
    transparent?: boolean;
    transparentIndex?: number;
    dispose?: number;
  }

  /** useSqrt: whether a colour that many pixels have counts by the root of their number, or by the number */
  export function quantize(rgba: Uint8ClampedArray, colours: number, options: { useSqrt: boolean }): Palette;
  export function GIFEncoder(): {
    writeFrame: (indexes: Uint8Array, width: number, height: number, options: FrameOptions) => void;
    finish: () => void;
    bytes: () => Uint8Array;
  };
}
