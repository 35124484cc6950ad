/** One name that npm, Docker and Cloud Run all accept, or a message with a suggestion. */

import { builtinModules } from 'node:module';

/** Cloud Run's rule for services, which is the strictest of the three; its limit is 49 characters. */
const namePattern = /^[a-z](?:[a-z0-9-]{0,47}[a-z0-9])?$/;

/** Names that fit the pattern and still break something: npm refuses to install a package into one of its own name. */
const taken = new Set([
  ...builtinModules,
  'hono',
  'saxes',
  'uvu',
  'typescript',
  // Windows cannot make folders of these names.
  ...['con', 'prn', 'aux', 'nul', ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((n) => [`com${n}`, `lpt${n}`])],
]);

/** What is wrong with a project name, in one sentence with a suggestion; undefined when nothing is. */
export function nameProblem(name: string): string | undefined {
  if (namePattern.test(name) && !taken.has(name)) return undefined;
  const reason = taken.has(name)
    ? 'is taken by Node, Windows or a package that the project needs'
    : 'must be 1 to 49 lower-case letters, digits and hyphens, starting with a letter and ending without a hyphen (for npm, Docker and Cloud Run)';
  return `the name '${name}' ${reason}: try '${suggestName(name)}'`;
}

/** The nearest valid name: `My App!` → `my-app`. */
export function suggestName(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/^@[^/]*\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 49)
    .replace(/-+$/, '');
  if (slug === '') return 'my-backend';
  return taken.has(slug) ? `${slug}-backend` : slug;
}

/** `my-backend` → `My backend`: for headings. */
export function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}

/** `my-backend` → `MyBackendModel`. */
export function classNameOf(name: string): string {
  const words = name.split('-').filter((word) => word !== '' && word !== 'model');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Model`;
}
