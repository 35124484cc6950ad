/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';
import { frameRateOf } from './video.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** 48 x 32 pixels, 24 frames a second: still up to frame 16, moving up to 32, another scene from 33 to 48. */
const film =
  'data:video/mp4;base64,AAAAGGZ0eXBpc29tAAACAGlzb21hdmMxAAADIW1vb3YAAABsbXZoZAAAAAAAAAAAAAAAAAAAABgAAAAwAAEAAAEAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIAAAKtdHJhawAAAFx0a2hkAAAABwAAAAAAAAAAAAAAAQAAAAAAAAAwAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAwAAAAIAAAAAACSW1kaWEAAAAgbWRoZAAAAAAAAAAAAAAAAAAAABgAAAAwVcQAAAAAACFoZGxyAAAAAAAAAAB2aWRlAAAAAAAAAAAAAAAAAAAAAgBtaW5mAAAAFHZtaGQAAAABAAAAAAAAAAAAAAAkZGluZgAAABxkcmVmAAAAAAAAAAEAAAAMdXJsIAAAAAEAAAHAc3RibAAAAIRzdHNkAAAAAAAAAAEAAAB0YXZjMQAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAwACAASAAAAEgAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABj//wAAAB5hdmNDAULACv/hAAdnQsAK2jWQAQAEaM48gAAAABhzdHRzAAAAAAAAAAEAAAAwAAAAAQAAABhzdHNzAAAAAAAAAAIAAAABAAAAIQAAABxzdHNjAAAAAAAAAAEAAAABAAAAMAAAAAEAAADUc3RzegAAAAAAAAAAAAAAMAAAAZAAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAKAAAACwAAAAsAAAAMAAAACwAAAA4AAAAMAAAADgAAAAwAAAANAAAADAAAAA4AAAAMAAAACwAAAAoAAAALAAACDwAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAAAgAAAAIAAAACAAAABRzdGNvAAAAAAAAAAEAAANBAAAFVW1kYXQAAAGMZYiEoNDf39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f399dXV1dXV3f39/f39/f39/fXV1dXV1d39/f39/f39/f311dXV1dXd/f39/f39/f399dXV1dXV3f39/f39/f39/fXV1dXV1d39/f39/f39/f311dXV1dXd/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/feXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5aGhoeXl5eXloaGh5eXl5eWhoaHl5eXl5eXl5eXl5eXl5eXl5eYSEhISEhISEhISEhISEhISEhISEhISEhISEhMbGxoSEhISExsbGhISEhITGxsaEhISEhISEhISEhISEhISEhIRqG1pw09PgAAAABEGaIo8AAAAEQZpCjwAAAARBmmKPAAAABEGago8AAAAEQZqijwAAAARBmsKPAAAABEGa4o8AAAAEQZsCjwAAAARBmyKPAAAABEGbQo8AAAAEQZtijwAAAARBm4KPAAAABEGboo8AAAAEQZvCjwAAAARBm+KPAAAABkGaArCOaAAAAAdBmiKwiEZoAAAAB0GaQrCP8sAAAAAIQZpisIhH8sAAAAAHQZqCsI/ywAAAAApBmqKUIhG4RCNQAAAACEGawpQjuEdQAAAACkGa4pQiEbhEI1AAAAAIQZsClCO4R1AAAAAJQZsilhG4RCNQAAAACEGbQosI+EeAAAAACkGbYosIhHhEI4AAAAAIQZuCiwj4R4AAAAAHQZuijQiEcAAAAAZBm8KNCPAAAAAHQZvijQiEcAAAAgtliIIoNAAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAAwAAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIBqG1pw09PgAAAABEGaIo8AAAAEQZpCjwAAAARBmmKPAAAABEGago8AAAAEQZqijwAAAARBmsKPAAAABEGa4o8AAAAEQZsCjwAAAARBmyKPAAAABEGbQo8AAAAEQZtijwAAAARBm4KPAAAABEGboo8AAAAEQZvCjwAAAARBm+KP';

contract(test, Model);

/** A backend, and the tools to speak of seconds, as labeling configs have frame rates of their own. */
async function open() {
  const backend = await createTestBackend(Model);
  const { flat: labels = [], toName: [name = ''] = [] } = { ...backend.config.controls.get(control) };
  const object = backend.config.objects.get(name);
  const data = { ...backend.tasks[0]?.data, [dataKey]: film };
  const rate = object ? frameRateOf(object, data) : 24;
  const watch = async () => {
    const { results } = await backend.predict([{ id: 1, data }]);
    return (results[0]?.result ?? []).map((region) => {
      const value = region.value as { ranges: { start: number; end: number }[]; timelinelabels: string[] };
      const {
        ranges: [range],
        timelinelabels: [label],
      } = value;
      // From the beginning of the first frame to the end of the last.
      return { label, from: ((range?.start ?? 0) - 1) / rate, to: (range?.end ?? 0) / rate };
    });
  };
  return { backend, labels, name, data, rate, watch };
}

const about = (seconds: number, expected: number) => Math.abs(seconds - expected) < 0.1;

test('motion, stillness and the change of scene are marked where they are', async () => {
  const { backend, labels, watch } = await open();
  const stretches = await watch();
  await backend.close();
  const [moving, still, cut] = labels;
  const expected = [
    { label: still, from: 0, to: 16 / 24 },
    { label: moving, from: 16 / 24, to: 32 / 24 },
    { label: cut, from: 32 / 24, to: 33 / 24 },
    { label: still, from: 33 / 24, to: 2 },
  ].filter(({ label }) => label !== undefined);
  assert.equal(
    stretches.map(({ label }) => label),
    expected.map(({ label }) => label),
  );
  for (const [at, { from, to }] of expected.entries()) {
    const { from: start = -1, to: end = -1 } = { ...stretches[at] };
    assert.ok(about(start, from) && about(end, to), `${start} to ${end} s, not ${from} to ${to} s`);
  }
});

test('motion gets the name that people gave to it', async () => {
  const { backend, labels, name, data, rate, watch } = await open();
  const [last = ''] = labels.slice(-1);
  const range = { start: Math.round((15 / 24) * rate), end: Math.round((33 / 24) * rate) };
  const value = { ranges: [range], timelinelabels: [last] };
  const region = { from_name: control, to_name: name, type: 'timelinelabels', value };
  const version = await backend.train([{ id: 1, data, annotations: [{ result: [region] }] }]);
  const stretches = await watch();
  await backend.close();
  assert.is(version, 'v1');
  assert.is(stretches.find(({ from }) => about(from, 16 / 24))?.label, last);
});

test.run();
