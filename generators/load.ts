/** The second step of the bin, in today's syntax: from CommonJS over to the modules, with their compiled code cached. */

import module from 'node:module';

module.enableCompileCache?.();
import('./front.ts').then(({ main }) => main(process.argv.slice(2)));
