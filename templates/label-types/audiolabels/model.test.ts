/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';
import { readWav } from './wav.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

/** A second at 8 kHz with a tone from 0.25 s to 0.75 s; 0 Hz is silence. */
function record(hertz: number, { format = 1, channels = 1, bits = 8 } = {}): Buffer {
  const [rate, width] = [8000, (channels * bits) / 8];
  const header = Buffer.alloc(44);
  header.write('RIFF    WAVEfmt ');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(format, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt16LE(bits, 34);
  header.write('data', 36);
  header.writeUInt32LE(rate * width, 40);
  const samples = Buffer.alloc(rate * width);
  for (let at = 0; at < rate * channels; at++) {
    const time = Math.floor(at / channels) / rate;
    const wave = time >= 0.25 && time < 0.75 ? Math.sin(2 * Math.PI * hertz * time) : 0;
    if (bits === 8) samples.writeUInt8(128 + Math.round(100 * wave), at);
    else samples.writeInt16LE(Math.round(25600 * wave), at * 2);
  }
  return Buffer.concat([header, samples]);
}

const dataUri = (wav: Buffer) => `data:audio/wav;base64,${wav.toString('base64')}`;

test('a sound is marked from its start to its end, in seconds, and silence is not', async () => {
  const backend = await createTestBackend(Model);
  const [first, ...others] = backend.config.controls.get(control)?.flat ?? [];
  const tasks = [110, 3900, 0].map((hertz) => ({ data: { [dataKey]: dataUri(record(hertz)) } }));
  const { results } = await backend.predict(tasks);
  await backend.close();
  const span = { start: 0.25, end: 0.75 };
  assert.equal(
    results.map(({ result }) => result.map(({ value, original_length }) => ({ ...value, original_length }))),
    [
      [{ ...span, labels: [first], original_length: 1 }],
      [{ ...span, labels: [others.at(-1) ?? first], original_length: 1 }],
      [],
    ],
  );
});

test('a sound has the name that people gave to the one nearest in pitch', async () => {
  const backend = await createTestBackend(Model);
  const { flat: labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const [first = '', last = first] = [labels[0], labels.at(-1)];
  const annotate = (id: number, hertz: number, label: string) => {
    const region = {
      from_name: control,
      to_name: object,
      type: 'labels',
      value: { start: 0.3, end: 0.7, labels: [label] },
    };
    return { id, data: { [dataKey]: dataUri(record(hertz)) }, annotations: [{ result: [region] }] };
  };
  const version = await backend.train([annotate(1, 200, last), annotate(2, 2000, first)]);
  const tasks = [210, 1900].map((hertz) => ({
    data: { [dataKey]: dataUri(record(hertz, { channels: 2, bits: 16 })) },
  }));
  const { results } = await backend.predict(tasks);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results.map(({ result }) => result.map(({ value }) => value?.labels)),
    [[[last]], [[first]]],
  );
});

test('what is no PCM says what it is, and what would do', () => {
  assert.throws(
    () => readWav(record(0, { format: 85 })),
    /format 85, 1 channels of 8 bits at 8000 Hz: .* decode it first/,
  );
  assert.throws(() => readWav(record(0, { bits: 24 }).subarray(0, 40)), /24 bits/);
  assert.throws(() => readWav(record(0).subarray(0, 40)), /cut off after 40 bytes/);
  assert.throws(() => readWav(Buffer.from('ID3')), /no WAV file/);
});

test.run();
