/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';
import { keyframesOf } from './tracks.ts';
import { frameRateOf } from './video.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** 48 x 32 pixels, 24 frames a second: a red box goes from left to right, and from frame 9 on a blue one below it. */
const film =
  'data:video/mp4;base64,AAAAGGZ0eXBpc29tAAACAGlzb21hdmMxAAACrW1vb3YAAABsbXZoZAAAAAAAAAAAAAAAAAAAABgAAAAUAAEAAAEAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIAAAI5dHJhawAAAFx0a2hkAAAABwAAAAAAAAAAAAAAAQAAAAAAAAAUAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAwAAAAIAAAAAAB1W1kaWEAAAAgbWRoZAAAAAAAAAAAAAAAAAAAABgAAAAUVcQAAAAAACFoZGxyAAAAAAAAAAB2aWRlAAAAAAAAAAAAAAAAAAAAAYxtaW5mAAAAFHZtaGQAAAABAAAAAAAAAAAAAAAkZGluZgAAABxkcmVmAAAAAAAAAAEAAAAMdXJsIAAAAAEAAAFMc3RibAAAAIRzdHNkAAAAAAAAAAEAAAB0YXZjMQAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAwACAASAAAAEgAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABj//wAAAB5hdmNDAULACv/hAAdnQsAK2jWQAQAEaM48gAAAABhzdHRzAAAAAAAAAAEAAAAUAAAAAQAAABRzdHNzAAAAAAAAAAEAAAABAAAAHHN0c2MAAAAAAAAAAQAAAAEAAAAUAAAAAQAAAGRzdHN6AAAAAAAAAAAAAAAUAAABkAAAAYoAAAAKAAAACgAAAAoAAAAKAAAACwAAAAsAAAGMAAAADAAAAAwAAAAMAAAADAAAAAwAAAAMAAAADAAAAAwAAAAMAAAADAAAAAwAAAAUc3RjbwAAAAAAAAABAAACzQAABXBtZGF0AAABjGWIhKDQ39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f311dXV1dXd/f39/f39/f399dXV1dXV3f39/f39/f39/fXV1dXV1d39/f39/f39/f311dXV1dXd/f39/f39/f399dXV1dXV3f39/f39/f39/fXV1dXV1d39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f33l5eXl5eXl5eXl5eXl5eXloaGh5eXl5eWhoaHl5eXl5aGhoeXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXmEhISEhISEhISEhISEhISExsbGhISEhITGxsaEhISEhMbGxoSEhISEhISEhISEhISEhISEhISEhISEhISEhISEahtacNPT4AAAAYZBmiKh8N/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f311dXV1dXd/f39/f39/f399dXV1dXV3f39/f39/f39/fXV1dXV1d39/f39/f39/f311dXV1dXd/f39/f39/f399dXV1dXV3f39/f39/f39/fXV1dXV1d39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f3995eXl5eXl5eXl5eXl5eXl5eWhoaHl5eXl5aGhoeXl5eXloaGh5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5hISEhISEhISEhISEhISEhITGxsaEhISEhMbGxoSEhISExsbGhISEhISEhISEhISEhISEhISEhISEhISEhISEhDQAAAAGQZpCsI5oAAAABkGaYrCOaAAAAAZBmoKwjmgAAAAGQZqisI5oAAAAB0GawrCP8sAAAAAHQZrisI/ywAAAAYhBmwKwj/Qf39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/fWVlZWVlZ39/f39/f39/f31lZWVlZWd/f39/f39/f399ZWVlZWVnf39/f39/f39/fWVlZWVlZ39/f39/f39/f31lZWVlZWd/f39/f39/f399ZWVlZWVnf39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f39/f33l5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eaqqqnl5eXl5qqqqeXl5eXmqqqp5eXl5eXl5eXl5eXl5eXl5eXmEhISEhISEhISEhISEhISEhISEhISEhISEhIRaWlqEhISEhFpaWoSEhISEWlpahISEhISEhISEhISEhISEhISEcAAAAAhBmyKUI6hHcAAAAAhBm0KUI6hHcAAAAAhBm2KUI6hHcAAAAAhBm4KUI6hHcAAAAAhBm6KUI6hHcAAAAAhBm8KUI/16gAAAAAhBm+KUI/16gAAAAAhBmgKUI/16gAAAAAhBmiKcI6hHUAAAAAhBmkKcI6hHUAAAAAhBmmKcI6hHUA==';

