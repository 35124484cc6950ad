/** What a starter that draws and names has to show: it finds what stands out, and names it as people did. */

import * as assert from 'uvu/assert';
import { createTestBackend } from './runtime/testing.ts';

/** White, 10 x 8 pixels, with a box of 5 x 2 at 2, 3. */
const red =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX////IHh7kMBY6AAAAD0lEQVR42mNggAE7MIIBAAYmAH1IXxRdAAAAAElFTkSuQmCC';
const blue =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8eHsgChChZAAAAD0lEQVR42mNggAE7MIIBAAYmAH1IXxRdAAAAAElFTkSuQmCC';
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8AAABVwtN+AAAAC0lEQVR42mNgwA4AABgAAUbbswsAAAAASUVORK5CYII=';

type Test = (name: string, run: () => Promise<void>) => unknown;

interface Shapes {
  control: string;
  dataKey: string;
  /** What results carry as type, and their labels stand under. */
  type: string;
  /** The value, without labels, of the red and the blue box above; numbers are compared to two digits. */
  place: object;
}

/** Registers the tests. */
export function testShapes(
  test: Test,
  Model: Parameters<typeof createTestBackend>[0],
  { control, dataKey, type, place }: Shapes,
) {
  const taskOf = (image: string) => ({ data: { [dataKey]: image } });

  test('what stands out is found where it is, and nothing on a blank image', async () => {
    const backend = await createTestBackend(Model);
    const { results } = await backend.predict([taskOf(red), taskOf(blank)]);
    const { flat: labels = [] } = { ...backend.config.controls.get(control) };
    await backend.close();
    const [[region] = [], none] = results.map(({ result }) => result);
    const { [type]: label, ...found } = rounded(region?.value);
    assert.equal(found, place);
    assert.ok(labels.includes(String(label)), `one of the labels, not ${label}`);
    assert.equal(none, []);
  });

  test('it has the name that people gave to the most similar colour', async () => {
    const backend = await createTestBackend(Model);
    const { flat: labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
    const [first = '', last = first] = [labels[0], labels.at(-1)];
    const annotate = (id: number, image: string, label: string) => {
      const region = { from_name: control, to_name: object, type, value: { ...place, [type]: [label] } };
      return { id, ...taskOf(image), annotations: [{ result: [region] }] };
    };
    const version = await backend.train([annotate(1, red, last), annotate(2, blue, first)]);
    const { results } = await backend.predict([taskOf(red), taskOf(blue)]);
    await backend.close();
    assert.is(version, 'v1');
    assert.equal(
      results.map(({ result }) => rounded(result[0]?.value)),
      [last, first].map((label) => ({ ...place, [type]: [label] })),
    );
  });
}

const rounded = (value: object = {}): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      typeof field === 'number' ? Math.round(field * 100) / 100 : field,
    ]),
  );
