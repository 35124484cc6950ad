/** What an MP4 says of itself, and that its pixels are those that were drawn, with ffmpeg and without. */

import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createDecoder } from './h264.ts';
import { readMp4 } from './mp4.ts';
import { InputError } from './runtime/errors.ts';
import { frameRateOf, readVideo } from './video.ts';

/** 48 x 32 pixels, 24 frames a second for two seconds: something dark red moves on light grey, then all is black. */
const film = Buffer.from(
  'AAAAGGZ0eXBpc29tAAACAGlzb21hdmMxAAADIW1vb3YAAABsbXZoZAAAAAAAAAAAAAAAAAAAABgAAAAwAAEAAAEAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIAAAKtdHJhawAAAFx0a2hkAAAABwAAAAAAAAAAAAAAAQAAAAAAAAAwAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAwAAAAIAAAAAACSW1kaWEAAAAgbWRoZAAAAAAAAAAAAAAAAAAAABgAAAAwVcQAAAAAACFoZGxyAAAAAAAAAAB2aWRlAAAAAAAAAAAAAAAAAAAAAgBtaW5mAAAAFHZtaGQAAAABAAAAAAAAAAAAAAAkZGluZgAAABxkcmVmAAAAAAAAAAEAAAAMdXJsIAAAAAEAAAHAc3RibAAAAIRzdHNkAAAAAAAAAAEAAAB0YXZjMQAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAwACAASAAAAEgAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABj//wAAAB5hdmNDAULACv/hAAdnQsAK2jWQAQAEaM48gAAAABhzdHRzAAAAAAAAAAEAAAAwAAAAAQAAABhzdHNzAAAAAAAAAAIAAAABAAAAIQAAABxzdHNjAAAAAAAAAAEAAAABAAAAMAAAAAEAAADUc3RzegAAAAAAAAAAAAAAMAAAAZAAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAKAAAACwAAAAsAAAAMAAAACwAAAA4AAAAMAAAADgAAAAwAAAANAAAADAAAAA4AAAAMAAAACwAAAAoAAAALAAACDwAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAABRzdGNvAAAAAAAAAAEAAANBAAAFVW1kYXQAAAGMZYiEoNDf39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f399dXV1dXV3f39/f39/f39/fXV1dXV1d39/f39/f39/f311dXV1dXd/f39/f39/f399dXV1dXV3f39/f39/f39/fXV1dXV1d39/f39/f39/f311dXV1dXd/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/feXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5aGhoeXl5eXloaGh5eXl5eWhoaHl5eXl5eXl5eXl5eXl5eXl5eYSEhISEhISEhISEhISEhISEhISEhISEhISEhMbGxoSEhISExsbGhISEhITGxsaEhISEhISEhISEhISEhISEhIRqG1pw09PgAAAABEGaIo8AAAAEQZpCjwAAAARBmmKPAAAABEGago8AAAAEQZqijwAAAARBmsKPAAAABEGa4o8AAAAEQZsCjwAAAARBmyKPAAAABEGbQo8AAAAEQZtijwAAAARBm4KPAAAABEGboo8AAAAEQZvCjwAAAARBm+KPAAAABkGaArCOaAAAAAdBmiKwiEZoAAAAB0GaQrCP8sAAAAAIQZpisIhH8sAAAAAHQZqCsI/ywAAAAApBmqKUIhG4RCNQAAAACEGawpQjuEdQAAAACkGa4pQiEbhEI1AAAAAIQZsClCO4R1AAAAAJQZsilhG4RCNQAAAACEGbQosI+EeAAAAACkGbYosIhHhEI4AAAAAIQZuCiwj4R4AAAAAHQZuijQiEcAAAAAZBm8KNCPAAAAAHQZvijQiEcAAAAgtliIIoNAAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIBqG1pw09PgAAAABEGaIo8AAAAEQZpCjwAAAARBmmKPAAAABEGago8AAAAEQZqijwAAAARBmsKPAAAABEGa4o8AAAAEQZsCjwAAAARBmyKPAAAABEGbQo8AAAAEQZtijwAAAARBm4KPAAAABEGboo8AAAAEQZvCjwAAAARBm+KP',
  'base64',
);

test('frames are counted as the editor counts them, and show what was drawn', async () => {
  const { frames, ...video } = await readVideo(film, 24);
  assert.equal(video, { width: 48, height: 32, duration: 2, framesCount: 48 });
  assert.equal(
    frames.map(({ frame, width, height, pixels }) => [frame, width, height, pixels.length]),
    Array.from({ length: 48 }, (_, at) => [at + 1, 48, 32, 48 * 32 * 4]),
  );
  const redAt = (frame: number, x: number, y: number) => frames[frame - 1]?.pixels[(y * 48 + x) * 4] ?? -1;
  const reds = [redAt(1, 0, 0), redAt(1, 8, 8), redAt(32, 8, 8), redAt(32, 40, 24), redAt(48, 0, 0)];
  assert.equal(
    reds.map((red) => Math.round(red / 50)),
    [5, 4, 5, 4, 0],
  );
  const half = await readVideo(film, 12);
  const same = half.frames.map(({ pixels }, at) =>
    Buffer.compare(pixels, frames[2 * at]?.pixels ?? pixels.subarray(1)),
  );
  assert.equal([half.framesCount, same], [24, Array.from({ length: 24 }, () => 0)]);
});

test('without ffmpeg, this film can be decoded, too', () => {
  const { setup, samples, ...about } = readMp4(film);
  assert.equal(about, { width: 48, height: 32, duration: 2, pictures: 48, codec: 'avc1' });
  const decode = createDecoder(setup);
  const pictures = Array.from(samples(), ({ bytes }) => decode(bytes));
  const hash = createHash('sha256');
  for (const { planes } of pictures) for (const plane of planes) hash.update(plane);
  // Of what ffmpeg makes of it: ffmpeg -i film.mp4 -f rawvideo -pix_fmt yuv420p - | sha256sum
  assert.is(hash.digest('hex'), '4ef3cd648501038faf94f735625c878bfb1f68c2fc89a856a3c3167f4116ce0a');
});

test('what cannot be decoded says why, and what would do', () => {
  const { setup } = readMp4(film);
  const main = setup.with(9, 77);
  assert.throws(() => createDecoder(main), /more than the baseline profile, .* install ffmpeg/);
  const [first] = readMp4(film).samples();
  const cut = first?.bytes.subarray(0, 300) ?? new Uint8Array();
  assert.throws(() => createDecoder(setup)(cut), /cut off/);
  assert.throws(() => createDecoder(setup)(new Uint8Array()), /does not begin with a picture/);
  for (const bytes of [film.subarray(0, 500), new Uint8Array(), Buffer.from('GIF89a')]) {
    assert.throws(
      () => readMp4(bytes),
      (error: Error) => error instanceof InputError && /no whole 'moov'/.test(error.message),
    );
  }
});

test('frame rates are those of the labeling config', () => {
  const rateOf = (attrs: Record<string, string>) => {
    return frameRateOf({ name: 'v', tag: 'Video', valueType: null, attrs, children: [] }, { fps: '29.97' });
  };
  assert.equal(
    [
      rateOf({}),
      rateOf({ frameRate: '30' }),
      rateOf({ frameRate: '0.04' }),
      rateOf({ frameRate: '$fps' }),
      rateOf({ frameRate: 'x' }),
    ],
    [24, 30, 25, 29.97, 24],
  );
});

test.run();