contract(test, Model);

type Box = Record<'frame' | 'x' | 'y' | 'width' | 'height', number>;

/** A backend, and what its labeling config has beside the control. */
async function open() {
  const backend = await createTestBackend(Model);
  const { toName: [name = ''] = [] } = { ...backend.config.controls.get(control) };
  const controls = [...backend.config.controls.values()];
  const labels = controls.find(({ type, toName }) => type === 'labels' && toName.includes(name))?.flat ?? [];
  const data = { ...backend.tasks[0]?.data, [dataKey]: film };
  const object = backend.config.objects.get(name);
  const follow = async () => {
    const { results } = await backend.predict([{ id: 1, data }]);
    return (results[0]?.result ?? []).map(
      ({ value }) => value as { framesCount: number; sequence: Box[]; labels?: string[] },
    );
  };
  return { backend, labels, name, data, rate: object ? frameRateOf(object, data) : 24, follow };
}

test('what moves is followed, from where it comes to where it goes', async () => {
  const { backend, labels, rate, follow } = await open();
  const tracks = await follow();
  await backend.close();
  const framesCount = Math.round((20 / 24) * rate);
  assert.equal(
    tracks.map((track) => ({ framesCount: track.framesCount, labeled: track.labels?.length ?? 0 })),
    tracks.map(() => ({ framesCount, labeled: labels.length > 0 ? 1 : 0 })),
  );
  const ends = tracks.map(({ sequence }) => {
    return [sequence[0], sequence.at(-1)].map((each) => {
      const [x, y, width, height] = [each?.x, each?.y, each?.width, each?.height].map((side = 0) => Math.round(side));
      return { seconds: Math.round((10 * ((each?.frame ?? 0) - 1)) / rate) / 10, x, y, width, height };
    });
  });
  const [red, blue] = [
    { y: 13, width: 13, height: 19 },
    { y: 69, width: 13, height: 19 },
  ];
  assert.equal(ends, [
    [
      { seconds: 0, x: 0, ...red },
      { seconds: 0.8, x: 79, ...red },
    ],
    [
      { seconds: 0.3, x: 13, ...blue },
      { seconds: 0.8, x: 58, ...blue },
    ],
  ]);
});

test('a thing has the name that people gave to the most similar colour', async () => {
  const { backend, labels, name, data, rate, follow } = await open();
  const [first, last = first] = [labels[0], labels.at(-1)];
  const draw = (label: string | undefined, frame: number, x: number, y: number) => {
    const keyframe = { frame, time: frame / rate, enabled: true, x, y, width: 12, height: 18, rotation: 0 };
    const track = { framesCount: Math.round((20 / 24) * rate), duration: 20 / 24, sequence: [keyframe] };
    const value = { ...track, ...(label !== undefined && { labels: [label] }) };
    return { from_name: control, to_name: name, type: 'videorectangle', value };
  };
  // The first is about nothing that moves.
  const drawn = [draw(first, 1, 80, 80), draw(last, 1, 1, 12), draw(first, Math.round((12 / 24) * rate), 25, 68)];
  const version = await backend.train([{ id: 1, data, annotations: [{ result: drawn }] }]);
  const tracks = await follow();
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    tracks.map((track) => track.labels?.[0]),
    [last, first],
  );
});

test('keyframes are where a straight line would be off', () => {
  const bounce = [0, 2, 4, 6, 8, 6, 4, 2, 0].map((left, at) => ({
    frame: at + 1,
    px: [left, 0, left + 4, 4] as [number, number, number, number],
  }));
  assert.equal(
    keyframesOf(bounce).map(({ frame }) => frame),
    [1, 5, 9],
  );
});

test.run();
