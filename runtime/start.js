/** What npm start opens. Plain JavaScript, so that Node's type stripper loads only where the compile cache lacks a file. */

import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./start.ts');
