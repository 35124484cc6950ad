/** What the backend itself can say at any time: processes, queue, trainings, versions. */

import type { Backend } from '../hosting/backend.ts';
import { type Gauge, labels } from './metrics.ts';

export function createGauges(backend: Backend): Gauge[] {
  const { host, jobs } = backend;
  const sum = (key: 'pending' | 'waiting' | 'models' | 'rss'): number =>
    host.status().reduce((total, status) => total + status[key], 0);
  const one = (value: () => number) => () => [['', value()] as const];
  return [
    {
      name: 'ml_backend_model_processes',
      help: 'Model processes by state.',
      type: 'gauge',
      read: () =>
        (['starting', 'up', 'stopping'] as const).map((state) => [
          labels({ state }),
          host.status().filter((status) => status.state === state).length,
        ]),
    },
    {
      name: 'ml_backend_model_process_restarts_total',
      help: 'Model processes that had to be replaced.',
      type: 'counter',
      read: one(() => host.restarts),
    },
    {
      name: 'ml_backend_predictions_in_flight',
      help: 'Predictions that a model process has not answered yet.',
      type: 'gauge',
      read: one(() => sum('pending')),
    },
    {
      name: 'ml_backend_queue_depth',
      help: 'Calls of predict() that wait for a place.',
      type: 'gauge',
      read: one(() => sum('waiting')),
    },
    {
      name: 'ml_backend_models_loaded',
      help: 'Model instances in memory.',
      type: 'gauge',
      read: one(() => sum('models')),
    },
    {
      name: 'ml_backend_model_process_resident_memory_bytes',
      help: 'Memory of all model processes.',
      type: 'gauge',
      read: one(() => sum('rss')),
    },
    {
      name: 'process_resident_memory_bytes',
      help: 'Memory of the server process.',
      type: 'gauge',
      read: one(() => process.memoryUsage.rss()),
    },
    {
      name: 'ml_backend_jobs',
      help: 'Trainings by state, as far as they are remembered.',
      type: 'gauge',
      read: () => jobs.counts().map(({ status, number }) => [labels({ status }), number]),
    },
    {
      name: 'ml_backend_versions',
      help: 'Trained versions kept, by project.',
      type: 'gauge',
      read: () => backend.versionCounts().map(({ project, number }) => [labels({ project }), number]),
    },
  ];
}
