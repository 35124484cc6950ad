/** A person at a desk: a folder of their own, the command, and the ways through its questions. */

import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { suite, type Test } from 'uvu';
import { writeFiles } from './files.ts';
import { ownConfigs } from './own-configs.ts';
import { ownScript } from './own-script.ts';
import { unpackInto } from './package.ts';
import { Place } from './place.ts';
import { shellEnvironment, userAgent } from './shell.ts';
import { keys, openTerminal, type Terminal } from './terminal.ts';

interface Desk {
  place: Place;
  bin: string;
  /** Where the command is typed; empty. */
  cwd: string;
  terminals: Terminal[];
  /** Types the command, as `npm create` under a Node that is new enough. */
  type: (args?: string[], more?: { columns?: number; env?: Record<string, string> }) => Terminal;
}

/** A suite whose tests each have a new folder; what they have started ends with them. */
export function atDesk(name: string): Test<Desk> {
  const test = suite<Desk>(name);
  test.before(async (desk) => {
    desk.place = new Place('desk');
    desk.bin = await unpackInto(desk.place.folder('package'));
  });
  test.before.each((desk) => {
    desk.cwd = newFolder(desk.place, 'typed');
    desk.terminals = [];
    desk.type = (args = [], { columns = 120, env = {} } = {}) => {
      const agent = { npm_config_user_agent: userAgent('24.15.0'), npm_command: 'init' };
      const terminal = openTerminal('node', [desk.bin, ...args], { cwd: desk.cwd, columns, env: { ...agent, ...env } });
      desk.terminals.push(terminal);
      return terminal;
    };
  });
  test.after.each(({ terminals }) => {
    for (const terminal of terminals) terminal.kill();
  });
  test.after(({ place }) => place.clear());
  return test;
}

function newFolder(place: Place, name: string): string {
  return place.folder(`${name}-${readdirSync(place.directory).length}`);
}

/** What to see, then what to press. */
export type Way = readonly (readonly [question: string, answer: readonly string[]])[];

/** Everything that is asked where the recommended defaults are not taken. */
export const longWay: Way = [
  ['Where should the project go?', ['my-ner', keys.enter]],
  ['Use the recommended defaults?', [keys.down, keys.enter]],
  ['What should the model predict?', ['n', 'e', 'r', keys.enter]],
  ['Which model do you start from?', [keys.enter]],
  ['And then?', [keys.space, keys.down, keys.space, keys.enter]],
];

/** The same where model and labeling config are the user's own. */
export const ownWay: Way = [
  ...longWay.slice(0, 2),
  ['What should the model predict?', [keys.down, keys.up, keys.enter]],
  ['Path of the labeling config', ['own.xml', keys.enter]],
  ['Which model do you start from?', [keys.up, keys.enter]],
  ['Path of the model script', ['work/models/models.ts:LastLabel', keys.enter]],
];

export async function answer(terminal: Terminal, way: Way): Promise<void> {
  for (const [question, answers] of way) {
    await terminal.see(question);
    await terminal.press(...answers);
  }
}

/** The files that ownWay names. */
export function writeOwnFiles(cwd: string): void {
  writeFiles(cwd, { ...ownScript, 'own.xml': ownConfigs.choices.xml });
}

/** A package manager that notes what it is asked for, and then runs a line of shell. */
export function fakeNpm(place: Place, line: string): { env: Record<string, string>; calls: () => string } {
  const bin = newFolder(place, 'bin');
  const notes = join(bin, 'calls');
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$*" >> '${notes}'\n${line}\n`);
  chmodSync(join(bin, 'npm'), 0o755);
  const env = { PATH: bin + delimiter + (shellEnvironment().PATH ?? '') };
  return { env, calls: () => (existsSync(notes) ? readFileSync(notes, 'utf8') : '') };
}
