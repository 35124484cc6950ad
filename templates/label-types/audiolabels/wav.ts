/** Reads the samples of a WAV file: PCM of 8 or 16 bits, as recorders and `ffmpeg -i in.mp3 out.wav` write it. */

import { fail } from './runtime/errors.ts';

export interface Recording {
  /** Samples per second. */
  rate: number;
  /** Seconds. */
  duration: number;
  /** -1 to 1, the mean of all channels. */
  samples: Float32Array;
}

const ADVICE =
  'the starter reads WAV as PCM of 8 or 16 bits; for anything else, decode it first, with ffmpeg for instance';

/** @throws InputError when the bytes are something else */
export function readWav(bytes: Uint8Array): Recording {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (text(0) !== 'RIFF' || text(8) !== 'WAVE') fail(`these ${bytes.length} bytes are no WAV file: ${ADVICE}`);
  let [channels, rate, bits] = [0, 0, 0];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [name, start] = [text(at), at + 8];
    // Recorders that write as they go put the largest number, or 0.
    const length = Math.min(view.getUint32(at + 4, true), bytes.length - start);
    if (name === 'fmt ' && length >= 16) {
      const extensible = view.getUint16(start, true) === 0xfffe && length >= 26;
      const format = view.getUint16(start + (extensible ? 24 : 0), true);
      [channels, rate, bits] = [
        view.getUint16(start + 2, true),
        view.getUint32(start + 4, true),
        view.getUint16(start + 14, true),
      ];
      const sound = format === 1 && (bits === 8 || bits === 16) && channels > 0 && rate > 0;
      if (!sound) fail(`the WAV has format ${format}, ${channels} channels of ${bits} bits at ${rate} Hz: ${ADVICE}`);
    }
    if (name === 'data') {
      if (rate === 0) fail('the WAV is damaged: its samples come before its format');
      const samples = mix(view, start, length, channels, bits / 8);
      return { rate, duration: samples.length / rate, samples };
    }
    at = start + length + (length % 2);
  }
  return fail(`the WAV is cut off after ${bytes.length} bytes, before its samples`);
}

function mix(view: DataView, start: number, length: number, channels: number, width: number): Float32Array {
  const samples = new Float32Array(Math.floor(length / (channels * width)));
  for (let at = 0; at < samples.length; at++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      const place = start + (at * channels + channel) * width;
      // 8 bits are unsigned, 16 bits are signed.
      sum += width === 1 ? (view.getUint8(place) - 128) / 128 : view.getInt16(place, true) / 32768;
    }
    samples[at] = sum / channels;
  }
  return samples;
}
