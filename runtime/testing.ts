/** The door of model.test.ts: a backend without a port, and the contract that every model must keep. */

export {
  createRemoteBackend,
  createTestBackend,
  type PredictAnswer,
  type TestBackend,
  type TestFiles,
} from './testing/backend.ts';
export { CHECKS, contract } from './testing/contract.ts';
