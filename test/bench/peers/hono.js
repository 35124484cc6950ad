/** Bare Hono on @hono/node-server, no middleware; webhooks are kept in memory. node hono.js PORT */

import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { answer, health } from './constant.js';

const annotations = new Map();

const app = new Hono()
  .get('/health', (c) => c.json(health))
  .post('/predict', async (c) => c.json(answer(await c.req.json())))
  .post('/webhook', async (c) => {
    const { annotation, task, project } = await c.req.json();
    annotations.set(`${project.id}/${annotation.id}`, { annotation, task });
    return c.json({ status: 'ok' }, 201);
  });

serve({ fetch: app.fetch, port: Number(process.argv[2]), hostname: '127.0.0.1' });
