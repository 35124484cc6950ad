/** Predictions with one thing broken, reproducible from a seed: a field gone, of another type, out of range, out of place. */

type Json = unknown;
type Container = Record<string, Json> | Json[];

const ODD: readonly Json[] = [
  ...[null, true, false, 0, 1, 2, -1, 0.5, 3.5, 50, 99.9, 100, 100.5, 101, 360, 361, 1e9],
  ...['', '0', '3', '3.0', '3.5', ' 7 ', '1e2', '1_0', 'nan', 'inf', 'true', 'x', 'Positive', 'labels', 'relation'],
  ...[[], {}, [[]], ['x'], [1], [null], [['x']], { x: 1 }, { start: 0, end: 1 }, [0, 0, 0, 4, 57, 27, 252, 127, 224]],
];
const NEW_KEYS = [
  'labels',
  'rotation',
  'x',
  'id',
  'score',
  'item_index',
  'choices',
  'height',
  'ner',
  'format',
  'enabled',
];

/** A copy with one to three mutations. */
export function mutate(prediction: Json, random: () => number): Json {
  const copy = structuredClone(prediction);
  for (let count = 1 + Math.floor(random() * random() * 3); count > 0; count--) mutateOnce(copy as Container, random);
  return copy;
}

function mutateOnce(root: Container, random: () => number): void {
  const places = placesOf(root);
  // Earlier mutations may have left nothing.
  if (places.length === 0) return;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const [parent, key] = pick(places);
  const holder = parent as Record<string | number, Json>;
  const roll = random();
  if (roll < 0.2) {
    if (Array.isArray(parent)) parent.splice(key as number, 1);
    else delete holder[key];
  } else if (roll < 0.65) {
    holder[key] = structuredClone(pick(ODD));
  } else if (roll < 0.8) {
    const [otherParent, otherKey] = pick(places);
    holder[key] = structuredClone((otherParent as Record<string | number, Json>)[otherKey]);
  } else if (roll < 0.9 && typeof holder[key] === 'number') {
    holder[key] = -(holder[key] as number);
  } else if (Array.isArray(parent)) {
    parent.push(structuredClone(parent[key as number]));
  } else {
    holder[pick(NEW_KEYS)] = structuredClone(pick(ODD));
  }
}

/** Every field and item at any depth; of long lists of numbers only the first few. */
function placesOf(node: Json, found: [Container, string | number][] = []): [Container, string | number][] {
  if (Array.isArray(node)) {
    for (const [index, item] of node.slice(0, 6).entries()) {
      found.push([node, index]);
      placesOf(item, found);
    }
  } else if (typeof node === 'object' && node !== null) {
    for (const [key, item] of Object.entries(node)) {
      found.push([node as Container, key]);
      placesOf(item, found);
    }
  }
  return found;
}
