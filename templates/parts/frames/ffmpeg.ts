/** Decodes a video with the ffmpeg that is installed on this machine, in a process of its own with bounded time and size. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from './runtime/errors.ts';

export interface Wanted {
  /** Pictures per second. */
  rate: number;
  width: number;
  height: number;
  /** No more pictures than that. */
  most: number;
}

/** Milliseconds. */
const TIMEOUT = 60_000;

/** @returns RGBA pixels of each picture; undefined without ffmpeg. @throws InputError when it cannot decode the video */
export async function decodeWithFfmpeg(video: Uint8Array, wanted: Wanted): Promise<Uint8Array[] | undefined> {
  const { rate, width, height, most } = wanted;
  const directory = await mkdtemp(join(tmpdir(), 'video-'));
  try {
    // From a file: the header of an MP4 may stand at its end.
    const path = join(directory, 'video.mp4');
    await writeFile(path, video);
    const filter = `fps=${rate},scale=${width}:${height}`;
    // Nothing but this file is read, whatever it says: no playlists, no network.
    const input = ['-v', 'error', '-nostdin', '-protocol_whitelist', 'file', '-f', 'mov', '-i', path];
    const output = [
      '-map',
      '0:v:0',
      '-vf',
      filter,
      '-frames:v',
      `${most}`,
      '-pix_fmt',
      'rgba',
      '-f',
      'rawvideo',
      'pipe:1',
    ];
    const size = width * height * 4;
    const pixels = await run([...input, ...output], size * (most + 1));
    return (
      pixels &&
      Array.from({ length: Math.floor(pixels.length / size) }, (_, at) => pixels.subarray(at * size, (at + 1) * size))
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function run(args: string[], maxBuffer: number): Promise<Uint8Array | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array | undefined>();
  execFile('ffmpeg', args, { encoding: 'buffer', maxBuffer, timeout: TIMEOUT }, (error, stdout, stderr) => {
    if (error === null) return resolve(stdout);
    if (error.code === 'ENOENT') return resolve(undefined);
    const said = error.killed ? `it took longer than ${TIMEOUT / 1000} s` : stderr.toString().trim().split('\n').at(-1);
    reject(new InputError(`ffmpeg cannot decode the video: ${said || error.message}`));
  });
  return promise;
}
