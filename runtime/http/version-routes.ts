/** Which version is served, and how to serve another one. */

import { fail } from '../errors.ts';
import type { Backend } from '../hosting/backend.ts';
import { ROLLBACK } from '../state/activations.ts';
import { parseBody } from '../wire/requests.ts';
import { type Answer, type Handler, projectOf, type Request, type Route } from './routes.ts';

export function createVersionRoutes(backend: Backend): Route[] {
  const list: Handler = async ({ c, body }) => {
    const asked = c.req.method === 'POST' ? (await body()).project : c.req.query('project');
    const { versions, current, details } = backend.versions(projectOf(asked));
    return {
      body: {
        versions,
        current_version: current,
        model_dir: backend.modelDir,
        details: details.map(({ name, job, promoted, metrics, createdAt }) => ({
          name,
          job,
          promoted,
          metrics: metrics ?? null,
          created_at: new Date(createdAt).toISOString(),
        })),
      },
    };
  };

  const serve = async (request: Request, wanted: string): Promise<Answer> => {
    const project = await requiredProject(request);
    const { version, before, followsNewest } = await backend.trainings.switch.to(project, wanted);
    return {
      body: { project, model_version: version, before, follows_newest: followsNewest },
      log: { project, version, before },
    };
  };

  return [
    { path: '/versions', methods: ['GET', 'POST'], handler: list },
    { path: '/versions/rollback', methods: ['POST'], handler: (request) => serve(request, ROLLBACK) },
    {
      path: '/versions/:name/activate',
      methods: ['POST'],
      handler: (request) => serve(request, request.c.req.param('name') ?? ''),
    },
  ];

  /** Named in the query or in the body; left out where there is but one. */
  async function requiredProject({ c, bytes }: Request): Promise<string> {
    const asked = c.req.query('project');
    const text = asked === undefined ? (await bytes()).toString('utf8') : '';
    const project = projectOf(asked ?? (text === '' ? undefined : parseBody(text).project));
    if (project !== undefined) return project;
    const [only, ...more] = backend.trainedProjects();
    if (only !== undefined && more.length === 0) return only;
    fail(
      `say which project: {"project": "12"}; versions have: ${[only, ...more].filter(Boolean).join(', ') || 'none'}`,
    );
  }
}
