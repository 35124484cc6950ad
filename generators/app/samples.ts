/** Sample task data by object tag, for labeling configs that ask for more than the starter's own sample tasks have. */

import type { Json } from '../../runtime/types.ts';

/** A 2 × 2 picture, so that a sample needs no network. */
const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAE0lEQVR42mOwqTixoOIEAxADWQAtrga5OOpkBgAAAABJRU5ErkJggg==';

const samples: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['Text', 'The parcel came two days late, and the box was wet.'],
  ['HyperText', '<p>The parcel came <b>two days late</b>.</p>'],
  ['Markdown', 'The parcel came **two days late**.'],
  ['Image', picture],
  ['Audio', 'https://example.com/sample.wav'],
  ['AudioPlus', 'https://example.com/sample.wav'],
  ['Video', 'https://example.com/sample.mp4'],
  ['Pdf', 'https://example.com/sample.pdf'],
  ['TimeSeries', 'https://example.com/sample.csv'],
  ['Table', { parcel: '17', days: '2' }],
  ['List', [{ id: 'a', title: 'First', body: 'The first of the list.' }]],
  ['Paragraphs', [{ author: 'Ada', text: 'When does it come?' }]],
  ['Chat', [{ role: 'user', content: 'When does it come?' }]],
]);

/** Text where the tag is not known. */
export function sampleOf(tag: string): Json {
  return samples.get(tag) ?? 'sample';
}
