/** What objects.ts finds, and what colours.ts calls it. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nameOf } from './colours.ts';
import { findObjects, maskOf, objectAt } from './objects.ts';
import type { Image } from './runtime/images.ts';
import { parseLabelConfig } from './runtime/labeling/config.ts';

/** A letter a pixel: . is white, r red, b black, and t transparent black. */
function paint(...rows: string[]): Image {
  const colours: Record<string, number[]> = { r: [255, 0, 0, 255], b: [0, 0, 0, 255], t: [0, 0, 0, 0] };
  const pixels = Uint8Array.from([...rows.join('')].flatMap((letter) => colours[letter] ?? [255, 255, 255, 255]));
  return { type: 'png', width: rows[0]?.length ?? 0, height: rows.length, orientation: 1, pixels };
}

test('objects are what hangs together, the largest first and without specks', () => {
  const image = paint('..rr..', '.r....', 'r...bb', '....bb', '.b..bb');
  const [black, red, ...others] = findObjects(image);
  assert.equal(others, []);
  assert.equal([black?.px, black?.centre, black?.rgb, black?.area], [[4, 2, 6, 5], [5, 3.5], [0, 0, 0], 6]);
  assert.equal([red?.px, red?.rgb, red?.area], [[0, 0, 4, 3], [255, 0, 0], 4]);
  assert.equal(red && [...maskOf(red, image)].join('').match(/.{6}/g), [
    '001100',
    '010000',
    '100000',
    '000000',
    '000000',
  ]);
});

test('what is transparent in the top left corner is background', () => {
  assert.equal(
    findObjects(paint('tttt', 'tbbt', 'tttt')).map(({ px }) => px),
    [[1, 1, 3, 2]],
  );
  assert.equal(findObjects({ type: 'jpeg', width: 4, height: 3, orientation: 1 }), []);
});

test('a place belongs to the object that it is in the middle of, and to none where it is off', () => {
  const image = paint('.bb.......', '.bb.......', '......rrrr', '......rrrr', '..........');
  const objects = findObjects(image);
  const colourAt = (...points: [number, number][]) => objectAt(objects, image, ...points)?.rgb[0];
  assert.equal([colourAt([20, 20]), colourAt([80, 60]), colourAt([60, 40], [100, 80])], [0, 255, 255]);
  assert.equal([colourAt([45, 20]), colourAt([20, 95])], [undefined, undefined]);
  const around = paint('........', '.bbbbbbb', '.b......', '.b....rr', '.b....rr');
  assert.is(objectAt(findObjects(around), around, [87, 80])?.rgb[0], 255);
});

test('a label has the colours that people gave it to, and until then its own', () => {
  const config = parseLabelConfig(`<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image">
    <Label value="Red" background="#ff0000"/><Label value="Blue" background="#0000ff"/><Label value="Any" background="red"/>
  </RectangleLabels></View>`);
  const { labels = [] } = { ...config.controls.get('box') };
  const seen = [
    { label: 'Blue', rgb: [250, 250, 0] },
    { label: 'Gone', rgb: [0, 255, 0] },
  ];
  assert.equal(nameOf([0, 0, 255], labels), { label: 'Blue', score: 1 });
  assert.equal(nameOf([250, 250, 0], labels, seen), { label: 'Blue', score: 1 });
  assert.is(nameOf([255, 0, 0], labels, seen).label, 'Red');
  assert.is(nameOf([0, 0, 255], labels, seen).label, 'Red');
  assert.is(nameOf([0, 255, 0], labels, seen).label, 'Blue');
  assert.equal(nameOf([1, 2, 3], labels.slice(2)), { label: 'Any', score: 0.3 });
  assert.throws(() => nameOf([1, 2, 3], []), /no labels/);
});

test.run();
