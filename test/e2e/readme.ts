/** What the README promises first: the commands of its first fenced block, and a clone to type them in. */

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './package.ts';

/** Line by line. */
export function firstCommands(): string[] {
  const [, block = ''] = /^```\w*\n(.*?)^```/ms.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  return block.trimEnd().split('\n');
}

/** What a clone of the working tree would have: the files that git knows, or would be told of. */
export function cloneInto(directory: string): void {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  const deleted = execFileSync('git', ['ls-files', '-d', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  for (const path of listed.split('\0').filter((name) => name !== '' && !deleted.includes(name))) {
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    copyFileSync(join(root, path), join(directory, path));
  }
  execFileSync('git', ['init', '--quiet'], { cwd: directory });
}
