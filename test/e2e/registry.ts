/** A package registry on this machine: real, empty, and connected to nothing unless it is told where to. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../runtime/project.ts';
import { cache, holding } from './package.ts';
import type { Place } from './place.ts';

export interface Registry {
  url: string;
  /** Makes npm use it, with a download cache of its own that begins empty. */
  env: Record<string, string>;
}

/** @param upstream another registry, asked for what this one does not have */
export async function startRegistry(place: Place, upstream?: string): Promise<Registry> {
  const program = await installVerdaccio(place);
  const home = place.folder('registry');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  // YAML reads JSON.
  const config = {
    storage: join(home, 'storage'),
    web: { enable: false },
    auth: { htpasswd: { file: join(home, 'htpasswd') } },
    uplinks: upstream === undefined ? {} : { upstream: { url: upstream } },
    packages: {
      'create-wow-ai-ml': { access: '$all', publish: '$all' },
      '**': { access: '$all', ...(upstream !== undefined && { proxy: 'upstream' }) },
    },
    listen: `127.0.0.1:${port}`,
    log: { type: 'stdout', level: 'warn' },
  };
  writeFileSync(join(home, 'config.yaml'), JSON.stringify(config));
  const npmrc = join(home, 'npmrc');
  // npm does not publish without a token; this registry takes any.
  writeFileSync(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=any\nupdate-notifier=false\naudit=false\n`);
  const running = place.start(process.execPath, [program, '--config', join(home, 'config.yaml')], { cwd: home });
  await running.until('an answer of the registry', () =>
    fetch(`${url}-/ping`).then(
      ({ ok }) => ok || undefined,
      () => undefined,
    ),
  );
  const env = { npm_config_userconfig: npmrc, npm_config_registry: url, npm_config_cache: place.folder('npm-cache') };
  return { url, env };
}

/** Once per checkout: it is 64 MB, and no developer needs it but here. */
async function installVerdaccio(place: Place): Promise<string> {
  const home = join(cache, 'verdaccio');
  const program = join(home, 'node_modules/verdaccio/bin/verdaccio');
  const done = join(home, 'installed');
  await holding('verdaccio', async () => {
    if (existsSync(done)) return;
    mkdirSync(home, { recursive: true });
    // One of its packages asks for a tag that its registry does not have everywhere.
    const manifest = { private: true, dependencies: { verdaccio: '^6.2.1' }, overrides: { 'node-fetch': '2.7.0' } };
    writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
    const env = { npm_config_prefer_offline: 'true' };
    await place.expect('npm', ['install', '--no-package-lock'], { cwd: home, env, seconds: 300 });
    writeFileSync(done, '');
  });
  return program;
}
